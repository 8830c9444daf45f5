"""What the fields of a form begin with, and which of it somebody has typed: without a screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from viptui.actions import BY_ID, Parameter
from viptui.screens.forms.extra import Loaded
from viptui.screens.forms.filling import SUBJECT, Filling, asked_parameters
from viptui.widgets.choice_fields import ChoiceField, NumbersField, Option
from viptui.widgets.fields import Field, Value
from viptui.widgets.lines_field import LinesField, Offer


def parameter(name: str, default: str = "") -> Parameter:
    return Parameter(name=name, label=name, help="", parse=str, default=default)


def filling(again: Mapping[str, Value] | None = None) -> Filling:
    """A form with a field that has a default, and two that have none."""
    found = Filling(again or {})
    found.fields = [Field(parameter("term", "12")), Field(parameter("email")), Field(parameter("note"))]
    return found


def stands(found: Filling) -> dict[str, Value]:
    return {field.name: field.value for field in found.fields}


def type_in(found: Filling, **typed: str) -> None:
    for field in found.fields:
        if field.name in typed:
            field.fill(typed[field.name])


BEGINNINGS: Mapping[str, tuple[Loaded, dict[str, Value], dict[str, Any]]] = {
    # what is known, what was typed before: what stands in term, e-mail and note
    "the table's defaults": (Loaded(), {}, {"term": "12"}),
    "what the customer's data say": (
        Loaded(values={"term": "36", "email": "a@b.example"}),
        {},
        {"term": "36", "email": "a@b.example"},
    ),
    "what is offered": (Loaded(typed={"note": "as ever"}), {}, {"term": "12", "note": "as ever"}),
    "what was typed before, over what is offered": (
        Loaded(values={"term": "36"}, typed={"note": "as ever"}),
        {"note": "again", "term": "24"},
        {"term": "24", "note": "again"},
    ),
}


@pytest.mark.parametrize(("loaded", "again", "expected"), BEGINNINGS.values(), ids=BEGINNINGS)
def test_what_a_form_begins_with_nobody_has_typed(
    loaded: Loaded, again: dict[str, Value], expected: dict[str, Any]
) -> None:
    found = filling(again)
    found.begin()
    assert not found.is_changed
    assert not found.offer(loaded, ())
    found.begin()
    assert stands(found) == {"term": "", "email": "", "note": "", **expected}
    assert not found.is_changed
    type_in(found, note="something else")
    assert found.is_changed


TYPED: Mapping[str, tuple[Loaded, dict[str, Value], dict[str, str], dict[str, Any]]] = {
    # what is known, what was typed before, what is typed now: what counts as typed
    "nothing": (Loaded(), {}, {}, {}),
    "what is typed": (Loaded(), {}, {"note": "new"}, {"note": "new"}),
    "a default that is changed": (Loaded(), {}, {"term": "24"}, {"term": "24"}),
    "what was offered and is left": (Loaded(typed={"note": "as ever"}), {}, {}, {"note": "as ever"}),
    "not what the customer's data say": (Loaded(values={"email": "a@b.example"}), {}, {"email": "c@d.example"}, {}),
    "what was typed before, even if it is the default": (Loaded(), {"term": "12"}, {}, {"term": "12"}),
}


@pytest.mark.parametrize(("loaded", "again", "now", "expected"), TYPED.values(), ids=TYPED)
def test_what_somebody_has_typed(
    loaded: Loaded, again: dict[str, Value], now: dict[str, str], expected: dict[str, Any]
) -> None:
    found = filling(again)
    found.offer(loaded, ())
    found.begin()
    type_in(found, **now)
    assert found.typed == expected


def test_starting_over_leaves_out_what_is_only_offered() -> None:
    found = filling()
    found.offer(Loaded(values={"email": "a@b.example"}, typed={"note": "as ever"}), ())
    found.begin()
    type_in(found, term="24")
    found.fill({})
    assert stands(found) == {"term": "12", "email": "a@b.example", "note": ""}
    assert not found.is_changed


def test_a_draft_stands_over_everything_and_counts_as_typed() -> None:
    found = filling()
    found.offer(Loaded(values={"email": "a@b.example"}, typed={"note": "as ever"}), ())
    found.begin()
    found.fill({"email": "c@d.example"})
    assert stands(found) == {"term": "12", "email": "c@d.example", "note": ""}
    assert found.is_changed


def test_what_comes_late_goes_only_where_nobody_has_typed() -> None:
    found = filling()
    found.begin()
    type_in(found, email="mine@b.example")
    found.offer(Loaded(values={"email": "a@b.example", "note": "known"}), ())
    found.fill_untouched()
    assert stands(found) == {"term": "12", "email": "mine@b.example", "note": "known"}
    assert found.is_changed
    type_in(found, email="")
    assert not found.is_changed


def test_words_to_choose_from_take_the_place_of_a_text() -> None:
    found = filling()
    words = [Option("ben", "Ben"), Option("ana", "Ana")]
    assert found.offer(Loaded(options={"email": words}), ())
    assert [type(field) for field in found.fields] == [Field, ChoiceField, Field]
    assert not found.offer(Loaded(options={"email": words}), ())  # it is there already


def test_numbers_that_are_offered_are_all_meant_until_somebody_drops_one() -> None:
    found = Filling({})
    found.fields = [NumbersField(parameter("numbers"))]
    found.offer(Loaded(options={"numbers": [Option("1", "PA 1"), Option("2", "PA 2")]}), ())
    found.begin()
    assert stands(found) == {"numbers": ["1", "2"]}
    assert not found.is_changed


def test_products_are_offered_to_the_field_that_asks_for_them() -> None:
    found = filling()
    assert not found.has_products
    lines = LinesField(parameter("lines"))
    found.fields.append(lines)
    assert found.has_products
    found.offer(Loaded(), [Offer(sku="ACR-T", name="Acrobat")])
    lines.fill(["acrobat=3"])
    assert lines.value == ["ACR-T=3"]


ASKED = {
    "a customer": ("customer.remove", None, [(SUBJECT, "VIP ID")]),
    "not a customer that is known": ("customer.remove", "VIP-1", []),
    "a member": ("team.deactivate", None, [(SUBJECT, "Login")]),
    "nothing for what acts on nothing": ("invitation.send", None, []),
}


@pytest.mark.parametrize(("action", "subject", "asked"), ASKED.values(), ids=ASKED)
def test_what_an_action_acts_on_is_asked_for_first_unless_it_is_known(
    action: str, subject: str | None, asked: list[tuple[str, str]]
) -> None:
    found = asked_parameters(BY_ID[action], subject)
    own = BY_ID[action].parameters
    assert [(each.name, each.label) for each in found[: len(asked)]] == asked
    assert tuple(found[len(asked) :]) == tuple(own)
