"""Sentences for the command line, told at the keys."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import viptui
from viptui.actions import ACTIONS
from viptui.cli import _MODULES
from viptui.screens.in_keys import ELSEWHERE, in_keys

SENTENCES = {
    "an action with a key": ("place its order first ('viptui order'), then", "place its order first (o), then"),
    "with what it acts on": ("'viptui return-order ORD-1' requests one.", "D requests one."),
    "another screen": ("'viptui team' lists them.", "A lists them."),
    "an action of another screen": ("'viptui resend-mail 3 4' sends it.", "r in the outbox (O) sends it."),
    "an action in the palette": ("'viptui commit A' notes it.", ": and Record 3-year commit notes it."),
    "an entry of the history": ("'viptui undo 12' does it again.", "u on entry 12 under L does it again."),
    "one's newest entry": ("'viptui undo' takes it back.", "u takes it back."),
    "several in one sentence": ("'viptui order', then 'viptui remind A'", "o, then r"),
    "what only the command line does": ("'viptui import' takes it over.", "'viptui import' takes it over."),
    "no command at all": ("It's 'viptui'.", "It's 'viptui'."),
    "an unknown command": ("'viptui frobnicate'", "'viptui frobnicate'"),
}


@pytest.mark.parametrize(("sentence", "told"), SENTENCES.values(), ids=SENTENCES)
def test_in_keys(sentence: str, told: str) -> None:
    assert in_keys(sentence) == told


ONLY_COMMANDS = {"import", "import-products", "init", "demo"}
"""What reads files or makes a database, before there is an interface."""


def test_whatever_command_a_sentence_names_there_is_a_key_for_it() -> None:
    package = Path(viptui.__file__).parent
    sources = [path for room in ("rules", "commands", "data") for path in (package / room).rglob("*.py")]
    named = {
        (word, path.name) for path in sources for word in re.findall(r"'viptui ([a-z-]+)", path.read_text("utf-8"))
    }
    words = {action.word for action in ACTIONS} | {str(name) for name in _MODULES}
    assert named
    for word, file in named:
        assert word in words, f"{file} names a command that there is not: {word}"
        if word not in ONLY_COMMANDS:
            assert "viptui" not in in_keys(f"'viptui {word}'"), f"{file} names {word}, for which there is no key"


def test_the_words_for_other_screens_are_commands() -> None:
    assert ELSEWHERE.keys() <= {action.word for action in ACTIONS} | {str(name) for name in _MODULES}
