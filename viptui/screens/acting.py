"""Carrying actions out from a screen: at once, after a look, or through a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from viptui.actions import Action, Reach
from viptui.errors import CommandRejected, NotFound, StaleRecord
from viptui.events import Performed
from viptui.pressed import pressed
from viptui.screens.base import ServiceScreen
from viptui.screens.travel import CARRYING_OUT

if TYPE_CHECKING:
    from viptui.commands.act import Done
    from viptui.widgets.fields import Value

CUSTOMER: Final = ("vip_id", "vip_ids")
"""What actions call a customer, or several, that they act on."""

OF_CUSTOMER: Final = ("number", "note")
"""What they call something that a customer has one or several of."""

PLACES_ORDER: Final = ("order.place", "renewal.place")
"""Actions after which somebody types an order into the ordering system."""

EASILY_UNDONE: Final = ("customer.snooze", "customer.wake")
"""Actions that change nothing of a customer and that one key takes back: nobody has to confirm them."""

ENTRY: Final = "entry"
"""What they call an entry of the history; where nothing is chosen it is one's newest."""

TELL: Final = ("invitation.remind", "renewal.notify")
"""Actions that do no more than tell one customer something: who is not asked about single ones sends them at once."""

OF_ONE: Final = ("commitment.record",)
"""Actions whose values are those of one customer."""

LONG_NOTICE: Final = 10.0
"""Seconds for which a result is shown that has advice to read."""


class Target(NamedTuple):
    """What an action is to act on."""

    subject: str | None
    """What the command takes: a VIP ID, a number; None if the action needs nothing, or asks for it on its form."""
    whom: str
    """The same in words."""


class Step(NamedTuple):
    """One command of an action that acts on one thing or on several."""

    target: Target
    command: Any
    request_id: str


class Look(NamedTuple):
    """What a step would do, or why it would be refused."""

    step: Step
    done: Done | None
    refusal: str = ""


def new_request_id() -> str:
    """An id for something that is to be done once."""
    from uuid import uuid4  # not needed to start

    return uuid4().hex


def way_back(action: Action, subject: str) -> str:
    """The key that takes an interrupted form up again, or opens the screen where that is done on the same row."""
    if not subject or action.subject in (*CUSTOMER, *OF_CUSTOMER):
        from viptui.screens.verbs import key_of

        return key_of(action) or pressed("screen.palette", ":")
    return pressed("app.outbox", "O") if action.subject == "mail" else pressed("screen.administration", "A")


def act_on(
    screen: ServiceScreen,
    action: Action,
    targets: Sequence[Target],
    typed: Mapping[str, Value] | None = None,
    *,
    at_once: bool = False,
) -> None:
    """Do what a key asks for: a form where there is something to ask, a look where it leaves the house, or at once.

    A form begins with what is ``typed`` already. With ``at_once`` it is known that nobody need look.
    """
    only_look, screen.host.is_dry_run = screen.host.is_dry_run, False
    screen.refresh_bindings()
    if screen.services.read_only:
        screen.tell(screen.services.read_only_words(), problem=True)
    elif len(targets) > 1:
        from viptui.screens.bulk import Bulk

        screen.start(CARRYING_OUT, Bulk(screen, action, targets).begin, {}, new_request_id())
    elif action.id in TELL and targets[0].subject and not (only_look or screen.services.confirm_single):
        screen.app.clear_notifications()  # those of the rows before would cover the list
        screen.start(CARRYING_OUT, carry_out, screen, action, _steps(action, targets))
    elif typed is not None and action.id in EASILY_UNDONE and not only_look:  # again, as it was typed before
        screen.start(CARRYING_OUT, carry_out, screen, action, _steps(action, targets, typed), typed)
    elif action.parameters or (action.subject is not None and targets[0].subject is None):
        from viptui.screens.forms.action_form import ActionForm

        screen.app.push_screen(ActionForm(action, targets[0], only_look=only_look, typed=typed))
    else:
        looks_first = only_look or not (at_once or action.reach is Reach.LOCAL)
        screen.start(CARRYING_OUT, _act_without_form, screen, action, targets, looks_first=looks_first)


def announce(
    screen: ServiceScreen, action: Action, results: Sequence[Done], typed: Mapping[str, Value] | None = None
) -> None:
    """Tell whoever sits there, and every screen, what was done; what was ``typed`` for it can be done again."""
    from viptui.screens.repeating import remember

    remember(screen, action, typed or {})
    screen.app.clear_notifications()  # those before are about something else
    customer_id = results[0].customer_id if len(results) == 1 else None
    screen.host.changes.publish(Performed(action=action.id, customer_id=customer_id))
    if len(results) == 1:
        (done,) = results
        before = "This had been carried out before. " if done.is_repeated else ""
        advice, undo = done.advice, undo_words(action)
        if action.id in PLACES_ORDER:
            screen.host.placed_order = done.subject
            advice = (*advice, f"{pressed('screen.order_sheet', 'S')} shows its order sheet.")
        screen.tell(" ".join((before + done.summary, *advice)) + undo, seconds=LONG_NOTICE if advice else None)
    else:
        screen.tell(f"{action.title}: {len(results):,} done.")


def undo_words(action: Action) -> str:
    """The key that takes an action back, where that is all that there is to know."""
    return f" {pressed('action.history.undo', 'u')} undo" if action.id in EASILY_UNDONE else ""


async def look(screen: ServiceScreen, action: Action, steps: Sequence[Step]) -> list[Look]:
    """What the steps would do; nothing is done."""
    looks = []
    for step in steps:
        try:
            done = await screen.services.execute(action, step.command, step.request_id, dry_run=True)
        except (CommandRejected, NotFound, StaleRecord) as error:
            looks.append(Look(step=step, done=None, refusal=str(error)))
        else:
            looks.append(Look(step=step, done=done))
    return looks


async def carry_out(
    screen: ServiceScreen, action: Action, steps: Sequence[Step], typed: Mapping[str, Value] | None = None
) -> None:
    """Carry the steps out, each by itself, and say what was done also if one of them is refused."""
    results: list[Done] = []
    try:
        for step in steps:
            done = await screen.services.execute(action, step.command, step.request_id)
            results.append(done)
    finally:
        if results:
            announce(screen, action, results, typed)


async def _act_without_form(
    screen: ServiceScreen, action: Action, targets: Sequence[Target], *, looks_first: bool
) -> None:
    steps = _steps(action, targets)
    if len(steps) == 1 and not looks_first:
        await carry_out(screen, action, steps)
        return
    looks = await look(screen, action, steps)
    possible = [each.step for each in looks if each.done is not None]
    if not possible and len(looks) == 1:
        screen.tell(looks[0].refusal, problem=True)
        return
    from viptui.screens.confirmation import Confirmation, word_to_type

    screen.app.push_screen(
        Confirmation(
            action,
            looks,
            word=word_to_type(action, [each.target for each in possible]),
            confirmed=lambda: screen.start(CARRYING_OUT, carry_out, screen, action, possible),
        )
    )


def _steps(action: Action, targets: Sequence[Target], typed: Mapping[str, Value] | None = None) -> list[Step]:
    """The commands of an action that asks nothing, or nothing any more."""
    commands = ((each, action.build(typed or {}, each.subject)) for each in targets)
    return [Step(target=each, command=command, request_id=new_request_id()) for each, command in commands]
