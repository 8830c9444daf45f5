"""One action on many: a dry run of each, one look at all, then each by itself. What is refused stops no other.

Nothing waits in the meantime: the database is asked customer by customer, so that whatever somebody waits for comes
in between.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from viptui.actions import Action
from viptui.commands.several import REFUSALS, Asked
from viptui.errors import ViptuiError
from viptui.events import Performed
from viptui.rules.requests import part_of
from viptui.screens.acting import EASILY_UNDONE, LONG_NOTICE, Target, undo_words
from viptui.screens.base import ServiceScreen
from viptui.screens.bulk_lines import after, before, result_words
from viptui.screens.bulk_screens import Progress, Results
from viptui.screens.confirmation import Confirmation, word_to_type
from viptui.screens.repeating import remember
from viptui.screens.travel import CARRYING_OUT

if TYPE_CHECKING:
    from viptui.commands.act import Done, SentMail
    from viptui.widgets.fields import Value

PATIENCE: Final = 0.3
"""Seconds after which a screen says how far it is."""

MOST_AT_ONCE: Final = 100
"""Parts that are handed over in one go, at most."""


class Part(NamedTuple):
    """One command, and what it acts on: one customer, or all at once where the action is made for that."""

    targets: Sequence[Target]
    command: Any
    request_id: str


class Seen(NamedTuple):
    """What came of a part, or would come."""

    part: Part
    summary: str = ""
    advice: tuple[str, ...] = ()
    mails: int = 0
    refusal: str = ""
    """Why nothing came of it."""


class Bulk:
    """An action on several customers."""

    def __init__(
        self,
        screen: ServiceScreen,
        action: Action,
        targets: Sequence[Target],
        *,
        whom: str = "",
        rest: str = "Customers on which nothing was done stay marked.",
        hidden: Collection[Target] = (),
        acted: Callable[[Collection[str]], object] = lambda _subjects: None,
        begun: Callable[[], object] = lambda: None,
        ended: Callable[[], object] = lambda: None,
    ) -> None:
        self._screen, self._action, self._targets = screen, action, targets
        self._hidden = hidden
        """Targets that do not stand on the screen, to be named before anything is done to them."""
        self._acted = acted
        """Told the subjects on which the action has been carried out."""
        self._begun, self._ended = begun, ended
        """Called when it is confirmed, and when all is done, before the result is shown."""
        self._whom = whom or f"{len(targets):,} customers"
        self._rest = rest
        """What is told of those on which nothing was done."""
        self._mail: SentMail | None = None
        """The first mail that would be sent."""
        self._left_out: Sequence[Seen] = ()
        self._typed: Mapping[str, Value] = {}

    async def begin(
        self,
        values: Mapping[str, Value],
        request_id: str,
        typed: Mapping[str, Value] | None = None,
        *,
        only_look: bool = False,
    ) -> None:
        """See what would come of it with these values, and show that; it is carried out when somebody confirms it.

        What has nothing to confirm is carried out at once, unless somebody wants only to look. What was ``typed`` for
        it can be done again.
        """
        self._typed = typed or {}
        progress = Progress(self._action, self._whom, "looking")
        seen = await self._go_through(self._parts(values, request_id), progress, dry_run=True)
        if progress.is_stopped:
            self._screen.tell("Stopped: nothing has been done.")
            return
        possible = [each.part for each in seen if not each.refusal]
        self._left_out = [each for each in seen if each.refusal]
        lines = before(seen, self._hidden, self._mail)
        app = self._screen.app
        if not possible:
            app.push_screen(Results(self._action, self._whom, lines))
            return
        if self._action.id in EASILY_UNDONE and not (only_look or self._left_out or self._hidden):
            self._screen.start(CARRYING_OUT, self._carry_out, possible)
            return
        app.push_screen(
            Confirmation(
                self._action,
                (),
                whom=self._whom,
                lines=lines,
                word=word_to_type(self._action, [target for part in possible for target in part.targets]),
                confirmed=lambda: self._screen.start(CARRYING_OUT, self._carry_out, possible),
            )
        )

    def _parts(self, values: Mapping[str, Value], request_id: str) -> list[Part]:
        """The commands; their requests follow from one, so that the same form acts once on each."""
        action = self._action
        subjects = [each.subject or "" for each in self._targets]
        if action.takes_many:
            return [Part(self._targets, action.build(values, subjects), request_id)]
        return [
            Part([target], action.build(values, subject), part_of(request_id, subject))
            for target, subject in zip(self._targets, subjects, strict=True)
        ]

    async def _carry_out(self, parts: Sequence[Part]) -> None:
        self._begun()
        progress = Progress(self._action, self._whom, "working")
        seen = await self._go_through(parts, progress, dry_run=False)
        done = [each for each in seen if not each.refusal]
        refused = [*self._left_out, *(each for each in seen if each.refusal)]
        undone = parts[len(seen) :]
        screen, app = self._screen, self._screen.app
        app.clear_notifications()
        self._acted({target.subject or "" for each in done for target in each.part.targets})
        self._ended()
        if done:
            remember(screen, self._action, self._typed)
            screen.host.changes.publish(Performed(action=self._action.id, customer_id=None))
        words = result_words(self._action, done, refused, undone) + undo_words(self._action)
        if refused or undone:
            app.push_screen(Results(self._action, self._whom, after(words, done, refused, undone, self._rest)))
        screen.tell(words, seconds=LONG_NOTICE if refused or undone else None)

    async def _go_through(self, parts: Sequence[Part], progress: Progress, *, dry_run: bool) -> list[Seen]:
        """Do one part after the other until somebody stops it; a screen that says so comes up if it takes a while."""
        app = self._screen.app
        progress.total = len(parts)
        timer = self._screen.set_timer(PATIENCE, lambda: app.push_screen(progress))
        seen: list[Seen] = []
        try:
            while len(seen) < len(parts) and not progress.is_stopped:
                seen += await self._try_some(parts[len(seen) : len(seen) + MOST_AT_ONCE], progress, dry_run=dry_run)
                progress.done = len(seen)
        finally:
            timer.stop()
            if app.screen is progress:
                app.pop_screen()
        return seen

    async def _try_some(self, parts: Sequence[Part], progress: Progress, *, dry_run: bool) -> list[Seen]:
        """What came of the first of these parts: of as many as nobody who waits is held up by."""
        asked = [Asked(each.command, each.request_id) for each in parts]
        outcomes = await self._screen.services.execute_some(
            self._action, asked, dry_run=dry_run, goes_on=lambda: not progress.is_stopped
        )
        return [
            self._seen(part, outcome, progress, dry_run=dry_run)
            for part, outcome in zip(parts, outcomes, strict=False)  # those behind them have not been tried
        ]

    def _seen(self, part: Part, outcome: Done | ViptuiError, progress: Progress, *, dry_run: bool) -> Seen:
        if isinstance(outcome, ViptuiError):
            if not isinstance(outcome, REFUSALS):  # the database: the next ones would fare no better
                if dry_run:
                    raise outcome
                progress.is_stopped = True
            return Seen(part, refusal=str(outcome))
        if self._mail is None and outcome.mails:
            self._mail = outcome.mails[0]
        return Seen(part, outcome.summary, outcome.advice, len(outcome.mails))
