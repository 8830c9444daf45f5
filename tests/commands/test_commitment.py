"""3-year commits: who may have one, the end as Adobe gives it, and what the operator is told beside it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from tests.support.acting import act_on, counts, customer, do, refused
from tests.support.builders import Ordered, Portfolio
from tests.support.clock import TODAY
from viptui.data.details import customer_detail
from viptui.data.models import Customer
from viptui.detail_standing import commitment_on, select_on
from viptui.rules import commitment, select_level
from viptui.rules.commitment_status import CHOICES
from viptui.rules.policy import VipPolicy

pytestmark = pytest.mark.usefixtures("database")

END = "2029-11-20"
CONFIRMED = {"status": "COMMITTED", "licences": "20", "starts_on": str(TODAY), "ends_on": END}


def buyer(quantity: int = 12, *, anniversary_in: int = 200) -> None:
    """A customer A that has bought so much at once in its term."""
    Portfolio().customer(
        "Aster Clinic", vip_id="A", anniversary_in=anniversary_in, ordered=[Ordered(days_ago=100, quantity=quantity)]
    )


def told(today: date = TODAY) -> tuple[str, str]:
    """What details say of VIP Select and of the commit."""
    detail = customer_detail("A")
    assert detail is not None
    committed = commitment_on(detail, today, VipPolicy())
    return (
        select_level.in_words(select_on(detail, today, VipPolicy())),
        "none" if committed is None else commitment.in_words(committed),
    )


def test_a_confirmed_commit_is_stored_as_it_was_given() -> None:
    buyer()
    done = do("commitment.record", "a", **CONFIRMED)
    assert done.summary == f"3-year commit of Aster Clinic: committed, 20 licences (level 12), {TODAY} to {END}."
    assert done.before == {}
    stored = customer("A")
    assert (stored.commitment_status, stored.commitment_quantity, stored.commitment_consumables) == (
        "COMMITTED",
        20,
        None,
    )
    assert (stored.commitment_start_on, stored.commitment_end_on) == (TODAY, date(2029, 11, 20))
    assert stored.version == 2
    counts()


def test_a_request_becomes_a_commit_step_by_step() -> None:
    buyer()
    do("commitment.record", "A", status="requested", licences="20")
    assert told()[1] == f"requested, 20 licences (level 12), answer by {TODAY + timedelta(days=7)}, from {TODAY}"
    assert told(TODAY + timedelta(days=8))[1].startswith("expired")
    later = TODAY + timedelta(days=5)
    accepted = do("commitment.record", "A", act=act_on(later), status="ACCEPTED")
    due = later + timedelta(days=30)
    assert accepted.advice == (f"The committed minimum must be met by {due}.",)
    assert told(due)[1] == f"accepted, 20 licences (level 12), to be met by {due}, from {later}"
    assert told(due + timedelta(days=1))[1].startswith("noncompliant")
    confirmed = do("commitment.record", "A", status="COMMITTED", ends_on=END)
    assert confirmed.summary == f"3-year commit of Aster Clinic: committed, 20 licences (level 12), {later} to {END}."
    assert confirmed.before["commitment_status"] == "ACCEPTED"
    assert told(date(2029, 11, 21))[1].startswith("expired")


def test_a_minimum_that_is_met_already_has_no_deadline() -> None:
    buyer(quantity=25)
    assert do("commitment.record", "A", status="ACCEPTED", licences="20").advice == ()
    assert told(TODAY + timedelta(days=60))[1] == f"accepted, 20 licences (level 12), from {TODAY}"


REFUSED: Mapping[str, tuple[dict[str, str], dict[str, str]]] = {
    "too few licences": (
        CONFIRMED | {"licences": "9"},
        {"licences": "A 3-year commit needs at least 10 licences: enter more."},
    ),
    "too few transactions": (
        CONFIRMED | {"consumables": "999"},
        {"consumables": "A 3-year commit needs at least 1,000 transactions: enter more."},
    ),
    "no quantity at all": (
        {"status": "REQUESTED"},
        {"licences": "A 3-year commit needs at least 10 licences: enter more."},
    ),
    "neither start nor end": (
        {"status": "COMMITTED", "licences": "10"},
        {
            "starts_on": "Start: Enter the day from which it holds.",
            "ends_on": "End: Enter the last day as Adobe has confirmed it.",
        },
    ),
    "an end before the start": (
        CONFIRMED | {"ends_on": "2026-01-01"},
        {
            "ends_on": (
                f"End: 2026-01-01 is not after the start on {TODAY}; enter the last day as Adobe has confirmed it."
            )
        },
    ),
    "an unknown status": (
        CONFIRMED | {"status": "MAYBE"},
        {"status": f"Status: Enter one of {', '.join(CHOICES)}."},
    ),
}


@pytest.mark.parametrize(("values", "reasons"), REFUSED.values(), ids=REFUSED)
def test_a_commit_is_refused(values: dict[str, str], reasons: dict[str, str]) -> None:
    buyer()
    assert refused("commitment.record", "A", **values) == reasons


def test_a_commit_needs_vip_select() -> None:
    buyer(quantity=9)
    assert refused("commitment.record", "A", **CONFIRMED) == {
        "": "A 3-year commit needs VIP Select: let the customer reach level 2 first."
    }
    assert do("commitment.record", "A", status="DECLINED").summary == "3-year commit of Aster Clinic: declined."


def test_no_commit_in_an_extended_term_but_after_it() -> None:
    buyer(anniversary_in=10)
    Customer.update(term_months=24).execute()
    assert refused("commitment.record", "A", **CONFIRMED) == {
        "": "A customer with an extended term cannot have a 3-year commit: wait for the first annual term."
    }
    Customer.update(anniversary_on=TODAY, select_level=2).execute()
    do("commitment.record", "A", **CONFIRMED)


def test_transactions_alone_can_be_committed() -> None:
    buyer()
    values = {key: value for key, value in CONFIRMED.items() if key != "licences"}
    done = do("commitment.record", "A", **values, consumables="1000")
    assert done.summary == f"3-year commit of Aster Clinic: committed, 1,000 transactions (level TB), {TODAY} to {END}."


def test_a_commit_that_is_over_falls_back_to_the_lowest_level() -> None:
    buyer()
    do("commitment.record", "A", **CONFIRMED, consumables="2500")
    detail = customer_detail("A")
    assert detail is not None
    levels = [
        (stands.licence_level, stands.consumable_level)
        for on in (date(2029, 11, 20), date(2029, 11, 21))
        if (stands := commitment_on(detail, on, VipPolicy())) is not None
    ]
    assert levels == [("12", "TC"), ("01", "T1")]


def test_accepting_after_a_partial_renewal_is_warned_of() -> None:
    Portfolio().customer(
        "Aster Clinic",
        vip_id="A",
        anniversary_in=10,
        ordered=[Ordered(days_ago=300, quantity=20), Ordered(days_ago=1, quantity=12, kind="renewal")],
    )
    done = do("commitment.record", "A", status="ACCEPTED", licences="10")
    closes = TODAY + timedelta(days=40)
    assert done.advice[0] == (
        "Accepting now commits all 20 licences, not only the 12 renewed ones: "
        f"accept after the renewal window has closed on {closes}."
    )


def test_consumables_and_returns_do_not_count_for_select() -> None:
    portfolio = Portfolio()
    bought = portfolio.product("Credits")
    bought.consumable = True
    bought.save()
    portfolio.customer(
        "Aster Clinic",
        vip_id="A",
        anniversary_in=200,
        ordered=[Ordered(days_ago=100, quantity=50, product="Credits"), Ordered(days_ago=50, quantity=4)],
    )
    assert told()[0] == f"level 1 (VIP); level 2 needs 6 more by {TODAY + timedelta(days=169)}"
