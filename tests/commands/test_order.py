"""Placing orders: months, amounts, kinds, what becomes of Purchase Authorizations, and what is refused."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.support.acting import act_on, counts, customer, do, mails, refused
from tests.support.clock import TODAY
from tests.support.records import add_customer, add_member, authorize, order, product
from viptui.data.models import AuditEntry, Authorization, AuthorizationLine, Order, OrderLine
from viptui.data.order_sheets import order_sheet
from viptui.errors import NotFound
from viptui.rules.anniversary import nth_anniversary
from viptui.rules.filters import CustomerFilter
from viptui.rules.policy import AnniversaryBase, PartialMonth, VipPolicy

pytestmark = pytest.mark.usefixtures("database")

PENDING, PAST_DUE = CustomerFilter.PENDING_REQUESTS, CustomerFilter.PAST_DUE
NO_PRODUCTS = CustomerFilter.NO_PRODUCTS


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def stored(number: str) -> Order:
    found: Order = Order.get(Order.number == number)
    return found


def lines_of(number: str) -> list[tuple[str, int, int | None, Decimal | None, str | None, int]]:
    """Product, quantity, months, price, currency and assigned licences of an order's lines."""
    return [
        (each.product.name, each.quantity, each.months, each.unit_price, each.currency, each.assigned)
        for each in stored(number).lines.order_by(OrderLine.id)
    ]


def test_an_order_pays_for_everything_that_waits() -> None:
    ana = add_member("ana.kovac")
    elm = add_customer("Elm", vip_id="ELM", contact_email="kim@elm.example", managed_by=ana)
    authorize(elm, days_ago(61), {"Photoshop": 3}, number="PA1", po_number="4711")
    authorize(elm, days_ago(10), {"Photoshop": 2, "Acrobat": 4}, number="PA2", po_number="4711")
    before = counts()
    assert (before[PENDING], before[PAST_DUE]) == (1, 1)
    done = do("order.place", "ELM")
    number = done.subject
    assert number.startswith("ORD")
    assert [(each.number, each.status, each.order.number) for each in Authorization.select()] == [
        ("PA1", "ordered", number),
        ("PA2", "ordered", number),
    ]
    placed = stored(number)
    assert (placed.kind, placed.ordered_on, placed.po_number) == ("initial", TODAY, "4711")
    price = Decimal("10.50")
    assert lines_of(number) == [
        ("Photoshop", 3, 12, price, "EUR", 0),
        ("Photoshop", 2, 11, price, "EUR", 0),
        ("Acrobat", 4, 11, price, "EUR", 0),
    ]
    assert customer("ELM").anniversary_on == date(2027, 1, 18)
    after = counts()
    assert (after[PENDING], after[PAST_DUE], after[NO_PRODUCTS]) == (0, 0, 0)
    assert done.summary == (f"Ordered {number} of Elm for PA1, PA2: 5 x Photoshop, 4 x Acrobat, 89.25 EUR.")
    assert done.advice == (
        "12 months: from 2026-01-18 to the anniversary date 2027-01-18.",
        "11 months: the month from 2026-02-18 counts in full, to the anniversary date 2027-01-18 (estimate).",
        "The first purchase sets the anniversary date: 2027-01-18.",
    )


def test_the_contact_is_told_and_the_managing_member_gets_a_copy() -> None:
    elm = add_customer("Elm", vip_id="ELM", contact_email="kim@elm.example", managed_by=add_member("ana.kovac"))
    authorize(elm, days_ago(3), {"Photoshop": 3}, number="PA1")
    done = do("order.place", "ELM", number="A-1", po_number="PO-9")
    assert mails() == [
        ("kim@elm.example", "Your order A-1: Elm"),
        ("ana.kovac@team.example", "Your order A-1: Elm"),
    ]
    body = done.mails[0].body
    assert body == done.mails[1].body
    assert "3 x Photoshop (SKU-Photoshop)" in body
    assert "Your PO number: PO-9" in body
    assert "Amount: 31.50 EUR" in body
    assert "$" not in body


def test_nobody_to_be_told_is_said() -> None:
    authorize(add_customer("Elm", vip_id="ELM"), days_ago(3), {"Photoshop": 3})
    done = do("order.place", "ELM")
    assert mails() == []
    assert "There is no e-mail address for the confirmation: no mail was written." in done.advice


