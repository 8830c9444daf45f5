"""All keys of a screen, from its bindings: found while typing, and done with Enter."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import ActiveBinding

from viptui.pressed import key_name
from viptui.rules.folding import fold
from viptui.screens.picker import Choice, Picker
from viptui.widgets.declared import in_order
from viptui.widgets.footer import FooterLine
from viptui.widgets.lines import Lines


class HelpScreen(Picker):
    """What each key does on the screen below."""

    PROMPT: ClassVar[str] = "?"
    KEY_WIDTH: ClassVar[int] = 18
    BASE: ClassVar[str] = "plain"
    HINT: ClassVar[str] = "  type a word or a key to find it"

    def __init__(self, bindings: Iterable[ActiveBinding]) -> None:
        super().__init__(list(_choices(bindings)))

    def compose(self) -> ComposeResult:
        yield Lines(id="help")
        yield FooterLine(id="footer")


def _choices(bindings: Iterable[ActiveBinding]) -> Iterable[Choice]:
    """The keys, those of one action on one line; a search finds one by its key and by its name too."""
    of_id: dict[str, list[ActiveBinding]] = {}
    for active in in_order(bindings):
        if active.binding.id is not None and _sentence(active):
            of_id.setdefault(active.binding.id, []).append(active)
    for each in of_id.values():
        keys = " ".join(dict.fromkeys(key_name(active.binding.key) for active in each))
        node, action = each[0].node, each[0].binding.action
        # The screen below handles it in its own turn, as if the key had been pressed there.
        do = partial(node.call_later, node.app.run_action, action, node)
        yield Choice(keys, _sentence(each[0]), fold(f"{keys} {_sentence(each[0])} {_name(each[0])}"), do)


def _name(active: ActiveBinding) -> str:
    """What else it is called: in the footer, and in the settings."""
    return f"{active.binding.description} {(active.binding.id or '').rpartition('.')[2]}"


def _sentence(active: ActiveBinding) -> str:
    return active.tooltip or active.binding.tooltip or active.binding.description
