"""Plans: licences held per product on a day, through renewals, late days, lapses and returns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from viptui.rules.civil import add_months
from viptui.rules.plans import (
    DueProduct,
    OrderedLine,
    Plan,
    PlanProduct,
    due_products,
    is_left_certain,
    lines_in_force,
    plans,
)
from viptui.rules.policy import VipPolicy
from viptui.rules.renewal import OrderFact, outlook

AD = date(2027, 1, 10)
DEFAULT = VipPolicy()
PHOTOSHOP, ACROBAT = PlanProduct("PS", "Photoshop"), PlanProduct("AC", "Acrobat")


def on(days: int, *, years: int = 0) -> date:
    """A day so many days after an anniversary."""
    return add_months(AD, 12 * years) + timedelta(days=days)


def bought(day: date, quantity: int, product: PlanProduct = PHOTOSHOP, assigned: int = 0) -> OrderedLine:
    return OrderedLine(product=product, ordered_on=day, quantity=quantity, renewal=False, assigned=assigned)


def renewed(day: date, quantity: int, product: PlanProduct = PHOTOSHOP) -> OrderedLine:
    return OrderedLine(product=product, ordered_on=day, quantity=quantity, renewal=True)


def held(lines: Sequence[OrderedLine], today: date, anniversary_on: date | None = AD) -> dict[str, int]:
    """Licences by product."""
    return {plan.product.sku: plan.total for plan in plans(anniversary_on, lines, {}, today, DEFAULT)}


FIRST = bought(on(0, years=-1), 10)
OTHER = bought(on(-200), 4, ACROBAT)
EVERYTHING = [FIRST, OTHER, renewed(on(-10), 10), renewed(on(-10), 4, ACROBAT)]
PART = [FIRST, OTHER, renewed(on(-10), 6)]
CHANGED = [FIRST, renewed(on(-10), 10, ACROBAT)]

HELD: dict[str, tuple[Sequence[OrderedLine], date, dict[str, int]]] = {
    "nothing ordered": ([], on(0), {}),
    "the first order": ([FIRST], on(-100), {"PS": 10}),
    "not before it is ordered": ([FIRST, OTHER], on(-201), {"PS": 10}),
    "from the day it is ordered": ([FIRST, OTHER], on(-200), {"PS": 10, "AC": 4}),
    "returned licences are gone": ([FIRST, bought(on(-355), -3)], on(-100), {"PS": 7}),
    "more returned than ordered is nothing": ([FIRST, bought(on(-355), -13)], on(-100), {}),
    "a renewal ordered early does not add up with what it renews": (EVERYTHING, on(-5), {"PS": 10, "AC": 4}),
    "nor on the anniversary, when it has taken over": (EVERYTHING, on(0), {"PS": 10, "AC": 4}),
    "a renewal of another product takes over on the anniversary": (CHANGED, on(0), {"AC": 10}),
    "and not before": (CHANGED, on(-1), {"PS": 10}),
    "added the day before the anniversary: gone with it": ([FIRST, bought(on(-1), 3)], on(31), {}),
    "added on the anniversary: comes on top": ([FIRST, bought(on(0), 3)], on(0), {"PS": 13}),
    "added on the anniversary: stays when the old licences lapse": ([FIRST, bought(on(0), 3)], on(31), {"PS": 3}),
    "added the day after: so too": ([FIRST, bought(on(1), 3)], on(31), {"PS": 3}),
    "late: nothing is gone yet": ([FIRST, OTHER], on(30), {"PS": 10, "AC": 4}),
    "lapsed: everything is gone": ([FIRST, OTHER], on(31), {}),
    "partly renewed and late: the old licences are still there": (PART, on(30), {"PS": 10, "AC": 4}),
    "partly renewed and lapsed: only the renewed are left": (PART, on(31), {"PS": 6}),
    "partly renewed with more of one product": (
        [FIRST, OTHER, renewed(on(-10), 12)],
        on(30),
        {"PS": 12, "AC": 4},
    ),
    "renewed late: taken over at once": ([FIRST, renewed(on(20), 10, ACROBAT)], on(20), {"AC": 10}),
    "ordered while late: comes on top": ([FIRST, bought(on(5), 3)], on(5), {"PS": 13}),
    "ordered while late, the old lapsed": ([FIRST, bought(on(5), 3)], on(31), {"PS": 3}),
    "ordered after a lapse": ([FIRST, bought(on(100), 3)], on(100), {"PS": 3}),
    "lapsed again a year later": ([FIRST, bought(on(100), 3)], on(31, years=1), {}),
    "added after a renewal": ([*EVERYTHING, bought(on(50), 1)], on(60), {"PS": 11, "AC": 4}),
    "a returned renewal leaves nothing after the days of grace": (
        [FIRST, renewed(on(-10), 10), renewed(on(1), -10)],
        on(31),
        {},
    ),
    "renewed year after year": ([FIRST, renewed(on(-10), 9), renewed(on(3, years=1), 8)], on(9, years=1), {"PS": 9}),
    "renewed in full year after year": (
        [FIRST, renewed(on(-10), 10), renewed(on(3, years=1), 10)],
        on(9, years=1),
        {"PS": 10},
    ),
    "a stored date that was renewed into": (
        [bought(on(0, years=-3), 9), renewed(on(-5, years=-1), 8), bought(on(-99), 2)],
        on(-9),
        {"PS": 10},
    ),
}


@pytest.mark.parametrize(("lines", "today", "expected"), HELD.values(), ids=HELD)
def test_licences_held(lines: Sequence[OrderedLine], today: date, expected: dict[str, int]) -> None:
    assert held(lines, today) == expected
    assert held([*reversed(lines)], today) == expected


def test_without_an_anniversary_everything_ordered_is_held() -> None:
    assert held([FIRST, OTHER], on(500), None) == {"PS": 10, "AC": 4}


def test_with_less_grace_licences_go_earlier() -> None:
    grace_14 = VipPolicy(grace_days=14)
    assert lines_in_force(AD, [FIRST], on(14), grace_14) == [FIRST]
    assert lines_in_force(AD, [FIRST], on(15), grace_14) == []


def test_assigned_licences_are_active_and_the_rest_is_available() -> None:
    (plan,) = plans(AD, [bought(on(-300), 10, assigned=6), bought(on(-200), 2, assigned=1)], {}, on(-1), DEFAULT)
    assert (plan.total, plan.active, plan.available) == (12, 7, 5)


def test_no_more_can_be_active_than_are_held() -> None:
    lines = [bought(on(-300), 10, assigned=9), bought(on(-299), -5)]
    (plan,) = plans(AD, lines, {}, on(-1), DEFAULT)
    assert (plan.total, plan.active, plan.available) == (5, 5, 0)


def test_requested_licences_are_pending_whether_or_not_the_product_is_held() -> None:
    found = plans(AD, [FIRST], {PHOTOSHOP: 1, ACROBAT: 2}, on(-1), DEFAULT)
    assert found == (
        Plan(product=ACROBAT, total=0, active=0, pending=2),
        Plan(product=PHOTOSHOP, total=10, active=0, pending=1),
    )


ordered = st.lists(
    st.builds(
        OrderedLine,
        product=st.just(PHOTOSHOP),
        ordered_on=st.integers(-900, 900).map(on),
        quantity=st.integers(1, 10),
        renewal=st.booleans(),
    ),
    max_size=6,
)


@settings(derandomize=True, max_examples=300)
@given(lines=ordered)
def test_what_is_held_on_the_last_day_of_a_term_is_what_is_due_at_its_end(lines: list[OrderedLine]) -> None:
    facts = [OrderFact(ordered_on=line.ordered_on, quantity=line.quantity, renewal=line.renewal) for line in lines]
    due = outlook(AD, facts)
    if due.due_on is not None:
        assert held(lines, due.due_on - timedelta(days=1)).get("PS", 0) == due.licences
        (product,) = due_products(AD, lines, due.due_on, DEFAULT)
        assert (product.due, product.renewed) == (due.licences, due.renewed_licences)


def test_what_is_due_is_told_by_product() -> None:
    assert due_products(AD, PART, AD, DEFAULT) == (
        DueProduct(product=ACROBAT, due=4, renewed=0),
        DueProduct(product=PHOTOSHOP, due=10, renewed=6),
    )
    assert [each.left for each in due_products(AD, PART, AD, DEFAULT)] == [4, 4]
    assert due_products(AD, PART, on(0, years=1), DEFAULT) == (DueProduct(product=PHOTOSHOP, due=6, renewed=0),)


def test_another_product_can_be_renewed_than_was_due() -> None:
    assert due_products(AD, CHANGED, AD, DEFAULT) == (
        DueProduct(product=ACROBAT, due=0, renewed=10),
        DueProduct(product=PHOTOSHOP, due=10, renewed=0),
    )
    assert due_products(AD, [], AD, DEFAULT) == ()


LEFT = {
    "nothing renewed yet": ([(10, 0), (4, 0)], True),
    "a part renewed": ([(10, 6), (4, 0)], True),
    "all renewed": ([(10, 10), (4, 4)], True),
    "another product renewed": ([(10, 0), (0, 4)], False),
    "more of one renewed": ([(10, 11), (4, 0)], False),
    "nothing due": ([], True),
}


@pytest.mark.parametrize(("numbers", "certain"), LEFT.values(), ids=LEFT)
def test_what_is_left_is_certain_unless_more_of_a_product_was_renewed_than_was_due(
    numbers: Sequence[tuple[int, int]], certain: bool
) -> None:
    due = [DueProduct(product=PHOTOSHOP, due=due, renewed=renewed) for due, renewed in numbers]
    assert is_left_certain(due) is certain