def test_products_can_be_ordered_directly_even_those_that_no_purchase_authorization_may_name() -> None:
    add_customer("Elm", vip_id="ELM")
    direct = product("Creative Cloud for enterprise", price=None)
    direct.pa_allowed = False
    direct.save()
    done = do("order.place", "ELM", lines=["sku-creative cloud for ENTERPRISE=7"], ordered_on="2026-03-01")
    assert lines_of(done.subject) == [("Creative Cloud for enterprise", 7, 12, None, None, 0)]
    assert (stored(done.subject).kind, stored(done.subject).ordered_on) == ("initial", date(2026, 3, 1))
    assert done.summary.endswith("7 x Creative Cloud for enterprise.")
    assert customer("ELM").anniversary_on == date(2027, 3, 1)
    assert counts()[NO_PRODUCTS] == 0


def test_direct_products_leave_purchase_authorizations_waiting_unless_they_are_named() -> None:
    elm = add_customer("Elm", vip_id="ELM")
    for number in ("PA1", "PA2"):
        authorize(elm, days_ago(40), {"Photoshop": 1}, number=number)
    done = do("order.place", "ELM", lines=["SKU-Photoshop=2"])
    assert counts()[PAST_DUE] == 1
    assert "Past due until it is ordered: PA1 (overdue), PA2 (overdue)." in done.advice
    done = do("order.place", "ELM", authorizations=["pa2"], lines=["SKU-Photoshop=5"])
    assert stored(done.subject).kind == "add-on"
    assert [each[:2] for each in lines_of(done.subject)] == [("Photoshop", 1), ("Photoshop", 5)]
    assert [each.status for each in Authorization.select().order_by(Authorization.number)] == ["open", "ordered"]
    assert counts()[PAST_DUE] == 1
    do("order.place", "ELM")
    assert counts()[PAST_DUE] == 0


def test_purchase_authorizations_with_different_po_numbers_leave_the_order_without_one() -> None:
    elm = add_customer("Elm", vip_id="ELM")
    authorize(elm, days_ago(4), {"Photoshop": 1}, po_number="A")
    authorize(elm, days_ago(3), {"Photoshop": 1}, po_number="B")
    assert stored(do("order.place", "ELM").subject).po_number == ""


def test_assigned_licences_move_to_the_order() -> None:
    elm = add_customer("Elm", vip_id="ELM")
    authorize(elm, days_ago(4), {"Photoshop": 5, "Acrobat": 2})
    do("licences.assign", "ELM", lines=["SKU-Photoshop=4"])
    number = do("order.place", "ELM").subject
    assert [each[-1] for each in lines_of(number)] == [4, 0]
    assert [each.assigned for each in AuthorizationLine.select()] == [0, 0]


def test_the_history_says_what_was_ordered() -> None:
    elm = add_customer("Elm", vip_id="ELM")
    authorize(elm, days_ago(4), {"Photoshop": 5}, number="PA1")
    do("order.place", "ELM", number="A-1", lines=["SKU-Photoshop=1"], authorizations=["PA1"])
    entry = AuditEntry.get()
    assert json.loads(entry.before) == {"authorizations": {"PA1": "open"}}
    assert json.loads(entry.after) == {
        "kind": "initial",
        "ordered_on": "2026-03-20",
        "po_number": "",
        "lines": {"SKU-Photoshop": 6},
        "authorizations": {"PA1": "ordered"},
        "anniversary_on": "2027-03-16",
    }


# Months of products that are ordered directly: added on, anniversary, rounded up, begun month free
MONTHS = {
    "the first day of the term": (date(2026, 1, 15), date(2027, 1, 15), 12, 12),
    "the second day": (date(2026, 1, 16), date(2027, 1, 15), 12, 11),
    "the day before a proration date": (date(2026, 7, 14), date(2027, 1, 15), 7, 6),
    "a proration date": (date(2026, 7, 15), date(2027, 1, 15), 6, 6),
    "the day after a proration date": (date(2026, 7, 16), date(2027, 1, 15), 6, 5),
    "the day before the anniversary": (date(2027, 1, 14), date(2027, 1, 15), 1, 1),
    "the anniversary itself begins the next term": (date(2027, 1, 15), date(2027, 1, 15), 12, 12),
    "the day before a mark clamped to February": (date(2026, 2, 27), date(2027, 1, 31), 12, 11),
    "a mark clamped to February": (date(2026, 2, 28), date(2027, 1, 31), 11, 11),
    "29 February": (date(2028, 2, 29), date(2029, 1, 31), 11, 11),
    "a term that ends on 29 February": (date(2027, 2, 28), date(2028, 2, 29), 12, 12),
}


