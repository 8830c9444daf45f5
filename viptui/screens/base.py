"""What every screen has: the services, and a plain-words notice for whatever goes wrong on purpose."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final, ParamSpec, Protocol, cast

from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.events import Event
from textual.geometry import Size
from textual.notifications import SeverityLevel
from textual.reactive import Reactive
from textual.signal import Signal
from textual.widget import Widget
from textual.worker import Worker

from viptui.errors import ViptuiError
from viptui.screens.styled_once import StyledOnce
from viptui.services import Services
from viptui.text import visible
from viptui.widgets.lines import Lines
from viptui.widgets.paint import Span, SpanLine, right_aligned

if TYPE_CHECKING:
    from viptui.screens.repeating import Again

P = ParamSpec("P")

LEAST: Final = Size(60, 15)
"""Columns and lines of a terminal from which on every screen can be used."""


def is_too_small(size: Size) -> bool:
    """Whether a terminal of that size has no room for the screens."""
    return size.width < LEAST.width or size.height < LEAST.height


def beside(
    node: DOMNode, group: str, work: Callable[P, Coroutine[Any, Any, None]], *given: P.args, **named: P.kwargs
) -> Worker[None]:
    """Call ``work`` while ``node`` goes on. What is cancelled before it begins was never called, so nothing is left."""
    return node.run_worker(partial(work, *given, **named), group=group)


class Host(Protocol):
    """What a screen may ask of the program that shows it."""

    services: Services
    changes: Signal[object]
    """Events of `viptui.events`, published when something has happened."""
    placed_order: str
    """Number of the order that was placed here last, until its sheet has been shown; empty without one."""

    again: Again | None
    """The action on a customer that was carried out last."""

    is_dry_run: bool
    """Whether the next action is only to be shown, on whichever screen it is asked for."""

    def may_draw(self) -> bool:
        """Whether a frame may be drawn now: the terminal has taken what was drawn before."""
        ...

    @property
    def has_slow_link(self) -> bool:
        """Whether the line to the terminal is slow."""
        ...

    def forget_picture(self) -> None:
        """Draw the next frame in full: what stands on the terminal may be something else."""
        ...

    def copy(self, text: str) -> None:
        """Hand a text to the terminal's clipboard. Raises `CopyFailed`: it is longer than terminals take."""
        ...

    def hand_typed_on(self) -> None:
        """Go on with the keys that were held back, unless they still are."""
        ...

    def forget_typed(self) -> None:
        """Drop the keys that are held back."""
        ...

    def open_demo(self) -> None:
        """Leave for the interface on made-up customers."""
        ...

    def evaluate_now(self) -> None:
        """Start a round of the re-evaluation."""
        ...


class ServiceScreen(StyledOnce[None]):
    """A screen with services."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+l", "redraw", show=False, id="screen.redraw", tooltip="Draw the screen anew"),
        Binding("tab", "app.focus_next", show=False, id="screen.next_part", tooltip="Next part of the screen"),
        Binding("shift+tab", "app.focus_previous", show=False, id="screen.part_before", tooltip="Part before it"),
    ]

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """As in Textual, but without a repaint of the whole screen whenever the focus moves."""

    @property
    def host(self) -> Host:
        """The program that shows the screen."""
        return cast("Host", self.app)

    @property
    def services(self) -> Services:
        """The one door to the data."""
        return self.host.services

    def holds(self, event: Event) -> bool:  # noqa: ARG002
        """Whether what is typed is to wait: it is not certain yet what it will mean."""
        return False

    def hinders_leaving(self) -> bool:
        """Whether leaving would have to wait for something; then the screen asks what is to become of it."""
        return False

    def action_redraw(self) -> None:
        """Draw everything anew, whatever has come to stand on the terminal."""
        self.host.forget_picture()
        self.refresh(repaint=True, layout=True)

    def action_help(self) -> None:
        """Show all keys."""
        from viptui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.active_bindings.values()))

    def action_back(self) -> None:
        """Back to the screen before."""
        self.app.pop_screen()

    def start(
        self, group: str, work: Callable[P, Coroutine[Any, Any, None]], *given: P.args, **named: P.kwargs
    ) -> Worker[None]:
        """Call ``work`` beside the screen; a newer one of the same group replaces it, also before it has begun."""
        return self.run_worker(partial(self.guarded, work, *given, **named), group=group, exclusive=True)

    def tell(self, message: str, *, problem: bool = False, seconds: float | None = None) -> None:
        """Show a notice, with keys in place of the commands that it names. Text from data is safe here."""
        from viptui.screens.in_keys import in_keys
        from viptui.screens.notices import in_lines, notice_room

        severity: SeverityLevel = "warning" if problem else "information"
        text = in_lines(visible(in_keys(message)), notice_room(self.app.size.width))
        self.notify(text, severity=severity, timeout=seconds, markup=False)

    def show_title(self, left: SpanLine, right: SpanLine | None = None) -> None:
        """Say in the first line what the screen shows; at its right end which day, unless that is something else."""
        line = right_aligned(left, [self.day_span()] if right is None else right, self.app.size.width, "bar")
        self.query_one("#title", Lines).show(line)

    def day_span(self) -> Span:
        """Which day the screen tells of, for the end of its title; nobody can take another day for today."""
        services = self.services
        day, slow = services.today(), " slow link " if self.host.has_slow_link else ""
        if services.is_away:
            days = (day - services.clock.today()).days
            far = f"{days:+,} {'day' if abs(days) == 1 else 'days'}" if days else "today"
            return f"{slow} AS OF {day} ({far}) read-only ", "bar-on"
        if not services.read_only:
            return f"{slow} {day} ", "bar" if slow else "bar-dim"
        return f"{slow} {'as of ' * (services.read_only_by == '--as-of')}{day}, read-only ", "warning"

    def _on_timer_update(self) -> None:
        """Paint, unless the line is not ready: then the next tick looks again, and paints what is newest by then."""
        if self.host.may_draw():
            if self._layout_required and self._repaint_required:  # as after a menu: one frame does for both
                self._dirty_widgets.add(self)
                self._repaint_required = False
            super()._on_timer_update()

    async def guarded(self, work: Callable[P, Coroutine[Any, Any, None]], *given: P.args, **named: P.kwargs) -> None:
        """Do ``work``; what goes wrong on purpose becomes a notice."""
        try:
            await work(*given, **named)
        except ViptuiError as error:
            self.tell(str(error), problem=True)
