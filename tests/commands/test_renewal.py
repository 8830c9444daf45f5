"""Renewals through the commands: when they are possible, what they renew, what follows from them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.support.acting import act_on, counts, customer, do, mails, refused
from tests.support.clock import TODAY
from tests.support.records import add_customer, add_member, authorize, order, product
from viptui.data.models import AuditEntry, Customer, Order, OrderLine
from viptui.rules.anniversary import nth_anniversary
from viptui.rules.filters import CustomerFilter
from viptui.rules.policy import VipPolicy

pytestmark = pytest.mark.usefixtures("database")

UPCOMING, READY = CustomerFilter.UPCOMING_RENEWALS, CustomerFilter.READY_FOR_RENEWAL
DAY = timedelta(days=1)


def buyer(name: str, due_on: date, licences: int = 10, **columns: object) -> Customer:
    """A customer with licences that are due on a day."""
    made = add_customer(name, vip_id=name, anniversary_on=due_on, contact_email="kim@buyer.example", **columns)
    order(made, nth_anniversary(due_on, -1), {"Photoshop": licences})
    return made


# Anniversary, first and last day on which it can be renewed
WINDOWS = {
    "in June": (date(2026, 6, 15), date(2026, 5, 16), date(2026, 7, 15)),
    "after 29 February": (date(2028, 3, 1), date(2028, 1, 31), date(2028, 3, 31)),
    "after 28 February": (date(2027, 3, 1), date(2027, 1, 30), date(2027, 3, 31)),
    "on 29 February": (date(2028, 2, 29), date(2028, 1, 30), date(2028, 3, 30)),
    "over the end of the year": (date(2027, 1, 10), date(2026, 12, 11), date(2027, 2, 9)),
}


def test_licences_can_be_renewed_from_the_first_to_the_last_day_of_the_window() -> None:
    for name, (due_on, first_on, last_on) in WINDOWS.items():
        days = (first_on, due_on - DAY, due_on, due_on + DAY, last_on)
        others = {day: counts(day)[READY] for day in days}
        buyer(name, due_on)
        assert refused("renewal.place", name, act=act_on(first_on - DAY)) == {
            "": f"The licences are due on {due_on}: they can be renewed from {first_on}."
        }
        for day in days:
            assert counts(day)[READY] == others[day] + 1, (name, day)
            done = do("renewal.place", name, act=act_on(day), dry_run=True)
            next_on = nth_anniversary(due_on, 1)
            assert done.advice == (f"Everything of {due_on} is renewed; the next anniversary date is {next_on}.",)
        assert refused("renewal.place", name, act=act_on(last_on + DAY)) == {
            "": f"The licences of {due_on} lapsed after {last_on}: they cannot be renewed; "
            "place a new order ('viptui order')."
        }
        assert list(refused("renewal.notify", name, act=act_on(last_on + DAY))) == [""]
        do("renewal.place", name, act=act_on(last_on))
        assert counts(last_on)[READY] == others[last_on], name


def test_the_window_follows_the_policy() -> None:
    due_on = date(2026, 6, 15)
    buyer("Elm", due_on)
    fourteen = VipPolicy(grace_days=14)
    do("renewal.place", "Elm", act=act_on(date(2026, 6, 29), policy=fourteen), dry_run=True)
    assert list(refused("renewal.place", "Elm", act=act_on(date(2026, 6, 30), policy=fourteen))) == [""]
    long = VipPolicy(grace_days=60, window_open_days=40)
    assert list(refused("renewal.place", "Elm", act=act_on(date(2026, 5, 5), policy=long))) == [""]
    do("renewal.place", "Elm", act=act_on(date(2026, 5, 6), policy=long), dry_run=True)
    assert list(refused("renewal.place", "Elm", act=act_on(date(2026, 8, 15), policy=long))) == [""]
    part = do("renewal.place", "Elm", act=act_on(date(2026, 8, 1), policy=long), lines=["SKU-Photoshop=4"])
    assert part.advice == ("Still to be renewed until 2026-08-14: 6 licences of 10.",)
    rest = do("renewal.place", "Elm", act=act_on(date(2026, 8, 14), policy=long))
    assert rest.advice == ("Everything of 2026-06-15 is renewed; the next anniversary date is 2027-06-15.",)
    assert customer("Elm").renewal_due_on == date(2027, 6, 15)
    assert counts(date(2026, 8, 14))[READY] == 0


def test_a_full_renewal_leaves_ready_and_the_anniversary_rolls_forward() -> None:
    due_on = TODAY + timedelta(days=10)
    buyer("Elm", due_on, managed_by=add_member("ana.kovac"))
    assert counts()[READY] == 1
    done = do("renewal.place", "Elm", number="A-2", po_number="PO-1")
    placed = Order.get(Order.number == "A-2")
    assert (placed.kind, placed.ordered_on, placed.po_number) == ("renewal", TODAY, "PO-1")
    assert [(each.quantity, each.months) for each in placed.lines] == [(10, 12)]
    assert done.summary == "Renewed 10 x Photoshop of Elm with A-2, 105.00 EUR."
    assert mails() == [
        ("kim@buyer.example", "Your renewal A-2: Elm"),
        ("ana.kovac@team.example", "Your renewal A-2: Elm"),
    ]
    assert "anniversary date 2027-03-30" in done.mails[0].body
    after = customer("Elm")
    assert after.anniversary_on == due_on, "the stored date is never computed anew"
    assert (after.renewed_on, after.renewal_due_on) == (due_on, date(2027, 3, 30))
    assert counts()[READY] == 0
    assert refused("renewal.place", "Elm") == {
        "": "All licences of 2026-03-30 are renewed: the next renewal opens on 2027-02-28."
    }
    assert list(refused("renewal.notify", "Elm")) == [""]


def test_a_partial_renewal_stays_in_ready_until_the_rest_follows() -> None:
    elm = buyer("Elm", TODAY + timedelta(days=10))
    order(elm, TODAY - timedelta(days=90), {"Acrobat": 5}, kind="add-on")
    done = do("renewal.place", "Elm", lines=["SKU-Photoshop=4"])
    assert done.advice == ("Still to be renewed until 2026-04-29: 11 licences of 15.",)
    assert counts()[READY] == 1
    assert (customer("Elm").licences_due, customer("Elm").licences_renewed) == (15, 4)
    last = do("renewal.place", "Elm")
    assert last.after["lines"] == {"SKU-Acrobat": 5, "SKU-Photoshop": 6}
    assert counts()[READY] == 0


def test_what_was_not_renewed_lapses_and_the_part_goes_on() -> None:
    due_on = TODAY + timedelta(days=10)
    buyer("Elm", due_on)
    do("renewal.place", "Elm", lines=["SKU-Photoshop=4"])
    late, gone = due_on + timedelta(days=30), due_on + timedelta(days=31)
    assert counts(late)[READY] == 1
    assert counts(gone)[READY] == 0
    assert "lapsed" in refused("renewal.place", "Elm", act=act_on(gone))[""]
    next_on = nth_anniversary(due_on, 1)
    assert counts(next_on)[READY] == 1
    done = do("renewal.place", "Elm", act=act_on(next_on))
    assert done.after["lines"] == {"SKU-Photoshop": 4}
    assert customer("Elm").renewed_on == next_on


def test_more_and_other_products_can_be_renewed() -> None:
    product("InDesign")
    buyer("Elm", TODAY)
    do("renewal.place", "Elm", lines=["SKU-Photoshop=7", "SKU-InDesign=9"])
    assert counts()[READY] == 0
    assert customer("Elm").licences_due == 16


def test_after_other_products_were_renewed_the_rest_has_to_be_named() -> None:
    product("InDesign")
    buyer("Elm", TODAY)
    do("renewal.place", "Elm", lines=["SKU-InDesign=4"])
    assert refused("renewal.place", "Elm") == {
        "lines": "Other products than those that are due have been renewed: name what is still to be renewed."
    }
    do("renewal.place", "Elm", lines=["SKU-Photoshop=6"])
    assert counts()[READY] == 0


def test_a_product_that_is_no_longer_sold_has_to_be_replaced() -> None:
    buyer("Elm", TODAY)
    sold = product("Photoshop")
    sold.active = False
    sold.save()
    assert refused("renewal.place", "Elm") == {"lines.0": "Photoshop is no longer sold: choose another product."}


def test_a_renewal_can_be_written_down_later() -> None:
    due_on = TODAY - timedelta(days=31)
    buyer("Elm", due_on)
    assert "lapsed" in refused("renewal.place", "Elm")[""]
    do("renewal.place", "Elm", ordered_on=str(TODAY - DAY))
    assert customer("Elm").renewed_on == due_on
    assert list(refused("renewal.place", "Elm", ordered_on=str(TODAY + DAY))) == ["ordered_on"]


def test_licences_of_an_extended_term_renew_into_a_year() -> None:
    elm = add_customer("Elm", vip_id="Elm", anniversary_on=TODAY, term_months=36, anniversary_given=True)
    order(elm, date(2023, 3, 20), {"Photoshop": 3})
    done = do("renewal.place", "Elm")
    assert [each.months for each in OrderLine.select().join(Order).where(Order.number == done.subject)] == [12]
    assert (customer("Elm").term_months, customer("Elm").renewal_due_on) == (12, date(2027, 3, 20))
    assert (done.before, done.after["term_months"]) == ({"term_months": 36}, 12)


def test_everything_that_is_wrong_is_said_at_once() -> None:
    elm = buyer("Elm", TODAY + timedelta(days=31))
    order(elm, TODAY, {"Photoshop": 1}, number="A-1", kind="add-on")
    assert refused("renewal.place", "Elm", number="a-1", lines=["SKU-None=1"]) == {
        "": f"The licences are due on {TODAY + timedelta(days=31)}: they can be renewed from {TODAY + DAY}.",
        "number": f"A-1 is an order of Elm of {TODAY}: enter another.",
        "lines.0": "There is no product SKU-None: 'viptui products' lists them.",
    }


def test_a_customer_without_licences_has_nothing_to_renew() -> None:
    add_customer("Elm", vip_id="Elm", contact_email="kim@elm.example")
    sentence = "The customer holds no licences that fall due: place an order first ('viptui order')."
    assert refused("renewal.place", "Elm") == {"": sentence}
    assert refused("renewal.notify", "Elm") == {"": sentence}


def test_a_past_due_customer_hears_of_it() -> None:
    elm = buyer("Elm", TODAY)
    authorize(elm, TODAY - timedelta(days=40), {"Photoshop": 1}, number="PA1")
    assert do("renewal.place", "Elm").advice[-1] == "Past due until it is ordered: PA1 (overdue)."


def test_after_a_lapse_a_new_order_begins_a_new_term() -> None:
    due_on = TODAY - timedelta(days=31)
    buyer("Elm", due_on)
    done = do("order.place", "Elm", lines=["SKU-Photoshop=2"])
    assert Order.get(Order.number == done.subject).kind == "add-on"
    assert (customer("Elm").renewal_due_on, customer("Elm").licences_due) == (nth_anniversary(due_on, 1), 2)


# Status, last day of the commitment, licences that may be renewed
COMMITMENTS = {
    "in force": ("COMMITTED", None, {9: False, 10: True}),
    "accepted": ("ACCEPTED", None, {9: False, 10: True}),
    "in force to the anniversary": ("ACTIVE", TODAY, {9: False, 10: True}),
    "over on the day before the anniversary": ("ACTIVE", TODAY - DAY, {9: True}),
    "declined": ("DECLINED", None, {9: True}),
    "only asked for": ("REQUESTED", None, {9: True}),
}


def test_a_commitment_is_met_at_the_anniversary() -> None:
    for name, (status, end_on, cases) in COMMITMENTS.items():
        buyer(name, TODAY, 12, commitment_status=status, commitment_quantity=10, commitment_end_on=end_on)
        for licences, is_allowed in cases.items():
            lines = [f"SKU-Photoshop={licences}"]
            if is_allowed:
                do("renewal.place", name, lines=lines, dry_run=True)
            else:
                assert refused("renewal.place", name, lines=lines) == {
                    "lines": f"{licences} licences would be renewed, but the 3-year commit holds 10 on {TODAY}: "
                    "renew at least 10."
                }, name


def test_earlier_parts_count_towards_a_commitment() -> None:
    buyer("Elm", TODAY, 12, commitment_status="ACTIVE", commitment_quantity=10)
    do("renewal.place", "Elm", lines=["SKU-Photoshop=10"])
    do("renewal.place", "Elm", lines=["SKU-Photoshop=1"])


def test_a_partial_renewal_warns_who_may_yet_accept_a_commitment() -> None:
    for name, columns, is_warned in (
        ("asked", {"commitment_status": "REQUESTED"}, True),
        ("a member of VIP Select", {"select_level": 2}, True),
        ("level 1", {"select_level": 1}, False),
        ("committed", {"select_level": 2, "commitment_status": "ACTIVE", "commitment_quantity": 10}, False),
    ):
        buyer(name, TODAY, 12, **columns)
        done = do("renewal.place", name, lines=["SKU-Photoshop=11"])
        assert any("Accepting now commits all 12 licences" in each for each in done.advice) is is_warned, name


NOTICES = {
    "46 days before": (46, False),
    "45 days before, the first day of Upcoming": (45, True),
    "31 days before": (31, True),
    "30 days before, the first day of Ready": (30, True),
    "the anniversary": (0, True),
    "30 days after": (-30, True),
    "31 days after": (-31, False),
}


def test_the_notice_goes_out_while_the_renewal_is_in_sight() -> None:
    for name, (days, is_allowed) in NOTICES.items():
        due_on = TODAY + timedelta(days=days)
        buyer(name, due_on)
        if is_allowed:
            assert do("renewal.notify", name).mails[0].to == "kim@buyer.example", name
        else:
            (message,) = refused("renewal.notify", name).values()
            wanted = f"can be told from {TODAY + DAY}" if days > 0 else "lapsed"
            assert wanted in message, name


def test_the_notice_names_what_is_due_and_is_remembered() -> None:
    elm = buyer("Elm", TODAY + timedelta(days=40))
    order(elm, TODAY - timedelta(days=90), {"Acrobat": 1}, kind="add-on")
    before = counts()
    first = do("renewal.notify", "Elm", act=act_on(actor="ben.adler"))
    assert first.summary == "Told kim@buyer.example of Elm: 11 licences due on 2026-04-29."
    assert first.advice == ()
    body = first.mails[0].body
    assert "  1 x Acrobat\n  10 x Photoshop\n" in body
    assert "from 2026-03-30 to 2026-05-29" in body
    assert do("renewal.notify", "Elm").advice == ("Told before, at 2026-03-20 12:00 by ben.adler.",)
    assert [each.actor for each in AuditEntry.select().order_by(AuditEntry.id)] == ["ben.adler", "ana.kovac"]
    assert counts() == before


def test_a_notice_needs_an_address() -> None:
    elm = add_customer("Elm", vip_id="Elm", anniversary_on=TODAY)
    order(elm, nth_anniversary(TODAY, -1), {"Photoshop": 1})
    assert "no e-mail address" in refused("renewal.notify", "Elm")[""]
