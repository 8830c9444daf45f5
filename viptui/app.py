"""The interface's frame: theme, first screen, the tick, the signal of changes, leaving in order."""

from __future__ import annotations

import asyncio
import gc
import logging
import traceback
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import App
from textual.binding import BindingType
from textual.events import Event, Key, Paste, Resize
from textual.filter import LineFilter
from textual.screen import Screen
from textual.signal import Signal

from viptui import themes
from viptui.clock import seconds_to_midnight
from viptui.config import Settings
from viptui.errors import ViptuiError
from viptui.pressed import pressed, use_keys
from viptui.screens.base import ServiceScreen, is_too_small
from viptui.screens.customers import CustomersScreen
from viptui.services import Services
from viptui.terminal import OnlyVisible, TerminalDriver, end_on_signals
from viptui.text import visible
from viptui.typed_ahead import TypedAhead

if TYPE_CHECKING:
    from concurrent.futures import Future

    from viptui.data.snapshot import Snapshot
    from viptui.events import Reevaluated
    from viptui.rules.listing import Listing
    from viptui.screens.repeating import Again
    from viptui.screens.tour import Tour
    from viptui.workers.post import Post

log: Final = logging.getLogger("viptui")

SECONDS_TO_BEGIN: Final = 1.0
"""When the first screen has been drawn."""

DEMO: Final = "demo"
"""What the program returns if it was left for made-up customers."""

SECONDS_BETWEEN_DELIVERIES: Final = 20
"""Other programs write mails too; one is looked for as often as this."""


