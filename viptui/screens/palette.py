"""All actions and keys by name, filtered while typing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Key, Paste
from textual.screen import ModalScreen

from viptui.actions import ACTIONS, Action
from viptui.config import LOOKS
from viptui.rules.folding import fold
from viptui.screens.doors import DOORS
from viptui.screens.forms.looks import FORM_PALETTE
from viptui.text import fitted
from viptui.widgets.editor import Editor
from viptui.widgets.lines import Lines
from viptui.widgets.paint import SpanLine, framed

if TYPE_CHECKING:
    from viptui.screens.verbs import ActingScreen


class Known(NamedTuple):
    """Something that can be done on the screen below."""

    key: str
    title: str
    words: str
    action: Action | None
    binding: str
    """What the screen below is told, if it is not an action of the table."""


AS_OF: Final = re.compile(r"as.?of\s*(?P<day>.*)", re.IGNORECASE)
"""What is typed to look at another day."""


class Palette(ModalScreen[None]):
    """A line to type in above what it finds; Enter does it."""

    COMPONENT_CLASSES = FORM_PALETTE  # type: ignore[assignment]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "back", id="palette.back", tooltip="Do nothing"),
        Binding("enter", "choose", "do it", id="palette.choose", tooltip="Do what the cursor stands on"),
        Binding("down,tab,ctrl+n", "step(1)", show=False, id="palette.down", tooltip="Next"),
        Binding("up,shift+tab,ctrl+p", "step(-1)", show=False, id="palette.up", tooltip="Previous"),
        Binding("pagedown", "step(10)", show=False, id="palette.page_down", tooltip="Ten further"),
        Binding("pageup", "step(-10)", show=False, id="palette.page_up", tooltip="Ten back"),
    ]

    def __init__(self, below: ActingScreen) -> None:
        super().__init__()
        self._below = below
        self._known = _known(below)
        self._found = self._known
        self._editor = Editor()
        self._at = 0

    def compose(self) -> ComposeResult:
        yield Lines(id="palette", base="bar")

    def on_mount(self) -> None:
        """Show everything."""
        self._draw()

    def on_resize(self) -> None:
        """More or fewer lines fit."""
        self._draw()

    def on_key(self, event: Key) -> None:
        """Take what is typed."""
        if event.is_printable and event.character is not None:
            event.stop()
            self._editor.insert(event.character)
        elif self._editor.press(event.key):
            event.stop()
        else:
            return
        self._search()

    def on_paste(self, event: Paste) -> None:
        """Take what is pasted."""
        self._editor.insert(event.text)
        self._search()

    def action_step(self, step: int) -> None:
        """Move the cursor."""
        self._at = max(0, min(self._at + step, len(self._found) - 1))
        self._draw()

    def action_choose(self) -> None:
        """Do what the cursor stands on."""
        if not self._found:
            return
        chosen = self._found[self._at]
        if chosen is LOOK_AT:
            self._look_at()
            return
        self.app.pop_screen()
        if chosen.action is not None:
            self._below.run_verb(chosen.action)
        else:
            self._below.call_later(self._below.run_action, chosen.binding)

    def _look_at(self) -> None:
        """Look at the day that is typed; if none is, ask for it."""
        typed = AS_OF.fullmatch(self._editor.text.strip())
        if typed is None or not typed["day"]:
            self._editor.fill("as-of ")
            self._search()
            return
        self.app.pop_screen()
        self._below.look_at(typed["day"])

    def _search(self) -> None:
        if AS_OF.fullmatch(self._editor.text.lstrip()):
            self._found, self._at = [LOOK_AT], 0
            self._draw()
            return
        words = fold(self._editor.text).split()
        self._found = [each for each in self._known if all(word in each.words for word in words)]
        self._at = 0
        self._draw()

    def _draw(self) -> None:
        lines: list[SpanLine] = [[(" : ", "accent"), *self._editor.draw(40, focused=True)]]
        height = max(3, self.query_one(Lines).size.height) - 1
        first = max(0, min(self._at - height + 1, len(self._found) - height))
        for index in range(first, min(first + height, len(self._found))):
            each, on = self._found[index], index == self._at
            mark = ">" if on else " "
            lines.append(
                [(f" {mark} ", "accent"), (fitted(each.key, 8), "accent"), (each.title, "bar-on" if on else "bar")]
            )
        if not self._found:
            lines.append([("   nothing is called so", "bar-dim")])
        size = self.query_one(Lines).size
        self.query_one(Lines).show(*framed(lines, size.width, size.height))


LOOK_AT: Final = Known(
    "", "Look at another day: as-of 2026-12-01, as-of +14d, as-of eom", "look at another day as-of", None, ""
)
"""The one thing that takes what is typed behind its name."""


def _known(below: ActingScreen) -> list[Known]:
    """The actions of the table, then the other keys of the screen below and of what has the focus in it."""
    found = [
        Known(each.key or "", each.title, fold(f"{each.title} {each.word} {each.help}"), each, "")
        for each in ACTIONS
        if each.key or not each.has_own_door  # those without a key need files, which the command line reads
    ]
    told: set[str] = set()
    for active in below.active_bindings.values():
        binding = active.binding
        sentence = active.tooltip or binding.tooltip
        if active.node is not below or not sentence or binding.id is None or binding.id in told:
            continue
        told.add(binding.id)
        if not binding.id.startswith("action.") and binding.id != "screen.palette":
            key = below.app.get_key_display(binding)
            found.append(Known(key, sentence, fold(sentence), None, binding.action))
    found += (
        Known("", door.tooltip, fold(door.tooltip), None, f"door('{door.id}')")
        for door in DOORS.values()
        if not door.key
    )
    found += (
        Known("", f"Look: {theme}", fold(f"look theme colours colors {theme}"), None, f"app.look('{theme}')")
        for theme in LOOKS
    )
    return [*found, LOOK_AT]
