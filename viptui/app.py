"""The interface's frame: theme, first screen, the tick, the signal of changes, leaving in order."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections import deque
from collections.abc import Iterator, Sequence
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import App
from textual.binding import BindingType
from textual.dom import DOMNode
from textual.events import Event, Key, Paste
from textual.filter import LineFilter
from textual.signal import Signal

from viptui.clock import seconds_to_midnight
from viptui.config import Settings
from viptui.errors import ViptuiError
from viptui.screens.customers import CustomersScreen
from viptui.services import Services
from viptui.terminal import OnlyVisible, TerminalDriver, end_on_signals
from viptui.text import visible

if TYPE_CHECKING:
    from viptui.events import Reevaluated

log: Final = logging.getLogger("viptui")

LONGEST_KEY: Final = 0.5
"""Seconds after which the next key is handed on, whatever became of the one before."""

_THEMES: Final = {"dark": "textual-dark", "light": "textual-light"}


class ViptuiApp(App[None]):
    """The program as a person sees it."""

    CSS_PATH = "viptui.tcss"
    TITLE = "viptui"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, services: Services, settings: Settings) -> None:
        # Without colours the terminal's own ones are left alone: Textual would make greys of ours, black on black.
        super().__init__(driver_class=TerminalDriver, ansi_color=True if settings.no_color else None)
        self.services = services
        self.settings = settings
        self.changes: Signal[object] = Signal(self, "changes")
        self._visible_only = OnlyVisible()
        self._typed: deque[Event] = deque()
        self._handed_on_at: float | None = None
        """When the key was handed on that has not taken effect yet."""
        self.theme = _theme(settings)
        if settings.ssh:
            self.animation_level = "none"

    def on_mount(self) -> None:
        """Show the list first; whatever it does not need comes after it is drawn."""
        end_on_signals(asyncio.get_running_loop(), self._leave)
        self.push_screen(CustomersScreen())
        self.call_after_refresh(self._begin_to_evaluate)

    async def on_event(self, event: Event) -> None:
        """Let a key wait until the one before it has taken effect, on focus and screens too.

        Textual hands keys on as they come: those that arrive in one piece, as over a slow line, would all go
        to the widget that had the focus before the first of them.
        """
        if not isinstance(event, Key | Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        self._typed.append(event)
        if self._handed_on_at is None or monotonic() - self._handed_on_at > LONGEST_KEY:
            await self._hand_on()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters, and the one that lets only visible text out."""
        return [*super().get_line_filters(), self._visible_only]

    def evaluate_now(self) -> None:
        """Start a round of the re-evaluation; one that has not begun yet is replaced."""
        self.run_worker(self._evaluate(), group="evaluate", exclusive=True)

    async def on_unmount(self) -> None:
        """Let what has begun finish, then close the database."""
        await asyncio.to_thread(self.services.close)

    async def _hand_on(self) -> None:
        self._handed_on_at = None
        if self._typed:
            self._handed_on_at = monotonic()
            await super().on_event(self._typed.popleft())
            await self._follow(iter(()), rounds=2)

    async def _follow(self, way: Iterator[DOMNode], rounds: int) -> None:
        """Go the way that a key goes, behind it, from queue to queue; the second round follows its consequences."""
        node = next(way, None)
        if node is not None:
            if not node.call_later(self._follow, way, rounds) and node is not self:
                await self._follow(way, rounds)  # a widget or a screen that has just been removed
        elif rounds:
            await self._follow(iter((self.focused or self.screen).ancestors_with_self), rounds - 1)
        else:
            await self._hand_on()

    def _begin_to_evaluate(self) -> None:
        self.evaluate_now()
        self.set_interval(self.settings.evaluate_every_minutes * 60, self.evaluate_now)
        self._wait_for_midnight()

    def _wait_for_midnight(self) -> None:
        self.set_timer(seconds_to_midnight(self.services.clock) + 1, self._on_midnight)

    def _on_midnight(self) -> None:
        self.evaluate_now()
        self._wait_for_midnight()

    async def _evaluate(self) -> None:
        if self.services.read_only:
            return
        try:
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
        return reevaluate(now=services.now(), today=services.today(), policy=services.policy, evaluator=services.me)

    def _leave(self, status: int) -> None:
        self.exit(return_code=status)

    def _fatal_error(self) -> None:
        """End with one sentence on the terminal; the traceback, without variables and their data, in the log."""
        from viptui.config import log_file

        log.critical("crashed\n%s", "".join(traceback.format_exc()))
        self._exit_renderables.append(f"viptui: an error in the program; the log has it: {visible(str(log_file()))}")
        self._close_messages_no_wait()


def _theme(settings: Settings) -> str:
    """The theme to begin with; few bytes over SSH, no colours of our own where none are wanted."""
    if settings.theme != "auto":
        return _THEMES.get(settings.theme, settings.theme)
    return "ansi-dark" if settings.ssh or settings.no_color else "textual-dark"
