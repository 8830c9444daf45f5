"""Imported returns take their licences away from the order that they undo; assigned licences come along."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.support.portfolio import Row, authorization, customer, order, write_portfolio
from viptui.commands.order_return import lines_left
from viptui.data.details import customer_plans
from viptui.data.models import Authorization, Customer, Order, OrderLine
from viptui.data.purchases import purchases_of
from viptui.importing import Changes, Source, import_files
from viptui.rules.policy import VipPolicy

NOW = datetime(2026, 3, 20, 9, tzinfo=UTC)
TODAY = date(2026, 3, 20)


def run(folder: Path, **files: list[Row]) -> Changes:
    source = Source(paths=(write_portfolio(folder, **files),))
    return import_files(source, policy=VipPolicy(), now=NOW, actor="mia.member").changes


def returned(**fields: str) -> Row:
    """A return of what `order` has, unless it says otherwise."""
    return order(order_number="R1", kind="return", ordered_on="2026-01-25", assigned="") | fields


def left() -> dict[str, int]:
    """Licences of each order that were not returned."""
    bought = Order.select().where(Order.kind != "return").order_by(Order.id)
    return {each.number: sum(still for _, still in lines_left(each)) for each in bought}


RETURNS: dict[str, tuple[list[Row], dict[str, int]]] = {
    "names its order": (
        [order(), order(order_number="O2"), returned(quantity="4", returned_order="o1")],
        {"O1": 6, "O2": 10},
    ),
    "names an order that stands below it": (
        [returned(quantity="4", returned_order="O1"), order(), order(order_number="O2")],
        {"O1": 6, "O2": 10},
    ),
    "is of the last order that had so much": (
        [order(), order(order_number="O2"), order(order_number="O3", quantity="3", assigned="0"), returned()],
        {"O1": 10, "O2": 0, "O3": 3},
    ),
    "is not of an order after it": (
        [order(), order(order_number="O2", ordered_on="2026-02-20"), returned(quantity="1")],
        {"O1": 9, "O2": 10},
    ),
    "is not of an order that has been returned": (
        [order(), order(order_number="O2"), returned(), returned(order_number="R2", ordered_on="2026-01-26")],
        {"O1": 0, "O2": 0},
    ),
    "of several products is of the order that has them all": (
        [
            order(),
            order(sku="ILL", quantity="5"),
            order(order_number="O2"),
            returned(quantity="2"),
            returned(quantity="5", sku="ILL"),
        ],
        {"O1": 8, "O2": 10},
    ),
}


@pytest.mark.parametrize(("orders", "expected"), RETURNS.values(), ids=RETURNS)
def test_a_return(database: str, tmp_path: Path, orders: list[Row], expected: dict[str, int]) -> None:
    run(tmp_path, customers=[customer()], orders=orders)
    assert left() == expected
    assert not run(tmp_path, customers=[customer()], orders=orders)


def test_a_return_that_fits_no_order_takes_away_on_its_own_day(database: str, tmp_path: Path) -> None:
    run(tmp_path, customers=[customer()], orders=[order(quantity="5"), returned(quantity="7")])
    assert Order.get(number="R1").returns is None
    (stored,) = Customer.select()
    assert customer_plans(stored.id, TODAY, VipPolicy()) == ()


def test_what_was_returned_counts_neither_for_vip_select_nor_for_the_renewal(database: str, tmp_path: Path) -> None:
    renewed = order(order_number="N1", kind="renewal", ordered_on="2027-01-05", assigned="0")
    back = returned(ordered_on="2027-01-12")
    run(tmp_path, customers=[customer()], orders=[order(), renewed, back])
    (stored,) = Customer.select()
    assert [(each.number, each.returned) for each in purchases_of(stored.id)] == [("O1", 0), ("N1", 10), ("R1", 0)]
    assert (stored.renewal_due_on, stored.licences_due, stored.licences_renewed) == (date(2027, 1, 10), 10, 0)


def test_a_return_follows_the_order_that_a_later_file_names(database: str, tmp_path: Path) -> None:
    run(tmp_path / "first", customers=[customer()], orders=[order(), order(order_number="O2"), returned(quantity="4")])
    assert left() == {"O1": 10, "O2": 6}
    changes = run(tmp_path / "second", orders=[returned(quantity="4", returned_order="O1")])
    assert (changes.orders.added, changes.orders.changed) == (0, 1)
    assert left() == {"O1": 6, "O2": 10}


def test_a_return_finds_its_order_when_that_comes_later(database: str, tmp_path: Path) -> None:
    run(tmp_path / "first", customers=[customer()], orders=[returned()])
    run(tmp_path / "second", orders=[order()])
    assert left() == {"O1": 0}


ASSIGNED: Row = authorization(assigned="3")


def test_assigned_licences_of_a_purchase_authorization_are_taken_over(database: str, tmp_path: Path) -> None:
    changes = run(tmp_path, customers=[customer()], authorizations=[ASSIGNED])
    assert changes.authorizations.added == 1
    assert assigned() == [3]
    assert not run(tmp_path, authorizations=[ASSIGNED])
    assert run(tmp_path, authorizations=[authorization(assigned="5")]).authorizations.changed == 1
    assert assigned() == [5]


def test_a_file_without_that_column_leaves_them_alone(database: str, tmp_path: Path) -> None:
    run(tmp_path / "first", customers=[customer()], authorizations=[ASSIGNED])
    assert not run(tmp_path / "second", authorizations=[authorization()])
    assert run(tmp_path / "third", authorizations=[authorization(quantity="2")]).authorizations.changed == 1
    assert assigned() == [2]


@pytest.mark.parametrize("status", ["ordered", "cancelled"])
def test_only_an_open_one_has_assigned_licences(database: str, tmp_path: Path, status: str) -> None:
    run(tmp_path, customers=[customer()], authorizations=[authorization(assigned="3", status=status)])
    assert assigned() == [0]


def test_an_order_that_is_imported_takes_them_over(database: str, tmp_path: Path) -> None:
    run(tmp_path / "first", customers=[customer()], authorizations=[ASSIGNED])
    paid = {key: text for key, text in order(authorization_number="PA1").items() if key != "assigned"}
    run(tmp_path / "second", orders=[paid])
    assert [line.assigned for line in OrderLine.select()] == [3]
    run(tmp_path / "third", authorizations=[ASSIGNED])
    assert assigned() == [0]


def assigned() -> list[int]:
    """Assigned licences of the one Purchase Authorization, line by line."""
    return [line.assigned for line in Authorization.get(number="PA1").lines]
