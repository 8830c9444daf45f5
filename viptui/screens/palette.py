"""All actions and keys by name, filtered while typing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import ComposeResult

from viptui.actions import ACTIONS
from viptui.config_table import LOOKS
from viptui.rules.folding import fold
from viptui.screens.doors import DOORS
from viptui.screens.list_line import ListLines
from viptui.screens.picker import Choice, Picker
from viptui.screens.verbs import key_of
from viptui.widgets.declared import in_order
from viptui.widgets.lines import Lines
from viptui.widgets.paint import SpanLine

if TYPE_CHECKING:
    from viptui.screens.verbs import ActingScreen

AS_OF: Final = re.compile(r"\s*as.?of\s*(?P<day>.*)", re.IGNORECASE)
"""What is typed to look at another day."""


class Palette(Picker):
    """Everything that the screen below can do: the actions first, also those without a key; and a list as a line."""

    PROMPT: ClassVar[str] = ":"
    KEY_WIDTH: ClassVar[int] = 8
    BASE: ClassVar[str] = "bar"
    TYPED: ClassVar[int] = 200
    IS_FRAMED: ClassVar[bool] = True

    def __init__(self, below: ActingScreen) -> None:
        self._below = below
        title = "Look at another day: as-of 2026-12-01, as-of +14d, as-of eom"
        self._look_at = Choice("", title, "look at another day as-of", self._look)
        self._lines = ListLines(below, self.type_in)
        super().__init__([*_actions(below), *_keys(below), self._look_at, self._lines.invitation])

    def on_mount(self) -> None:
        """Show everything; which names a list can be asked for by comes a moment later."""
        super().on_mount()
        self._below.start("names", self._read_names)

    def compose(self) -> ComposeResult:
        yield Lines(id="palette", base=self.BASE)

    def find(self, text: str) -> Sequence[Choice]:
        """What is called so; behind ``as-of`` stands a day, and no name."""
        if AS_OF.fullmatch(text):
            return [self._look_at]
        shown, typed = self._lines.shown(text), self._lines.completions(text)
        named = [] if self._lines.fault(text) else super().find(text)
        return [*shown, *typed, *named] if shown else [*named, *typed]

    def remark(self, width: int) -> Sequence[SpanLine]:
        """What is wrong with a list that is typed, below its place; not while a word is half typed."""
        fault = self._lines.fault(self.typed)
        if fault is None or (fault.end == len(self.typed) and self._lines.completions(self.typed)):
            return ()
        from viptui.screens.line_prompt import told
        from viptui.widgets.wrapping import MOST_LINES

        return told(fault, len(self.PROMPT) + 2, width, MOST_LINES)

    def action_complete(self) -> None:
        """Type the rest of a word: of the one that is marked, else of the first that there is."""
        if found := self._lines.completions(self.typed):
            marked = self._found[self._at] if self._at < len(self._found) else found[0]
            (marked if marked.stays else found[0]).do()
        else:
            super().action_complete()

    def take(self, choice: Choice) -> None:
        """Do it; ask for the day first, if it takes one and none is typed."""
        if choice is self._look_at and not self._day:
            self.type_in("as-of ")
        else:
            super().take(choice)

    async def _read_names(self) -> None:
        await self._lines.read()
        if self.is_mounted and self.is_current:
            self._search()

    @property
    def _day(self) -> str:
        typed = AS_OF.fullmatch(self.typed)
        return typed["day"].strip() if typed else ""

    def _look(self) -> None:
        self._below.look_at(self._day)


def _actions(below: ActingScreen) -> Iterator[Choice]:
    for each in ACTIONS:
        if each.key or not each.has_own_door:  # those without a key need files, which the command line reads
            words = fold(f"{each.title} {each.word} {each.help}")
            yield Choice(key_of(each), each.title, words, partial(below.choose_verb, each))


def _keys(below: ActingScreen) -> Iterator[Choice]:
    """The other keys of the screen itself."""
    told: set[str] = set()
    for active in in_order(below.active_bindings.values()):
        binding = active.binding
        sentence = active.tooltip or binding.tooltip
        if active.node is not below or not sentence or binding.id is None or binding.id in told:
            continue
        told.add(binding.id)
        if not binding.id.startswith("action.") and binding.id != "screen.palette":
            do = partial(below.call_later, below.run_action, binding.action)
            yield Choice(below.app.get_key_display(binding), sentence, fold(sentence), do)
    unkeyed = {door.tooltip: f"door('{door.id}')" for door in DOORS.values() if not door.key}
    for sentence, action in unkeyed.items():
        yield Choice("", sentence, fold(sentence), partial(below.call_later, below.run_action, action))
    for speed in ("fast", "slow"):
        line = partial(below.call_later, below.run_action, f"app.link('{speed}')")
        yield Choice("", f"Line: {speed}", fold(f"line: {speed} link terminal"), line)
    for theme in LOOKS:
        look = partial(below.call_later, below.run_action, f"app.look('{theme}')")
        yield Choice("", f"Look: {theme}", fold(f"look theme colours colors {theme}"), look)