@pytest.mark.parametrize("rounding", PartialMonth)
def test_the_months_of_an_order_follow_the_anniversary(rounding: PartialMonth) -> None:
    product("Photoshop", "12")
    policy = VipPolicy(partial_month=rounding)
    for name, (added_on, anniversary_on, rounded, free) in MONTHS.items():
        add_customer(name, vip_id=name, anniversary_on=anniversary_on)
        act = act_on(added_on, policy=policy)
        done = do("order.place", name, act=act, lines=["SKU-Photoshop=1"])
        ((_, _, months, *_),) = lines_of(done.subject)
        wanted = rounded if rounding is PartialMonth.ROUND_UP else free
        assert months == wanted, name
        assert f", {wanted}.00 EUR." in done.summary, name
        assert ("(estimate)" in done.advice[0]) is (rounded != free or name == "the day before the anniversary"), name


def test_an_order_before_the_term_is_refused() -> None:
    product("Photoshop")
    add_customer("Elm", vip_id="ELM", anniversary_on=date(2028, 2, 29))
    too_early = act_on(date(2027, 2, 27))
    assert refused("order.place", "ELM", act=too_early, lines=["SKU-Photoshop=1"]) == {
        "ordered_on": "Ordered on: 2027-02-27 lies before the term that ends on 2028-02-29: enter a later day."
    }


# First purchase authorization, order, day of the order, base, anniversary
BASES = {
    "a purchase authorization first": (date(2026, 1, 10), date(2026, 1, 25), date(2027, 1, 10), date(2027, 1, 25)),
    "an order alone": (None, date(2026, 1, 5), date(2027, 1, 5), date(2027, 1, 5)),
}


@pytest.mark.parametrize("base", AnniversaryBase)
def test_the_first_purchase_sets_the_anniversary_as_the_policy_says(base: AnniversaryBase) -> None:
    product("Photoshop")
    policy = VipPolicy(anniversary_base=base)
    for name, (requested_on, ordered_on, by_authorization, by_order) in BASES.items():
        add_customer(name, vip_id=name, market_segment="Education")
        lines = ["SKU-Photoshop=1"]
        if requested_on is not None:
            do("authorization.create", name, act=act_on(requested_on, policy=policy), lines=lines)
            lines = []
        do("order.place", name, act=act_on(ordered_on, policy=policy), lines=lines)
        wanted = by_order if base is AnniversaryBase.ORDER else by_authorization
        assert customer(name).anniversary_on == wanted, name


def test_an_anniversary_that_was_given_stays() -> None:
    product("Photoshop")
    given = date(2028, 3, 20)
    add_customer("Elm", vip_id="ELM", anniversary_on=given, anniversary_given=True, term_months=24)
    done = do("order.place", "ELM", lines=["SKU-Photoshop=1"])
    assert customer("ELM").anniversary_on == given
    assert [each[2] for each in lines_of(done.subject)] == [24]


def test_past_due_ends_with_the_order_and_only_then() -> None:
    elm = add_customer("Elm", vip_id="ELM")
    authorize(elm, date(2026, 1, 1), {"Photoshop": 1}, number="PA1")
    at_30, at_31 = act_on(date(2026, 1, 31)), act_on(date(2026, 2, 1))
    do("authorization.create", "ELM", act=at_30, dry_run=True, lines=["SKU-Photoshop=1"])
    assert list(refused("authorization.create", "ELM", act=at_31, lines=["SKU-Photoshop=1"])) == [""]
    assert counts(at_31.today)[PAST_DUE] == 1
    do("order.place", "ELM", act=act_on(date(2026, 2, 1)))
    assert counts(at_31.today)[PAST_DUE] == 0
    do("authorization.create", "ELM", act=act_on(date(2026, 2, 1)), lines=["SKU-Photoshop=1"])
    assert counts(at_31.today)[PENDING] == 1


def test_an_order_after_the_anniversary_pays_for_the_days_before_it_too() -> None:
    due_on = days_ago(10)
    elm = add_customer("Elm", vip_id="ELM", anniversary_on=due_on)
    order(elm, nth_anniversary(due_on, -1), {"Acrobat": 1})
    authorize(elm, days_ago(25), {"Photoshop": 2}, number="PA1")
    before = order_sheet("PA1", TODAY, VipPolicy()).lines
    number = do("order.place", "ELM").subject
    assert [each[:3] for each in lines_of(number)] == [("Photoshop", 2, 13)]
    assert order_sheet("PA1", TODAY, VipPolicy()).lines == before
    assert (before[0].months, before[0].anniversary_on) == (13, nth_anniversary(due_on, 1))
    assert customer("ELM").renewal_following_on == nth_anniversary(due_on, 1)


