"""Where somebody is in a list, and what is told in the end."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from viptui.rules.filters import CustomerFilter
from viptui.rules.listing import Listing
from viptui.rules.query import parse_query
from viptui.rules.triage import Handled, Triage, summary_lines, words_of

START = datetime(2026, 3, 20, 9, 5, tzinfo=UTC)


def triage(position: int = 0, reached: int = 0) -> Triage:
    return Triage(CustomerFilter.PAST_DUE, "Past Due Requests", ("a", "b", "c"), position, reached, START)


@pytest.mark.parametrize(
    ("position", "reached", "step", "then", "furthest", "progress", "customer"),
    [
        (0, 0, 1, 1, 1, "2/3", "b"),
        (0, 0, -1, 0, 0, "1/3", "a"),
        (2, 2, -1, 1, 2, "2/3", "b"),
        (1, 2, 1, 2, 2, "3/3", "c"),
        (2, 2, 1, 3, 3, "3/3", None),
        (3, 3, 1, 3, 3, "3/3", None),
        (3, 3, -1, 2, 3, "3/3", "c"),
    ],
)
def test_steps(
    position: int, reached: int, step: int, then: int, furthest: int, progress: str, customer: str | None
) -> None:
    after = triage(position, reached).step(step)
    assert (after.position, after.reached, after.progress, after.customer) == (then, furthest, progress, customer)


def test_a_summary_tells_what_was_done_left_and_not_reached() -> None:
    handled = [Handled("a", "Aster Clinic", ("Sent a reminder.", "Noted it.")), Handled("b", "", ())]
    end = datetime(2026, 3, 20, 9, 45, tzinfo=UTC)
    assert list(summary_lines(triage(1, 1), handled, "ana.kovac", end, UTC)) == [
        "Triage: Past Due Requests, 3 customers",
        "2026-03-20 09:05 to 09:45, ana.kovac",
        "",
        "Worked on: 1",
        "- Aster Clinic (a)",
        "    Sent a reminder.",
        "    Noted it.",
        "Looked at and left as it is: 1",
        "- b, which is no longer there",
        "Not reached: 1",
    ]


def test_a_session_over_midnight_names_the_day() -> None:
    end = datetime(2026, 3, 21, 0, 5, tzinfo=UTC)
    assert list(summary_lines(triage(), [], "me", end, UTC))[1] == "2026-03-20 09:05 to 2026-03-21 00:05, me"


@pytest.mark.parametrize(
    ("listing", "words"),
    [
        (Listing(filter=CustomerFilter.PAST_DUE), "Past Due Requests"),
        (Listing(filter=CustomerFilter.ALL, managed_by="ana.kovac"), "All Customers, managed by ana.kovac"),
        (
            Listing(filter=CustomerFilter.NO_PRODUCTS, managed_by="x", search="univ"),
            'No Products, managed by x, search "univ"',
        ),
        (Listing(query=parse_query("late>045 -mine")), "All Customers, filter late>45 -mine"),
    ],
)
def test_a_list_in_words(listing: Listing, words: str) -> None:
    assert words_of(listing) == words
