"""Taking back what was done last, or doing it again: one entry of the history, or all that one action did to many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viptui.actions import BY_ID, Action
from viptui.commands.undoing import NOTHING, meant
from viptui.data.wholes import Whole, whole_of
from viptui.screens.acting import EASILY_UNDONE, Target, act_on, new_request_id
from viptui.screens.travel import CARRYING_OUT

if TYPE_CHECKING:
    from viptui.screens.verbs import ActingScreen


async def take_back(screen: ActingScreen, action: Action) -> None:
    """Show what taking back would do to the entry that it means at this moment, whatever is done meanwhile.

    Where that was done to many at once, to all of them.
    """
    services = screen.services
    again = action.id == "history.redo"
    entry = await services.ask(meant, services.me, again=again)
    if entry is None:
        screen.tell(NOTHING[again], problem=True)
        return
    whole = await services.in_background(whole_of, entry.number, again=again)
    if whole is None:
        target = Target(str(entry.number), f"entry {entry.number}")
        act_on(screen, action, [target], at_once=entry.action in EASILY_UNDONE)
    else:
        _take_all_back(screen, action, whole)


def _take_all_back(screen: ActingScreen, action: Action, whole: Whole) -> None:
    from viptui.screens.bulk import Bulk

    screen.host.is_dry_run = False  # what would come of it is shown in any case
    screen.refresh_bindings()
    title = BY_ID[whole.action].title if whole.action in BY_ID else whole.action
    at = whole.begun_at.astimezone(screen.services.clock.zone)
    bulk = Bulk(
        screen,
        action,
        [Target(str(each.number), each.whom) for each in whole.members],
        whom=f'{len(whole.members):,} of "{title}", {at:%Y-%m-%d %H:%M}',
        rest="What could not be done stays as it is; each entry can be taken back by itself in the activity.",
    )
    screen.start(CARRYING_OUT, bulk.begin, {}, new_request_id())
