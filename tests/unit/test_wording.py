"""Sentences of the customers' screen: the order, how many were found, why a list is empty, the preview."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from viptui.detail_rows import AuthorizationRow, CustomerDetail, LineRow
from viptui.rows import CustomerRow
from viptui.rules.facts import NO_FACTS, CustomerFacts
from viptui.rules.filters import CustomerFilter
from viptui.rules.listing import Listing, SortColumn
from viptui.rules.policy import VipPolicy
from viptui.rules.standing import standing
from viptui.screens.preview import preview_lines
from viptui.screens.wording import beginnings, empty_lines, found_words, order_words
from viptui.widgets.paint import SpanLine

TODAY = date(2026, 3, 20)
POLICY = VipPolicy()
NO_PRODUCTS, PENDING, PAST_DUE, UPCOMING, READY, ALL = CustomerFilter

ORDERS: Mapping[str, tuple[Listing, str]] = {
    "no products": (Listing(filter=NO_PRODUCTS), "oldest invitation first"),
    "pending": (Listing(filter=PENDING), "oldest request first"),
    "past due": (Listing(filter=PAST_DUE), "oldest request first"),
    "upcoming": (Listing(filter=UPCOMING), "nearest anniversary first"),
    "ready": (Listing(filter=READY), "earliest anniversary first"),
    "all": (Listing(), "by customer"),
    "chosen": (Listing(filter=PAST_DUE, sort=SortColumn.AMOUNT), "by amount"),
    "chosen as it is anyway": (Listing(filter=PAST_DUE, sort=SortColumn.STATE), "oldest request first"),
    "reversed": (Listing(reverse=True), "by customer, reversed"),
    "short head": (Listing(sort=SortColumn.LICENCES), "by licences"),
    "no column of its own": (Listing(sort=SortColumn.INVITED), "by invited"),
}


@pytest.mark.parametrize(("listing", "words"), ORDERS.values(), ids=ORDERS)
def test_the_order_in_words(listing: Listing, words: str) -> None:
    assert order_words(listing) == words


def test_how_many_were_found() -> None:
    assert found_words(Listing(), 23817, 23817) == "23,817"
    assert found_words(Listing(search="a"), 412, 3238) == "412 of 3,238"


EMPTY: Mapping[str, tuple[Listing, str, str]] = {
    "search in a tab": (
        Listing(filter=PAST_DUE, search="acme"),
        'Nobody in Past Due Requests is called "acme".',
        "Esc clears the search, 6 searches all customers.",
    ),
    "search in all": (
        Listing(search="acme"),
        'Nobody in All Customers is called "acme".',
        "Esc clears the search.",
    ),
    "search in mine": (
        Listing(search="acme", managed_by="ana"),
        'Nobody in All Customers is called "acme".',
        "Esc clears the search, m includes everybody's.",
    ),
    "mine": (
        Listing(filter=READY, managed_by="ana"),
        "None of the customers that ana manages is in Ready for Renewal.",
        "m shows everybody's customers.",
    ),
    "nobody past due": (
        Listing(filter=PAST_DUE),
        "Nobody is past due: every Purchase Authorization was ordered in time.",
        "6 shows all customers.",
    ),
}


@pytest.mark.parametrize(("listing", "why", "what"), EMPTY.values(), ids=EMPTY)
def test_an_empty_list_says_why_and_what_to_do(listing: Listing, why: str, what: str) -> None:
    assert [text_of(line) for line in empty_lines(listing)] == [why, what]


@pytest.mark.parametrize("tab", CustomerFilter)
def test_every_tab_has_words_for_being_empty(tab: CustomerFilter) -> None:
    lines = [text_of(line) for line in empty_lines(Listing(filter=tab))]
    assert all(line.endswith(".") for line in lines)
    first, *_ = empty_lines(Listing(filter=tab), beginnings(read_only=False))
    assert text_of(first) == "There are no customers yet. A letter begins:"


# The preview

ROW = CustomerRow(
    id=1,
    vip_id="ABC",
    organization_name="Acme",
    contact_email="kim@acme.example",
    market_segment="Commercial",
    managed_by="ana",
    invitation_status="Accepted",
    invited_on=None,
    anniversary_on=None,
    facts=NO_FACTS,
    sort_key=("",),
)
DETAIL = CustomerDetail(
    row=ROW,
    organization_name_english="",
    offering_type="Team",
    contact_name="Kim",
    address="",
    city="Ulm",
    region="",
    postal_code="",
    country="DE",
    accepted_on=None,
    term_months=12,
    anniversary_given=False,
    managed_by_name="",
    managed_by_email="",
    commitment_status=None,
    commitment_quantity=None,
    commitment_start_on=None,
    commitment_end_on=None,
    select_level=None,
    version=1,
    authorizations=(),
    orders=(),
    notes=(),
    history=(),
)


def requested(age: int, number: str = "PA1", status: str = "open") -> AuthorizationRow:
    return AuthorizationRow(
        number=number,
        created_on=TODAY - timedelta(days=age),
        created_by="reseller",
        po_number="",
        status=status,
        order_number=None,
        lines=(LineRow(product="Acrobat", sku="A", quantity=3),),
    )


def renewal(days: int, *, due: int = 10, renewed: int = 0) -> CustomerDetail:
    day = TODAY + timedelta(days=days)
    facts = CustomerFacts(has_products=True, renewal_due_on=day, licences_due=due, licences_renewed=renewed)
    return replace(DETAIL, row=ROW._replace(anniversary_on=day, facts=facts))


REASONS: Mapping[str, tuple[CustomerDetail, str]] = {
    "nothing yet": (DETAIL, "No products yet: create a Purchase Authorization or place an order."),
    "nothing to do": (replace(DETAIL, row=ROW._replace(facts=CustomerFacts(has_products=True))), "Nothing is waiting."),
    "pending": (
        replace(DETAIL, authorizations=(requested(30),)),
        ". pending 30d  PA1 of 2026-02-18: 3 x Acrobat; overdue from 2026-03-21",
    ),
    "overdue": (
        replace(DETAIL, authorizations=(requested(31),)),
        "! OVERDUE 31d  PA1 of 2026-02-17: 3 x Acrobat; suspended from 2026-04-19",
    ),
    "suspended": (
        replace(DETAIL, authorizations=(requested(61),)),
        "!! SUSPENDED 61d  PA1 of 2026-01-18: 3 x Acrobat; placing its order reactivates the licences",
    ),
    "the oldest of several": (
        replace(DETAIL, authorizations=(requested(2, "PA3"), requested(40, "PA2"), requested(90, status="ordered"))),
        "! OVERDUE 40d  PA2 of 2026-02-08: 3 x Acrobat and 1 more; suspended from 2026-04-10",
    ),
    "ready": (renewal(12), "> READY 12d  10 of 10 licences to renew for 2026-04-01"),
    "late and partly renewed": (renewal(-5, renewed=4), ">! LATE 25d part  6 of 10 licences to renew for 2026-03-15"),
}


@pytest.mark.parametrize(("detail", "words"), REASONS.values(), ids=REASONS)
def test_the_preview_says_what_is_wrong_or_next(detail: CustomerDetail, words: str) -> None:
    seen = standing(detail.row.anniversary_on, detail.row.facts, TODAY, POLICY)
    lines = [text_of(line).strip() for line in preview_lines(detail, seen, TODAY, POLICY)]
    assert lines[0] == "Acme  ABC"
    assert lines[1] == words
    assert lines[2] == "Kim  kim@acme.example  Ulm, DE"
    assert lines[3] == "Commercial, Team  managed by ana  invitation accepted"


def text_of(line: SpanLine) -> str:
    return "".join(text for text, _ in line)
