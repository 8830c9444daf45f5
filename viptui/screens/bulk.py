"""One action on many: a dry run of each, one look at all, then each by itself. What is refused stops no other.

Nothing waits in the meantime: the database is asked customer by customer, so that whatever somebody waits for comes
in between.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from viptui.actions import Action
from viptui.errors import CommandRejected, NotFound, StaleRecord, ViptuiError
from viptui.events import Performed
from viptui.screens.acting import EASILY_UNDONE, LONG_NOTICE, Target, undo_words
from viptui.screens.base import ServiceScreen
from viptui.screens.bulk_lines import after, before, result_words
from viptui.screens.bulk_screens import Progress, Results
from viptui.screens.confirmation import Confirmation, word_to_type
from viptui.screens.travel import CARRYING_OUT

if TYPE_CHECKING:
    from viptui.commands.act import SentMail
    from viptui.widgets.fields import Value

PATIENCE: Final = 0.3
"""Seconds after which a screen says how far it is."""


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
        self._whom = f"{len(targets):,} customers"
        self._mail: SentMail | None = None
        """The first mail that would be sent."""
        self._left_out: Sequence[Seen] = ()

    async def begin(self, values: Mapping[str, Value], request_id: str, *, only_look: bool = False) -> None:
        """See what would come of it with these values, and show that; it is carried out when somebody confirms it.

        What has nothing to confirm is carried out at once, unless somebody wants only to look.
        """
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
            self._screen.start(self._carry_out(possible), CARRYING_OUT)
            return
        app.push_screen(
            Confirmation(
                self._action,
                (),
                whom=self._whom,
                lines=lines,
                word=word_to_type(self._action, [target for part in possible for target in part.targets]),
                confirmed=lambda: self._screen.start(self._carry_out(possible), CARRYING_OUT),
            )
        )

    def _parts(self, values: Mapping[str, Value], request_id: str) -> list[Part]:
        """The commands; their requests follow from one, so that the same form acts once on each."""
        action = self._action
        subjects = [each.subject or "" for each in self._targets]
        if action.takes_many:
            return [Part(self._targets, action.build(values, subjects), request_id)]
        return [
            Part([target], action.build(values, subject), f"{request_id}-{subject}")
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
            screen.host.changes.publish(Performed(action=self._action.id, customer_id=None))
        words = result_words(self._action, done, refused, undone) + undo_words(self._action)
        if refused or undone:
            app.push_screen(Results(self._action, self._whom, after(words, done, refused, undone)))
        screen.tell(words, seconds=LONG_NOTICE if refused or undone else None)

    async def _go_through(self, parts: Sequence[Part], progress: Progress, *, dry_run: bool) -> list[Seen]:
        """Do one part after the other until somebody stops it; a screen that says so comes up if it takes a while."""
        app = self._screen.app
        progress.total = len(parts)
        timer = self._screen.set_timer(PATIENCE, lambda: app.push_screen(progress))
        seen: list[Seen] = []
        try:
            for part in parts:
                if progress.is_stopped:
                    break
                seen.append(await self._try(part, progress, dry_run=dry_run))
                progress.done = len(seen)
        finally:
            timer.stop()
            if app.screen is progress:
                app.pop_screen()
        return seen

    async def _try(self, part: Part, progress: Progress, *, dry_run: bool) -> Seen:
        try:
            done = await self._screen.services.execute(self._action, part.command, part.request_id, dry_run=dry_run)
        except (CommandRejected, NotFound, StaleRecord) as error:
            return Seen(part, refusal=str(error))
        except ViptuiError as error:  # the database: the next ones would fare no better
            if dry_run:
                raise
            progress.is_stopped = True
            return Seen(part, refusal=str(error))
        if self._mail is None and done.mails:
            self._mail = done.mails[0]
        return Seen(part, done.summary, done.advice, len(done.mails))
