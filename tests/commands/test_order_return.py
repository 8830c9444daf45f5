"""Returns: whole orders and parts, until the last day, never more than was ordered or a 3-year commit allows."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from tests.support.acting import act_on, counts, customer, do, mails, refused
from tests.support.clock import TODAY
from tests.support.records import add_customer, authorize, order, product
from viptui.data.details import customer_plans
from viptui.data.models import AuditEntry, Authorization, Order, OrderLine
from viptui.errors import NotFound
from viptui.rules.filters import CustomerFilter
from viptui.rules.policy import VipPolicy

pytestmark = pytest.mark.usefixtures("database")

READY = CustomerFilter.READY_FOR_RENEWAL


def held(vip_id: str, today: date = TODAY) -> dict[str, tuple[int, int]]:
    """Licences of each product, and how many of them are assigned."""
    plans = customer_plans(customer(vip_id).id, today, VipPolicy())
    return {each.product.name: (each.total, each.active) for each in plans}


def test_a_whole_order_is_returned() -> None:
    elm = add_customer("Elm", vip_id="ELM", contact_email="kim@elm.example")
    authorize(elm, TODAY - timedelta(days=40), {"Photoshop": 3}, number="PA1", po_number="4711")
    do("order.place", "ELM", number="A-1", lines=["SKU-Photoshop=2"], authorizations=["PA1"])
    done = do("order.return", "a-1")
    made = Order.get(Order.number == done.subject)
    assert done.subject.startswith("RET")
    assert (made.kind, made.ordered_on, made.returns.number) == ("return", TODAY, "A-1")
    assert [(each.quantity, each.months) for each in made.lines.order_by(OrderLine.id)] == [(3, 12), (2, 11)]
    assert done.summary == f"Returned 5 x Photoshop of A-1 of Elm with {done.subject}, -50.75 EUR."
    assert mails()[-1] == ("kim@elm.example", "Return of A-1: Elm")
    assert Authorization.get().status == "ordered"
    assert held("ELM") == {}
    assert counts()[CustomerFilter.PAST_DUE] == 0
    assert customer("ELM").renewal_due_on is None
    assert refused("order.return", "A-1") == {"": "A-1 has already been returned: choose another order."}


def test_a_part_is_returned_and_then_the_rest() -> None:
    elm = add_customer("Elm", vip_id="ELM")
    order(elm, TODAY, {"Photoshop": 5, "Acrobat": 2}, number="A-1")
    do("order.return", "A-1", lines=["SKU-Photoshop=4"])
    assert held("ELM") == {"Photoshop": (1, 0), "Acrobat": (2, 0)}
    assert refused("order.return", "A-1", lines=["SKU-Photoshop=2", "SKU-Acrobat=3", "SKU-InDesign=1"]) == {
        "lines.0": "1 x Photoshop of A-1 can be returned, 4 of 5 have been returned already: enter at most 1.",
        "lines.1": "2 x Acrobat of A-1 can be returned: enter at most 2.",
        "lines.2": "A-1 has no SKU-InDesign: name products of this order.",
    }
    done = do("order.return", "A-1", return_number="RMA-7")
    assert done.subject == "RMA-7"
    assert done.after == {"returns": "A-1", "lines": {"SKU-Photoshop": 1, "SKU-Acrobat": 2}}
    assert held("ELM") == {}


def test_a_product_named_twice_is_added_up() -> None:
    order(add_customer("Elm", vip_id="ELM"), TODAY, {"Photoshop": 5}, number="A-1")
    assert "lines.0" in refused("order.return", "A-1", lines=["SKU-Photoshop=3", "SKU-PHOTOSHOP=3"])


def test_licences_that_were_given_back_are_nobodys() -> None:
    order(add_customer("Elm", vip_id="ELM"), TODAY, {"Photoshop": 5}, assigned=4, number="A-1")
    do("order.return", "A-1", lines=["SKU-Photoshop=2"])
    assert held("ELM") == {"Photoshop": (3, 3)}
    assert OrderLine.get(OrderLine.quantity == 5).assigned == 3


LAST_DAYS = {
    "two weeks into March": (date(2026, 3, 1), date(2026, 3, 15)),
    "over the end of February": (date(2026, 2, 20), date(2026, 3, 6)),
    "over 29 February": (date(2028, 2, 20), date(2028, 3, 5)),
    "over the end of the year": (date(2026, 12, 20), date(2027, 1, 3)),
}


def test_an_order_can_be_returned_through_its_last_day() -> None:
    for name, (ordered_on, last_on) in LAST_DAYS.items():
        add_customer(name, vip_id=name)
        product("Photoshop")
        do("order.place", name, act=act_on(ordered_on), number=name, lines=["SKU-Photoshop=1"])
        assert refused("order.return", name, act=act_on(last_on + timedelta(days=1))) == {
            "": f"{name} could be returned through {last_on}: renew fewer licences instead ('viptui renew')."
        }
        for day in (ordered_on, last_on - timedelta(days=1), last_on):
            do("order.return", name, act=act_on(day), dry_run=True)
        do("order.return", name, act=act_on(last_on))


def test_a_return_cannot_be_returned() -> None:
    order(add_customer("Elm", vip_id="ELM"), TODAY, {"Photoshop": 5}, number="A-1")
    do("order.return", "A-1", return_number="RMA-7")
    assert refused("order.return", "RMA-7") == {
        "": "RMA-7 is itself a return: choose the order that is to be returned."
    }
    with pytest.raises(NotFound, match="no order A-2"):
        do("order.return", "A-2")


def test_a_number_that_is_taken_is_refused() -> None:
    elm = add_customer("Elm", vip_id="ELM")
    order(elm, TODAY, {"Photoshop": 5}, number="A-1")
    assert list(refused("order.return", "A-1", return_number="a-1")) == ["return_number"]


def test_a_returned_renewal_is_due_again() -> None:
    due_on = TODAY + timedelta(days=10)
    elm = add_customer("Elm", vip_id="ELM", anniversary_on=due_on)
    order(elm, TODAY - timedelta(days=355), {"Photoshop": 10}, number="A-1")
    do("renewal.place", "ELM", number="A-2")
    assert counts()[READY] == 0
    do("order.return", "A-2", act=act_on(TODAY + timedelta(days=14)), lines=["SKU-Photoshop=4"])
    assert counts(TODAY + timedelta(days=14))[READY] == 1
    assert (customer("ELM").licences_due, customer("ELM").licences_renewed) == (10, 6)


def test_a_late_renewal_that_is_returned_after_the_window_lapses() -> None:
    due_on = TODAY - timedelta(days=25)
    elm = add_customer("Elm", vip_id="ELM", anniversary_on=due_on)
    order(elm, TODAY - timedelta(days=390), {"Photoshop": 10})
    do("renewal.place", "ELM", number="A-2")
    later = TODAY + timedelta(days=10)
    assert counts(later)[READY] == 0
    do("order.return", "A-2", act=act_on(later))
    assert (customer("ELM").renewal_due_on, customer("ELM").renewed_on) == (due_on, None)
    assert refused("renewal.place", "ELM", act=act_on(later))[""].startswith(f"The licences of {due_on} lapsed")


def test_licences_that_were_returned_before_the_anniversary_are_not_due() -> None:
    due_on = TODAY + timedelta(days=5)
    elm = add_customer("Elm", vip_id="ELM", anniversary_on=due_on)
    order(elm, TODAY - timedelta(days=360), {"Photoshop": 10})
    do("order.place", "ELM", number="A-2", lines=["SKU-Photoshop=3"])
    assert customer("ELM").licences_due == 13
    do("order.return", "A-2", act=act_on(TODAY + timedelta(days=9)))
    assert customer("ELM").licences_due == 10
    assert held("ELM", TODAY + timedelta(days=9)) == {"Photoshop": (10, 0)}


def test_returning_the_renewal_of_an_extended_term_gives_the_term_back() -> None:
    elm = add_customer("Elm", vip_id="ELM", anniversary_on=TODAY, term_months=24)
    order(elm, date(2024, 3, 20), {"Photoshop": 10})
    do("renewal.place", "ELM", number="A-2", lines=["SKU-Photoshop=6"])
    do("renewal.place", "ELM", number="A-3")
    assert customer("ELM").term_months == 12
    do("order.return", "A-2")
    assert customer("ELM").term_months == 12
    do("order.return", "A-3")
    assert customer("ELM").term_months == 12, "the second order found the term at a year already"
    do("renewal.place", "ELM", number="A-4")
    do("order.return", "A-4")
    assert customer("ELM").term_months == 12


def test_returning_the_only_renewal_of_an_extended_term_gives_the_term_back() -> None:
    elm = add_customer("Elm", vip_id="ELM", anniversary_on=TODAY, term_months=24)
    order(elm, date(2024, 3, 20), {"Photoshop": 10})
    do("renewal.place", "ELM", number="A-2")
    do("order.return", "A-2", lines=["SKU-Photoshop=9"])
    assert customer("ELM").term_months == 12
    done = do("order.return", "A-2")
    assert customer("ELM").term_months == 24
    assert (done.before, done.after["term_months"]) == ({"term_months": 12}, 24)


def test_a_commitment_may_not_be_undercut() -> None:
    committed = {"commitment_status": "COMMITTED", "commitment_quantity": 10}
    elm = add_customer("Elm", vip_id="ELM", commitment_end_on=TODAY, **committed)
    order(elm, TODAY - timedelta(days=30), {"Photoshop": 8})
    order(elm, TODAY, {"Photoshop": 4, "Stock credits": 500}, number="A-1")
    stock = product("Stock credits")
    stock.consumable = True
    stock.save()
    assert refused("order.return", "A-1", lines=["SKU-Photoshop=3"]) == {
        "lines": "9 licences would be left, but the 3-year commit holds 10: return fewer."
    }
    assert list(refused("order.return", "A-1")) == ["lines"]
    do("order.return", "A-1", dry_run=True, lines=["SKU-Photoshop=2", "SKU-Stock credits=500"])
    after_the_end = act_on(TODAY + timedelta(days=1))
    do("order.return", "A-1", act=after_the_end)


def test_a_commitment_holds_at_the_anniversary_too() -> None:
    elm = add_customer(
        "Elm",
        vip_id="ELM",
        anniversary_on=TODAY,
        commitment_status="ACTIVE",
        commitment_quantity=10,
    )
    order(elm, TODAY - timedelta(days=365), {"Photoshop": 12})
    do("renewal.place", "ELM", number="A-2")
    assert refused("order.return", "A-2", lines=["SKU-Photoshop=3"])["lines"].startswith("9 licences would be left")
    do("order.return", "A-2", lines=["SKU-Photoshop=2"])


def test_the_history_says_what_was_returned() -> None:
    order(add_customer("Elm", vip_id="ELM"), TODAY, {"Photoshop": 5}, number="A-1")
    do("order.return", "A-1", return_number="RMA-7")
    entry = AuditEntry.get()
    assert (entry.action, entry.subject) == ("order.return", "RMA-7")
    assert json.loads(entry.after) == {"returns": "A-1", "lines": {"SKU-Photoshop": 5}}
