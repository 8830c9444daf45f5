"""What was done to many at once is found from any of its entries, on either engine."""

from __future__ import annotations

import pytest

from tests.support.acting import act_on, do
from tests.support.records import add_customer
from viptui.data.models import AuditEntry
from viptui.data.wholes import whole_of
from viptui.rules.requests import beginning_of_parts, part_of

WHOLE = "0123456789abcdef" * 2
OTHER = "fedcba9876543210" * 2


@pytest.fixture(autouse=True)
def _customers(database: str) -> None:
    for name in ("A", "B", "C"):
        add_customer(name, vip_id=name)


def note(vip_id: str, request_id: str) -> int:
    """Write a note in a request; the number of its entry."""
    do("note.add", vip_id, act=act_on(request_id=request_id), body="Called.")
    return int(AuditEntry.get(AuditEntry.request_id == request_id).id)


def test_all_parts_are_found_newest_first_and_nothing_else() -> None:
    first, second = note("A", part_of(WHOLE, "A")), note("B", part_of(WHOLE, "B"))
    alone, another = note("C", WHOLE), note("C", part_of(OTHER, "C"))
    whole = whole_of(first)
    assert whole is not None
    assert (whole.action, [each.number for each in whole.members]) == ("note.add", [second, first])
    assert whole.members[0].whom == "B  B"
    assert (whole_of(alone), whole_of(another), whole_of(12345)) == (None, None, None)


def test_those_that_were_taken_back_are_left_out_and_found_as_what_was_undone() -> None:
    numbers = [note(each, part_of(WHOLE, each)) for each in ("A", "B", "C")]
    for number in numbers[:2]:
        do("history.undo", str(number), act=act_on(request_id=part_of(OTHER, str(number))))
    assert whole_of(numbers[2]) is None  # it is the only one left
    undone = AuditEntry.get(AuditEntry.undoes == numbers[0])
    whole = whole_of(undone.id, again=True)
    assert whole is not None
    assert (whole.action, len(whole.members)) == ("note.add", 2)


@pytest.mark.parametrize(
    "request_id", [None, "", WHOLE, f"{WHOLE}-", "report-2026-03-20", f"{WHOLE[:31]}-A", f"x{WHOLE[1:]}-A"]
)
def test_other_requests_are_no_parts(request_id: str | None) -> None:
    assert beginning_of_parts(request_id) == ""
