"""The fields of forms, without a screen: what is typed, chosen, shown and handed on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from viptui.actions import Kind, Parameter
from viptui.actions.parameters import LINES
from viptui.rules.parsing import parse_date, parse_quantity, parse_yes_no
from viptui.widgets.choice_fields import ChoiceField, FlagField, NumbersField, Option
from viptui.widgets.editor import LONGEST, Editor
from viptui.widgets.field_kinds import field_of
from viptui.widgets.fields import INPUT, DateField, Field, LongTextField
from viptui.widgets.lines_field import LinesField, Offer
from viptui.widgets.paint import SpanLine, span_width

TODAY = date(2026, 3, 20)


def parameter(kind: Kind = Kind.TEXT, **rest: object) -> Parameter:
    return Parameter(**({"name": "it", "label": "It", "help": "what it is", "parse": str, "kind": kind} | rest))


def shown(lines: Sequence[SpanLine]) -> list[str]:
    return ["".join(text for text, _ in line).rstrip() for line in lines]


def press(field: Field, *keys: str, cell: int = 0) -> None:
    for key in keys:
        if len(key) == 1:
            field.insert(cell, key)
        else:
            field.press(cell, key)


def test_every_kind_of_parameter_has_a_field() -> None:
    for kind in Kind:
        choices = ("one", "two") if kind is Kind.CHOICE else ()
        assert field_of(parameter(kind, choices=choices), TODAY).draw(0)


# Texts


def typed(*keys: str) -> str:
    field = Field(parameter())
    press(field, *keys)
    return field.editor.text


EDITS = {
    "characters are put in where the cursor stands": (("a", "c", "left", "b"), "abc"),
    "backspace takes the one before": (("a", "b", "backspace"), "a"),
    "delete takes the one under the cursor": (("a", "b", "home", "delete"), "b"),
    "ctrl+w takes a word": ((*"one two", "ctrl+w"), "one"),
    "ctrl+k takes the rest": ((*"one", "home", "right", "ctrl+k"), "o"),
    "ctrl+u takes everything": ((*"one", "ctrl+u"), ""),
    "end goes behind the last": (("b", "home", "a", "end", "c"), "abc"),
    "at the ends nothing is left to take": (("a", "home", "backspace", "end", "delete"), "a"),
}


@pytest.mark.parametrize(("keys", "expected"), EDITS.values(), ids=EDITS)
def test_keys_edit_a_text(keys: tuple[str, ...], expected: str) -> None:
    assert typed(*keys) == expected


TAKEN = {
    # key, what it prints: what becomes of "one", whether it was taken
    "a letter stands where the cursor does": ("s", "s", "ones", True),
    "so does a blank": ("space", " ", "one ", True),
    "a key that edits edits": ("backspace", "\x7f", "on", True),
    "a key that moves changes nothing": ("home", None, "one", True),
    "a key that means nothing here is left to others": ("enter", "\r", "one", False),
    "so is one that prints nothing": ("f1", None, "one", False),
}


@pytest.mark.parametrize(("key", "character", "text", "is_taken"), TAKEN.values(), ids=TAKEN)
def test_a_text_takes_keys_as_they_come(key: str, character: str | None, text: str, is_taken: bool) -> None:
    editor = Editor()
    editor.fill("one")
    assert editor.take(key, character) is is_taken
    assert editor.text == text


def test_a_paste_of_several_lines_becomes_one_line_without_control_characters() -> None:
    editor = Editor()
    editor.insert("Elm\tLtd\r\nStreet \x1b[31m5\x07\n")
    assert editor.text == "Elm Ltd Street [31m5"


def test_a_text_of_several_lines_keeps_them() -> None:
    field = LongTextField(parameter(Kind.LONG_TEXT))
    field.insert(0, "one\r\ntwo")
    press(field, "enter", "3")
    assert field.value == "one\ntwo\n3"
    press(field, "up", "up", "home", "x")
    assert field.value == "xone\ntwo\n3"


def test_an_endless_paste_ends_somewhere() -> None:
    editor = Editor()
    editor.insert("x" * 1_000_000)
    assert len(editor.text) == LONGEST


@example("0000000⺀", 7, 8)  # a wide character under the cursor at the edge
@given(st.text(max_size=80), st.integers(0, 80), st.sampled_from([8, 20, INPUT]))
def test_a_line_to_type_in_always_has_the_same_width(text: str, at: int, width: int) -> None:
    editor = Editor()
    editor.insert(text)
    editor.at = min(at, len(editor.text))
    assert span_width(editor.draw(width, focused=True)) == width
    assert span_width(editor.draw(width, focused=False)) == width


@given(st.text(max_size=200), st.integers(0, 200))
def test_lines_of_a_long_text_have_the_same_width_and_hold_the_cursor(text: str, at: int) -> None:
    editor = Editor(several_lines=True)
    editor.insert(text)
    editor.at = min(at, len(editor.text))
    lines = editor.draw_rows(30, 4, focused=True)
    assert [span_width(line) for line in lines] == [30] * 4
    assert sum(style == "caret" for line in lines for _, style in line) == 1


# Days


def test_a_date_is_told_in_full_and_handed_on_as_iso() -> None:
    field = DateField(parameter(Kind.DATE, parse=parse_date), TODAY)
    press(field, *"+13m")
    assert (field.value, field.kept, field.meaning()) == ("2027-04-20", "+13m", "= Tue 2027-04-20, in 396 days")
    press(field, "ctrl+u", *"soon")
    assert (field.value, field.meaning()) == ("soon", "")
    assert field.misread().startswith("Enter a date such as")


# Choices


def test_a_letter_or_the_arrows_choose() -> None:
    field = ChoiceField(parameter(Kind.CHOICE, choices=("Commercial", "Education", "Government")))
    assert field.is_empty()
    press(field, "e")
    assert (field.value, shown(field.draw(None))) == ("Education", [" Commercial [Education] Government"])
    press(field, "right", "right")
    assert field.value == "Commercial"
    press(field, "left")
    assert field.value == "Government"
    press(field, "x")
    assert field.value == "Government"
    press(field, "ctrl+u")
    assert field.is_empty()


def test_a_letter_again_goes_to_the_next_word_with_it() -> None:
    field = ChoiceField(parameter(Kind.CHOICE, choices=("member", "manager", "admin")))
    press(field, "m")
    assert field.value == "member"
    press(field, "m")
    assert field.value == "manager"
    press(field, "m")
    assert field.value == "member"


def test_many_words_are_shown_one_at_a_time() -> None:
    field = ChoiceField(parameter(Kind.CHOICE))
    field.offer([Option(f"member.{number}", f"Member number {number}") for number in range(20)])
    press(field, "right", "right")
    assert shown(field.draw(0)) == ["< Member number 1              2 of 20 >"]


def test_a_flag_is_turned_over_by_space() -> None:
    field = FlagField(parameter(Kind.FLAG, parse=parse_yes_no))
    assert shown(field.draw(0)) == ["[ ] no"]
    press(field, " ")
    assert (field.value, shown(field.draw(0))) == ("yes", ["[x] yes"])
    press(field, "n")
    assert field.value == "no"


def test_numbers_that_are_offered_are_taken_until_one_is_left_out() -> None:
    field = NumbersField(parameter(Kind.NUMBERS))
    field.offer([Option("PA1", "PA1 pending"), Option("PA2", "PA2 overdue")])
    assert field.value == ["PA1", "PA2"]
    press(field, " ", cell=1)
    assert field.value == ["PA1"]
    assert shown(field.draw(0)) == ["[x] PA1 pending", "[ ] PA2 overdue"]


def test_numbers_without_an_offer_are_typed() -> None:
    field = NumbersField(parameter(Kind.NUMBERS))
    press(field, *"PA1, PA2")
    assert field.value == ["PA1", "PA2"]


# Products


def products() -> LinesField:
    field = LinesField(LINES)
    field.offer(
        [
            Offer("SKU-1", "Acrobat Pro", "19.95 EUR"),
            Offer("SKU-2", "InCopy"),
            Offer("SKU-3", "Creative Cloud for enterprise", refusal="order directly"),
        ]
    )
    return field


def test_a_product_is_found_by_a_part_of_its_name_and_chosen_with_enter() -> None:
    field = products()
    press(field, *"cop")
    assert any("InCopy" in line for line in shown(field.draw(0)))
    assert not any("Acrobat" in line for line in shown(field.draw(0)))
    assert field.press(0, "enter") == 1  # on to the quantity
    press(field, *"12", cell=1)
    assert field.value == ["SKU-2=12"]


def test_a_product_is_found_by_its_sku() -> None:
    field = products()
    press(field, *"sku-1", "enter")
    assert field.value == ["SKU-1="]


def test_a_product_that_was_typed_in_full_need_not_be_chosen() -> None:
    field = products()
    press(field, *"sku-2")
    field.left(0)
    assert field.value == ["SKU-2="]


def test_a_product_that_may_not_be_authorized_says_so_and_is_refused() -> None:
    field = products()
    press(field, *"creative")
    assert any("order directly" in line for line in shown(field.draw(0)))
    assert field.press(0, "enter") == 0
    assert field.first_fault == 0
    assert any("order directly, or choose another product." in line for line in shown(field.draw(0)))


def test_plus_in_a_quantity_begins_another_line() -> None:
    field = products()
    press(field, *"incopy", "enter")
    press(field, *"3", cell=1)
    assert field.insert(1, "+") == 1
    press(field, *"acrobat", "enter", cell=2)
    press(field, *"5", cell=3)
    assert field.value == ["SKU-2=3", "SKU-1=5"]


def test_ctrl_n_begins_another_line_from_either_cell_but_none_below_an_empty_one() -> None:
    field = products()
    assert field.press(0, "ctrl+n") == 0
    assert field.cells == 2
    press(field, *"incopy", "enter")
    assert field.press(0, "ctrl+n") == 2
    assert field.cells == 4


def test_ctrl_d_takes_a_line_away_and_an_empty_one_does_not_count() -> None:
    field = products()
    field.fill(["SKU-1=5", "SKU-2=3"])
    field.press(0, "ctrl+d")
    assert field.value == ["SKU-2=3"]
    field.press(0, "ctrl+d")
    assert (field.value, field.cells) == ([], 2)


def test_faults_stand_at_their_lines_also_behind_an_empty_one() -> None:
    field = products()
    field.fill(["SKU-1=5", "SKU-2=3"])
    press(field, "ctrl+u", cell=0)
    press(field, "ctrl+u", cell=1)
    field.take_fault("0", "There is too much of it.")
    assert field.first_fault == 2


def test_what_was_typed_comes_back_from_a_draft() -> None:
    field = products()
    field.fill(["SKU-2=3", "unknown=x"])
    assert field.kept == ["SKU-2=3", "unknown=x"]
    assert shown(field.draw(None))[0].startswith("InCopy")


def test_a_quantity_that_is_no_number_is_told_when_it_is_left() -> None:
    field = products()
    field.fill(["SKU-2=many"])
    field.left(1)
    assert field.first_fault == 0
    assert parse_quantity("3") == 3
