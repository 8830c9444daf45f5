"""The map of all keys: what it knows, what it refuses, what Textual is told."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

import viptui
from viptui.pressed import character_of, key_name, pressed, use_keys
from viptui.screens.key_map import keymap, keys_in_force, known, problems, screens, widgets_of
from viptui.screens.typable import KeyRefused, read_keys
from viptui.widgets.customer_table import CustomerTable
from viptui.widgets.declared import declared
from viptui.widgets.search_line import SearchLine


@pytest.fixture(autouse=True)
def usual_keys() -> Iterator[None]:
    yield
    use_keys({})


COMES_FIRST = {"screen.end_dry_run"}
"""What is there for a while only, and takes its key from something else as long."""

# What it knows


def test_screens_are_called_as_people_call_them() -> None:
    assert {"customers", "customer detail", "sort menu", "palette", "help", "menu"} <= screens().keys()
    assert "picker" not in screens()


def test_widgets_of_a_screen_are_those_that_take_keys() -> None:
    assert set(widgets_of(screens()["customers"])) == {SearchLine, CustomerTable}


def test_everything_that_has_a_key_can_be_named_and_says_what_it_does() -> None:
    for screen in screens().values():
        for owner in (screen, *widgets_of(screen)):
            own = [each for each in declared(owner) if owner.__module__.startswith("viptui.")]
            inherited = {"app.focus_next", "app.focus_previous", "screen.copy_text"}
            assert [each for each in own if each.id is None and each.action not in inherited] == []
    assert [each.id for each in known().values() if not each.help] == []


def test_an_id_has_the_same_keys_wherever_it_is_declared() -> None:
    for each in known().values():
        for owner in each.owners:
            assert {binding.key for binding in declared(owner) if binding.id == each.id} == {*each.keys}


def test_no_key_of_a_screen_means_two_things_by_itself() -> None:
    for owner in {owner for each in known().values() for owner in each.owners}:
        for one, other in combinations(declared(owner), 2):
            in_other_parts = one.group and other.group and one.group != other.group
            assert one.key != other.key or in_other_parts or one.id in COMES_FIRST, (owner, one.id, other.id)


def test_usual_keys_can_all_be_typed() -> None:
    for each in known().values():
        assert read_keys(",".join(each.keys)) == each.keys
        assert problems({each.id: ",".join(each.keys)}) == []


def test_texts_name_the_keys_that_are_bound() -> None:
    """What a text takes for the usual key of a binding is one of its keys."""
    named = list(_named_keys())
    assert len(named) > 10
    for binding, usual in named:
        assert usual.casefold() in {key_name(key) for key in known()[binding].keys} | {
            key_name(key).casefold() for key in known()[binding].keys
        }


def _named_keys() -> Iterator[tuple[str, str]]:
    for file in Path(viptui.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "pressed":
                values = [each.value for each in node.args if isinstance(each, ast.Constant)]
                if len(values) == 2:
                    yield str(values[0]), str(values[1])


# What it refuses

REFUSED = {
    "nothing that has a key": ({"list.serch": "x"}, "'list.serch' is nothing that has a key; is 'list.search' meant?"),
    "far from anything": ({"zzz": "x"}, "'zzz' is nothing that has a key. 'viptui keys' lists"),
    "the same as escape and a letter": ({"list.sort": "alt+x"}, "list.sort cannot be on 'alt+x': alt+x cannot be told"),
    "the same as tab": ({"list.sort": "ctrl+i"}, "is the same as tab"),
    "the same as enter": ({"list.sort": "ctrl+enter"}, "is the same as enter"),
    "a shifted letter": ({"list.sort": "shift+s"}, "is written as the capital letter"),
    "no key at all": ({"list.sort": "sort"}, "sort is no key"),
    "a key is missing": ({"list.sort": "s,"}, "a key is missing"),
    "a key of tmux alone": ({"list.sort": "ctrl+b"}, "list.sort cannot be on ctrl+b alone: tmux eats it"),
    "a key of the console alone": ({"list.sort": "f1"}, "list.sort cannot be on f1 alone"),
    "the way out": ({"list.sort": "ctrl+q"}, "list.sort cannot be on ctrl+q: it always"),
    "a letter in a form": ({"form.send": "x"}, "form.send cannot be on x: in action form that types"),
    "an arrow in a form": ({"form.look": "left"}, "form.look cannot be on left: in action form that types"),
    "a letter in a search": ({"search.done": "x"}, "search.done cannot be on x: in customers that types"),
    "a letter in the palette": ({"picker.choose": "x"}, "picker.choose cannot be on x: in help that types"),
    "two on the same screen": ({"list.mine": "s"}, "list.mine and list.sort are both on s in customers; put one"),
    "a screen and its widget": (
        {"list.mine": "ctrl+d"},
        "list.mine and list.half_down are both on ctrl+d in customers",
    ),
    "two that were moved": ({"list.mine": "f6", "list.sort": "f6"}, "list.mine and list.sort are both on f6"),
    "two of one part": ({"team.role": "n"}, "team.role and team.map are both on n in administration"),
}


@pytest.mark.parametrize(("asked", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_is_told_in_a_sentence(asked: dict[str, str], sentence: str) -> None:
    assert sentence in problems(asked)[0]


TAKEN = {
    "a sign by itself": {"list.search": "&"},
    "several keys": {"list.search": "slash, ctrl+f,ctrl+b"},
    "two that change places": {"list.mine": "s", "list.sort": "m"},
    "an alias after a key": {"list.sort": "ctrl+g,f1"},
    "a letter of one's own language": {"list.sort": "ß"},
    "the same key in two parts": {"team.role": "s"},
    "a letter on a screen with a search": {"administration.refresh": "x"},
}


@pytest.mark.parametrize("asked", TAKEN.values(), ids=TAKEN)
def test_what_can_be_is_taken(asked: dict[str, str]) -> None:
    assert problems(asked) == []


def test_keys_are_read_under_textuals_names() -> None:
    assert read_keys("/, X,comma , f12") == ("slash", "X", "comma", "f12")
    with pytest.raises(KeyRefused, match="stays with the desktop"):
        read_keys("super+x")


# What follows


def test_keys_in_force_are_the_usual_ones_but_for_what_is_asked() -> None:
    force = keys_in_force({"list.sort": "f6,s"})
    assert (force["list.sort"], force["list.mine"]) == (("f6", "s"), ("m",))


def test_textual_is_told_what_shares_a_key_too() -> None:
    told = keymap({"team.deactivate": "x"})
    assert told == {"team.deactivate": "x", "product.deactivate": "D"}


def test_key_that_is_asked_for_leaves_what_has_another() -> None:
    force = keys_in_force({"list.search": "slash,ctrl+f"})
    assert (force["list.search"], force["list.page_down"]) == (("slash", "ctrl+f"), ("pagedown",))
    assert force["document.page_down"] == known()["document.page_down"].keys
    assert keymap({"list.search": "slash,ctrl+f"})["list.page_down"] == "pagedown"


def test_a_text_names_the_first_key_that_is_bound() -> None:
    assert pressed("list.search", "/") == "/"
    use_keys({"list.search": "question_mark,slash"})
    assert (pressed("list.search", "/"), pressed("list.mine", "m")) == ("?", "m")


def test_every_character_of_a_keyboard_is_known_by_its_key() -> None:
    for character in set(map(chr, range(ord("!"), ord("~") + 1))) - {","}:
        assert character_of(*read_keys(character)) == character
    assert character_of("comma") == ","


NAMES = {
    "slash": "/",
    "question_mark": "?",
    "right_square_bracket": "]",
    "colon": ":",
    "escape": "esc",
    "pagedown": "pgdn",
    "ctrl+g": "ctrl+g",
    "f6": "f6",
    "space": "space",
    "tab": "tab",
    "+": "+",
    "G": "G",
}


@pytest.mark.parametrize(("key", "name"), NAMES.items(), ids=NAMES)
def test_keys_are_named_as_people_read_them(key: str, name: str) -> None:
    assert key_name(key) == name
