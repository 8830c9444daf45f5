"""The interface's frame: theme, first screen, keys on their way, the signal of changes, leaving in order."""

from __future__ import annotations

import asyncio
import logging
import sys
import traceback
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import App
from textual.binding import BindingType
from textual.events import Event, Key, Paste, Resize
from textual.filter import LineFilter
from textual.screen import Screen
from textual.signal import Signal

from viptui import themes
from viptui.config import Settings
from viptui.garbage import GarbageCollector
from viptui.link import KeptLink, Speed
from viptui.pressed import use_keys
from viptui.screens.base import ServiceScreen, beside, is_too_small
from viptui.screens.customers import CustomersScreen
from viptui.services import Services
from viptui.terminal import OnlyVisible, TerminalDriver, end_on_signals
from viptui.text import visible
from viptui.typed_ahead import TypedAhead

if TYPE_CHECKING:
    from concurrent.futures import Future

    from viptui.data.snapshot import Snapshot
    from viptui.rounds import Rounds
    from viptui.rules.listing import Listing
    from viptui.screens.repeating import Again
    from viptui.screens.tour import Tour

log: Final = logging.getLogger("viptui")

SECONDS_TO_BEGIN: Final = 1.0
"""When the first screen has been drawn."""

CTRL_C: Final = "ctrl+q leaves viptui; what is typed in a form is kept."

SECONDS_TO_CLOSE: Final = 2.0
"""How long nobody wonders why the program does not end."""

WAITING: Final = "Waiting for the database."

LONGEST_WAIT: Final = 86_400.0
"""Seconds that a notice stands which is taken back."""

DEMO: Final = "demo"
"""What the program returns if it was left for made-up customers."""


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
        """A list to work through from the start, until that has begun."""
        self.services = services
        services.when_done = self.deliver_soon
        services.when_waiting = self._tell_waiting
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
        self._tour: Tour | None = None
        self._begins_with_tour = tour
        self.typed_ahead = TypedAhead(self, self._hand_on, self._holds)
        self._link = KeptLink(self)
        self._garbage = GarbageCollector()
        for each in themes.OWN:
            self.register_theme(each)
        few_bytes = settings.ssh or settings.no_color or self._link.is_slow
        self.theme = themes.named(settings.theme, few_bytes=few_bytes)
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
        self.call_after_refresh(self._begin_rounds)
        if self._triage is not None:
            self.call_after_refresh(self._open_triage)
        self.set_timer(SECONDS_TO_BEGIN, self._garbage.begin)
        self.set_timer(SECONDS_TO_BEGIN, self._remind_of_drafts)
        if self._begins_with_tour:
            self.call_after_refresh(self._begin_tour)

    async def on_event(self, event: Event) -> None:
        """Let a key wait until the one before it has taken effect, on focus and screens too."""
        if isinstance(event, Resize):
            self.forget_picture()
            self.call_later(self._mind_size)
        if isinstance(event, Key | Paste) and not event.is_forwarded:
            self._garbage.put_off()
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

    def may_draw(self) -> bool:
        """Whether a frame may be drawn now: the terminal has taken what was drawn before."""
        return self._link.may_draw(behind=isinstance(self._driver, TerminalDriver) and self._driver.behind)

    @property
    def has_slow_link(self) -> bool:
        """Whether the line to the terminal is slow."""
        return self._link.is_slow

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters, and the one that lets only visible text out."""
        return [*super().get_line_filters(), self._visible_only]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Variables of the style sheet that a look may leave out."""
        return themes.DIM

    def action_look(self, theme: str) -> None:
        """Show everything in another look, until the end."""
        self.theme = theme
        self._link.look_is_chosen = True
        self.clear_notifications()
        self.notify(f'The look is {theme}; the setting  theme = "{theme}"  keeps it.', markup=False)

    def action_link(self, speed: str) -> None:
        """Say how fast the line to the terminal is, until the end."""
        self._link.say(Speed(speed))

    async def action_quit(self) -> None:
        """Leave, unless that would have to wait and somebody is asked about it."""
        screens = [each for each in self.screen_stack if isinstance(each, ServiceScreen)]
        if not any(each.hinders_leaving() for each in screens):
            self.exit()

    def action_help_quit(self) -> None:
        """Tell whoever presses ctrl+c out of habit how to leave; once, however often it is pressed."""
        if all(each.message != CTRL_C for each in self._notifications):
            self.notify(CTRL_C, markup=False)

    @cached_property
    def rounds(self) -> Rounds:
        """What is done beside whoever works."""
        from viptui.rounds import Rounds

        return Rounds(self)

    def evaluate_now(self) -> None:
        """Start a round of the re-evaluation."""
        self.rounds.evaluate()

    def deliver_soon(self) -> None:
        """Begin a round of delivering mail."""
        self.rounds.deliver()

    def _tell_waiting(self, waits: bool) -> None:
        """Say that the database has not answered yet; take it back once it has."""
        for each in list(self._notifications):
            if each.message == WAITING:
                self._unnotify(each)
        if waits:
            self.notify(WAITING, timeout=LONGEST_WAIT, markup=False)

    async def on_unmount(self) -> None:
        """Let what has begun finish, then close the database; where that takes long, say what helps."""
        closing = asyncio.create_task(asyncio.to_thread(self.services.close))
        await asyncio.wait({closing}, timeout=SECONDS_TO_CLOSE)
        if not closing.done() and sys.__stderr__ is not None:  # the terminal is as it was before the start
            sys.__stderr__.write("viptui: the database has not answered yet; Ctrl+C leaves without it.\n")
            sys.__stderr__.flush()
        await closing

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
                self.push_screen(TooSmall(), self._on_room)

    def _on_room(self, _: None) -> None:
        self.call_later(self._open_triage)

    def _begin_tour(self) -> None:
        from viptui.screens.tour import Tour

        self._tour = Tour(self.screen_stack[0])

    def _open_triage(self) -> None:
        """Begin with the triage that was asked for, once there is room for it."""
        listing, screen = self._triage, self.screen
        if listing is None or is_too_small(self.size):
            return
        from viptui.screens.triage import open_triage

        if isinstance(screen, ServiceScreen):
            self._triage = None
            screen.start("triage", open_triage, screen, listing)

    def _begin_rounds(self) -> None:
        self.rounds.begin()

    def _remind_of_drafts(self) -> None:
        from viptui.screens.forms.interrupted import tell_of_drafts

        beside(self, "drafts", tell_of_drafts, self, self.services, self._started_at)

    def _leave(self, status: int) -> None:
        self.exit(return_code=status)

    def _fatal_error(self) -> None:
        """End with one sentence on the terminal; the traceback, without variables and their data, in the log."""
        from viptui.config import log_file

        log.critical("crashed\n%s", "".join(traceback.format_exc()))
        self._exit_renderables.append(f"viptui: an error in the program; the log has it: {visible(str(log_file()))}")
        self._close_messages_no_wait()
