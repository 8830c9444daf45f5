"""Marks: a range takes back what it has added and nothing else; hidden is what the list does not have."""

from __future__ import annotations

import pytest

from viptui.actions import ACTIONS
from viptui.rows import CustomerRow
from viptui.rules.facts import NO_FACTS
from viptui.screens.marks import Marked, Marks
from viptui.screens.on_marked import acts_on_many
from viptui.screens.wording import marked_words


def row(number: int) -> CustomerRow:
    return CustomerRow(number, f"V{number}", f"Customer {number}", "", "", None, "Accepted", None, None, NO_FACTS, ())


@pytest.fixture
def marks() -> Marks:
    """Customers 1 to 3, marked."""
    found = Marks()
    found.add([row(1), row(2), row(3)])
    return found


def vip_ids(marked: tuple[Marked, ...] | list[Marked]) -> list[str]:
    return [each.vip_id for each in marked]


def test_marks_keep_their_order_and_count_once(marks: Marks) -> None:
    marks.add([row(2), row(5)])
    assert (vip_ids(marks.all()), len(marks)) == (["V1", "V2", "V3", "V5"], 4)


def test_a_range_that_shrinks_leaves_what_was_marked_before(marks: Marks) -> None:
    assert set(marks.cover([row(3), row(4), row(5)])) == {3, 4, 5}
    assert (len(marks), 5 in marks) == (5, True)
    assert set(marks.cover([row(3), row(4)])) == {5}
    assert (len(marks), 5 in marks) == (4, False)
    marks.cover(())
    assert vip_ids(marks.all()) == ["V1", "V2", "V3"]


def test_a_range_that_is_ended_stays(marks: Marks) -> None:
    marks.cover([row(4)])
    marks.keep_range()
    marks.cover(())
    assert vip_ids(marks.all()) == ["V1", "V2", "V3", "V4"]


def test_what_is_gone_is_marked_no_more_also_if_another_has_its_id(marks: Marks) -> None:
    gone = marks.follow(marks.all(), {1: "V1", 2: "another"}, {1})
    assert (vip_ids(gone), vip_ids(marks.all())) == (["V2", "V3"], ["V1"])


def test_what_was_marked_since_it_was_asked_is_not_gone(marks: Marks) -> None:
    asked = marks.all()
    marks.add([row(4)])
    assert marks.follow(asked, {1: "V1", 2: "V2", 3: "V3"}, {1}) == []
    assert (vip_ids(marks.hidden), 4 in marks) == (["V2", "V3"], True)


def test_what_is_hidden_is_so_until_it_is_marked_or_shown_again(marks: Marks) -> None:
    marks.follow(marks.all(), {1: "V1", 2: "V2", 3: "V3"}, set())
    marks.add([row(1)])
    marks.remove([2])
    assert vip_ids(marks.hidden) == ["V3"]
    marks.clear()
    assert (len(marks), marks.hidden) == (0, ())


WORDS = {(3, 0): "3 marked", (3, 1): "3 marked (1 hidden)", (12_000, 1_200): "12,000 marked (1,200 hidden)"}


@pytest.mark.parametrize(("numbers", "words"), WORDS.items())
def test_how_many_are_marked_in_words(numbers: tuple[int, int], words: str) -> None:
    assert marked_words(*numbers) == words


def test_these_actions_take_several_customers_at_once() -> None:
    assert {each.id for each in ACTIONS if each.key and acts_on_many(each)} >= {
        "invitation.remind",
        "invitation.accept",
        "customer.remove",
        "order.place",
        "renewal.notify",
        "renewal.place",
        "customer.reassign",
        "note.add",
    }


def test_these_are_about_one_customer_or_none() -> None:
    assert not {each.id for each in ACTIONS if acts_on_many(each)} & {
        "invitation.send",
        "authorization.create",
        "authorization.record",
        "licences.assign",
        "order.return",
        "commitment.record",
        "history.undo",
        "reseller_change.complete",
    }