class ViptuiApp(App[str]):
    """The program as a person sees it."""

    CSS_PATH = "viptui.tcss"
    TITLE = "viptui"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(
        self,
        services: Services,
        settings: Settings,
        first: Future[Snapshot] | None = None,
        triage: Listing | None = None,
        *,
        tour: bool = False,
    ) -> None:
        # Without colours the terminal's own ones are left alone: Textual would make greys of ours, black on black.
        super().__init__(driver_class=TerminalDriver, ansi_color=True if settings.no_color else None)
        self._first = first
        """The first page of customers, if it has been asked for already."""
        self._triage = triage
        """A list to work through from the start."""
        self.services = services
        services.when_done = self.deliver_soon
        self.settings = settings
        self.changes: Signal[object] = Signal(self, "changes")
        self.placed_order = ""
        """Number of the order that was placed here last, until its sheet has been shown."""
        self.again: Again | None = None
        """The action on a customer that was carried out last."""
        self.is_dry_run = False
        """Whether the next action is only to be shown."""
        self._started_at = services.now()
        self._visible_only = OnlyVisible()
        self._deliver_again = False
        """Whether mail was written while mail was being delivered."""
        self._mail_problem = ""
        """What went wrong with mail last: it is told once."""
        self._tour: Tour | None = None
        self._begins_with_tour = tour
        self.typed_ahead = TypedAhead(self, self._hand_on, self._holds)
        for each in themes.OWN:
            self.register_theme(each)
        self.theme = themes.named(settings.theme, few_bytes=settings.ssh or settings.no_color)
        self._styled_for = self.get_css_variables()
        """The variables that the style sheet is read with."""
        self.stylesheet.set_variables(self._styled_for)
        use_keys(settings.keys)
        if settings.keys:
            from viptui.screens.key_map import keymap  # it imports every screen

            self.set_keymap(keymap(settings.keys))
        if settings.ssh:
            self.animation_level = "none"

    def get_default_screen(self) -> Screen[None]:
        """The list, from the very first: a screen below it would be laid out and styled for nothing."""
        return CustomersScreen(self._first)

    def on_mount(self) -> None:
        """Whatever the list does not need comes after it is drawn."""
        end_on_signals(asyncio.get_running_loop(), self._leave)
        self.call_after_refresh(self._begin_to_evaluate)
        if self._triage is not None:
            self.call_after_refresh(self._open_triage, self._triage)
        self.set_timer(SECONDS_TO_BEGIN, _collect_garbage_again)
        self.set_timer(SECONDS_TO_BEGIN, self._remind_of_drafts)
        if self._begins_with_tour:
            self.call_after_refresh(self._begin_tour)

    async def on_event(self, event: Event) -> None:
        """Let a key wait until the one before it has taken effect, on focus and screens too."""
        if isinstance(event, Resize):
            self.forget_picture()
            self.call_later(self._mind_size)
        if isinstance(event, Key | Paste) and not event.is_forwarded:
            await self.typed_ahead.take(event)
        else:
            await super().on_event(event)

    def hand_typed_on(self) -> None:
        """Go on with the keys that were held back, unless they still are."""
        self.typed_ahead.go_on()

    def forget_typed(self) -> None:
        """Drop the keys that are held back."""
        self.typed_ahead.forget()

    def refresh_css(self, animate: bool = True) -> None:
        """As in Textual, unless the style sheet is read with this theme already; at the start it is."""
        variables = self.get_css_variables()
        if variables != self._styled_for:
            self._styled_for = variables
            super().refresh_css(animate)

    def open_demo(self) -> None:
        """Leave for the interface on made-up customers."""
        self.exit(DEMO)

    def forget_picture(self) -> None:
        """Draw the next frame in full: what stands on the terminal may be something else."""
        if isinstance(self._driver, TerminalDriver):
            self._driver.forget_picture()

    def copy(self, text: str) -> None:
        """Hand a text to the terminal's clipboard; see `viptui.clipboard`.

        Raises:
            CopyFailed: the text is longer than terminals take.
        """
        from viptui.clipboard import to_clipboard

        if self._driver is not None:
            self._driver.write(to_clipboard(text, in_tmux=self.settings.tmux))

    @property
    def behind(self) -> bool:
        """Whether the terminal has not taken yet what was drawn before."""
        return isinstance(self._driver, TerminalDriver) and self._driver.behind

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters, and the one that lets only visible text out."""
        return [*super().get_line_filters(), self._visible_only]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Variables of the style sheet that a look may leave out."""
        return themes.DIM

    def action_look(self, theme: str) -> None:
        """Show everything in another look, until the end."""
        self.theme = theme
        self.clear_notifications()
        self.notify(f'The look is {theme}; the setting  theme = "{theme}"  keeps it.', markup=False)

    async def action_quit(self) -> None:
        """Leave, unless that would have to wait and somebody is asked about it."""
        screens = [each for each in self.screen_stack if isinstance(each, ServiceScreen)]
        if not any(each.hinders_leaving() for each in screens):
            self.exit()

    def evaluate_now(self) -> None:
        """Start a round of the re-evaluation; one that has not begun yet is replaced."""
        self.run_worker(self._evaluate(), group="evaluate", exclusive=True)

    def deliver_soon(self) -> None:
        """Begin a round of delivering mail, or have one follow that is under way."""
        post = self.services.post()
        if post is None:
            return
        self._deliver_again = post.is_busy
        if not post.is_busy:
            self.run_worker(self._deliver(post), group="deliver")

    async def on_unmount(self) -> None:
        """Let what has begun finish, then close the database."""
        await asyncio.to_thread(self.services.close)

    async def _hand_on(self, event: Event) -> bool:
        """Run what a key is bound to, at once; whether it was. All else goes through the queues of the widgets."""
        if isinstance(event, Key) and await self._run_bound(event):
            return True
        await super().on_event(event)
        return False

    def _holds(self, event: Event) -> bool:
        """Whether the screen wants a key to wait."""
        return isinstance(screen := self.screen, ServiceScreen) and screen.holds(event)

    async def _run_bound(self, key: Key) -> bool:
        """Run what the key is bound to, if it is; not while the program has no focus, or for a key that is text."""
        focused = self.focused
        if not self.app_focus or (focused is not None and focused.check_consume_key(key.key, key.character)):
            return False
        if self._tour is not None:
            self._tour.pressing(key.key)
        return await self._check_bindings(key.key, priority=True) or await self._check_bindings(key.key)

    def _mind_size(self) -> None:
        """Show nothing but one line, and take no key, where there is no room."""
        if is_too_small(self.size):
            from viptui.screens.too_small import TooSmall

            if not isinstance(self.screen, TooSmall):
                self.push_screen(TooSmall())

    def _begin_tour(self) -> None:
        from viptui.screens.tour import Tour

        self._tour = Tour(self.screen_stack[0])

    def _open_triage(self, listing: Listing) -> None:
        from viptui.screens.triage import open_triage

        if isinstance(screen := self.screen, ServiceScreen):
            screen.start(open_triage(screen, listing), "triage")

    def _begin_to_evaluate(self) -> None:
        self.evaluate_now()
        self.set_interval(self.settings.evaluate_every_minutes * 60, self.evaluate_now)
        self.deliver_soon()
        self.set_interval(SECONDS_BETWEEN_DELIVERIES, self.deliver_soon)
        self._wait_for_midnight()

    def _wait_for_midnight(self) -> None:
        self.set_timer(seconds_to_midnight(self.services.clock) + 1, self._on_midnight)

    def _on_midnight(self) -> None:
        self.evaluate_now()
        self._wait_for_midnight()

    async def _evaluate(self) -> None:
        if self.services.read_only_by:
            return
        try:
            await self.services.ask(bool)  # first comes whatever somebody waits for
            event = await self.services.in_background(self._evaluate_in_thread)
        except ViptuiError as error:
            log.warning("evaluation failed: %s", type(error).__name__)
            self.notify(visible(f"Not evaluated. {error}"), severity="warning", markup=False)
            return
        log.info("evaluated %s, crossings %s", event.evaluated_on, sum(event.crossings.values()))
        self.changes.publish(event)

    def _evaluate_in_thread(self) -> Reevaluated:
        from viptui.data.crossings import ensure_looks  # not needed for the first screen
        from viptui.workers.reevaluate import reevaluate

        services = self.services
        ensure_looks(services.me, services.now())
        today = services.clock.today()  # whatever day is looked at
        return reevaluate(now=services.now(), today=today, policy=services.policy, evaluator=services.me)

    async def _deliver(self, post: Post) -> None:
        """Deliver on a thread of its own, and tell what came of it; the same problem is told once."""
        try:
            done = await asyncio.wrap_future(post.begin_round())
        except ViptuiError as error:
            log.warning("no mail delivered: %s", type(error).__name__)
            self._tell_mail_problem(str(error))
            return
        if not done.is_quiet:
            log.info("mail: %s sent, %s postponed, %s failed", done.sent, done.postponed, done.failed + done.unknown)
            self._tell_mail_problem(
                f"{done.problem} {pressed('app.outbox', 'O')} shows the outbox." if done.problem else ""
            )
        self.changes.publish(done)
        if self._deliver_again:
            self.deliver_soon()

    def _tell_mail_problem(self, problem: str) -> None:
        if problem and problem != self._mail_problem:
            self.notify(visible(problem), severity="warning", markup=False)
        self._mail_problem = problem

    def _remind_of_drafts(self) -> None:
        from viptui.screens.forms.interrupted import tell_of_drafts

        self.run_worker(tell_of_drafts(self, self.services, self._started_at), group="drafts")

    def _leave(self, status: int) -> None:
        self.exit(return_code=status)

    def _fatal_error(self) -> None:
        """End with one sentence on the terminal; the traceback, without variables and their data, in the log."""
        from viptui.config import log_file

        log.critical("crashed\n%s", "".join(traceback.format_exc()))
        self._exit_renderables.append(f"viptui: an error in the program; the log has it: {visible(str(log_file()))}")
        self._close_messages_no_wait()


def _collect_garbage_again() -> None:
    """Look for garbage from now on, but not among what was made at the start: it stays."""
    gc.freeze()
    gc.enable()