def test_who_comes_second_is_told_who_ordered_and_when() -> None:
    elm = add_customer("Elm", vip_id="ELM")
    authorize(elm, days_ago(4), {"Photoshop": 5}, number="PA1")
    do("order.place", "ELM", act=act_on(actor="ben.adler"), number="A-1")
    told = "PA1 was ordered by ben.adler at 2026-03-20 12:00 with A-1."
    assert refused("order.place", "ELM", authorizations=["PA1"]) == {"authorizations.0": told}
    assert refused("order.place", "ELM")["authorizations"] == (
        f"No Purchase Authorization waits for an order: name the products that are ordered directly. {told}"
    )


def test_orders_that_were_imported_are_named_too() -> None:
    elm = add_customer("Elm", vip_id="ELM")
    paid = order(elm, days_ago(2), {"Photoshop": 5}, number="A-1")
    authorize(elm, days_ago(4), {"Photoshop": 5}, number="PA1", status="ordered", order=paid)
    authorize(elm, days_ago(4), {"Photoshop": 5}, number="PA2", status="ordered")
    assert refused("order.place", "ELM", authorizations=["PA1", "PA2"]) == {
        "authorizations.0": "PA1 was ordered on 2026-03-18 with A-1.",
        "authorizations.1": "PA2 has been ordered already.",
    }


def test_everything_that_is_wrong_is_said_at_once() -> None:
    elm, oak = add_customer("Elm", vip_id="ELM"), add_customer("Oak", vip_id="OAK")
    authorize(elm, days_ago(4), {"Photoshop": 5}, number="PA1")
    authorize(elm, days_ago(4), {"Photoshop": 5}, number="PA2", status="cancelled")
    authorize(oak, days_ago(4), {"Photoshop": 5}, number="PA3")
    order(oak, days_ago(2), {"Photoshop": 5}, number="A-1")
    assert refused(
        "order.place",
        "ELM",
        authorizations=["PA1", "pa1", "PA2", "PA3", "PA4"],
        lines=["SKU-Photoshop=1", "SKU-None=1"],
        number="a-1",
        ordered_on="2026-03-21",
    ) == {
        "authorizations.1": "PA1 is named twice: name it once.",
        "authorizations.2": "PA2 was cancelled: create a new one ('viptui authorize'), or order its products directly.",
        "authorizations.3": "PA3 belongs to Oak: name one of Elm.",
        "authorizations.4": "There is no Purchase Authorization PA4: the customer's details list its numbers.",
        "lines.1": "There is no product SKU-None: 'viptui products' lists them.",
        "number": "A-1 is an order of Oak of 2026-03-18: enter another.",
        "ordered_on": "Ordered on: 2026-03-21 is in the future: enter a day up to 2026-03-20.",
    }


def test_nothing_to_order_is_refused() -> None:
    add_customer("Elm", vip_id="ELM")
    assert refused("order.place", "ELM") == {
        "authorizations": "No Purchase Authorization waits for an order: name the products that are ordered directly."
    }
    with pytest.raises(NotFound, match="no customer OAK"):
        do("order.place", "OAK")


DAYS = {
    "today": (0, 0, True),
    "tomorrow": (-1, 0, False),
    "the day on which it was created": (4, 4, True),
    "the day before it was created": (5, 4, False),
    "the day of the invitation": (9, None, True),
    "the day before the invitation": (10, None, False),
}


def test_the_day_of_an_order_lies_between_what_it_is_for_and_today() -> None:
    product("Photoshop")
    for name, (ordered, requested, is_allowed) in DAYS.items():
        elm = add_customer(name, vip_id=name, invited_on=days_ago(9))
        lines = ["SKU-Photoshop=1"]
        if requested is not None:
            authorize(elm, days_ago(requested), {"Photoshop": 1})
            lines = []
        if is_allowed:
            done = do("order.place", name, lines=lines, ordered_on=str(days_ago(ordered)))
            assert stored(done.subject).ordered_on == days_ago(ordered), name
        else:
            assert list(refused("order.place", name, lines=lines, ordered_on=str(days_ago(ordered)))) == [
                "ordered_on"
            ], name


def test_an_ordered_purchase_authorization_cannot_be_cancelled() -> None:
    elm = add_customer("Elm", vip_id="ELM")
    authorize(elm, days_ago(4), {"Photoshop": 5}, number="PA1")
    do("order.place", "ELM", number="A-1")
    assert refused("authorization.cancel", "PA1") == {
        "": "PA1 has been ordered with A-1: request a return authorization instead ('viptui return-order A-1')."
    }
