"""Triage sessions in the database, on both engines."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.support.acting import do
from tests.support.builders import Portfolio, Requested
from tests.support.clock import NOON, TODAY
from viptui.data.triage import begin_triage, end_triage, find_triage, handled, keep_triage
from viptui.rules.filters import CustomerFilter
from viptui.rules.listing import Listing
from viptui.rules.policy import VipPolicy

pytestmark = pytest.mark.usefixtures("database")

ME = "ana.kovac"
PAST_DUE = Listing(filter=CustomerFilter.PAST_DUE)


def portfolio() -> Portfolio:
    made = Portfolio()
    for name, days in (("Fir", 60), ("Elm", 40), ("Gum", 90), ("Ash", 3)):
        made.customer(name, requested=[Requested(days_ago=days)])
    return made


def test_a_session_has_the_list_in_its_order_and_is_found_again() -> None:
    portfolio()
    begun = begin_triage(ME, PAST_DUE, TODAY, VipPolicy(), NOON)
    assert begun is not None
    assert (len(begun.queue), begun.progress, begun.words) == (3, "1/3", "Past Due Requests")
    assert find_triage(ME) == begun
    assert find_triage("ben.adler") is None
    keep_triage(ME, begun.step(1).step(1))
    found = find_triage(ME)
    assert found is not None
    assert (found.position, found.reached) == (2, 2)
    end_triage(ME)
    assert find_triage(ME) is None


def test_a_new_session_takes_the_place_of_the_one_before() -> None:
    portfolio()
    begin_triage(ME, PAST_DUE, TODAY, VipPolicy(), NOON)
    again = begin_triage(ME, Listing(filter=CustomerFilter.ALL), TODAY, VipPolicy(), NOON + timedelta(hours=1))
    assert again is not None
    assert find_triage(ME) == again
    assert len(again.queue) == 4


def test_an_empty_list_begins_nothing() -> None:
    portfolio()
    assert begin_triage(ME, Listing(filter=CustomerFilter.NO_PRODUCTS), TODAY, VipPolicy(), NOON) is None
    assert find_triage(ME) is None


def test_what_was_done_is_told_for_the_customers_that_were_looked_at() -> None:
    portfolio()
    begun = begin_triage(ME, PAST_DUE, TODAY, VipPolicy(), NOON)
    assert begun is not None
    first, second, third = begun.queue
    do("note.add", first, body="Called them")
    do("note.add", third, body="Beyond what was looked at")
    told = handled(ME, begun.step(1))
    assert [(each.vip_id, len(each.done)) for each in told] == [(first, 1), (second, 0)]
    assert handled("ben.adler", begun)[0].done == ()
