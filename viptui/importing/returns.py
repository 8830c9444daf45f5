"""Returns: which order each of them undoes, so that its licences are taken away from that one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from viptui.data.sql import execute, fetch
from viptui.importing.columns import ORDERS
from viptui.importing.layout import Layout
from viptui.importing.staging import differs, run


def link_named(layouts: Sequence[Layout]) -> None:
    """Store the orders that returns name; a stored return that names another one than before has changed."""
    if any(each.kind is ORDERS and "returned_order" in each.indexes for each in layouts):
        run(_NOTE_CHANGES.format(differs=differs()))
        run(_STORE)


def link_others() -> None:
    """Find the orders of returns that name none, at customers whose orders have changed.

    It is the last order up to the day of the return that still has all that was returned. Where there is none, the
    return takes its licences away on its own day.
    """
    for return_id, customer, ordered_on in fetch(_WITHOUT):
        for (order_id,) in fetch(_LIKELIEST, (customer, ordered_on, return_id)):
            execute("UPDATE customer_order SET returns_id = ? WHERE id = ?", (order_id, return_id))


_NAMED: Final = (
    "SELECT s.number_key AS key, MIN(o.id) AS order_id FROM import_order s "
    "JOIN customer_order o ON o.number_key = s.returned_key WHERE s.kind = 'return' GROUP BY s.number_key"
)

_NOTE_CHANGES: Final = (
    "INSERT INTO import_changed (kind, id) SELECT 'orders', r.id FROM customer_order r "
    f"JOIN ({_NAMED}) AS n ON n.key = r.number_key JOIN import_order_head h ON h.key = r.number_key "
    "WHERE h.target IS NOT NULL AND r.returns_id {differs} n.order_id"
)

_STORE: Final = (
    f"UPDATE customer_order AS r SET returns_id = n.order_id FROM ({_NAMED}) AS n WHERE n.key = r.number_key"
)

_WITHOUT: Final = (
    "SELECT r.id, r.customer_id, r.ordered_on FROM customer_order r "
    "JOIN import_touched t ON t.customer_id = r.customer_id "
    "WHERE r.kind = 'return' AND r.returns_id IS NULL ORDER BY r.ordered_on, r.id"
)

_LIKELIEST: Final = (
    "SELECT o.id FROM customer_order o WHERE o.customer_id = ? AND o.kind <> 'return' AND o.ordered_on <= ? "
    "AND NOT EXISTS (SELECT 1 FROM order_line l WHERE l.order_id = ? GROUP BY l.product_id HAVING SUM(l.quantity) > ("
    "SELECT COALESCE(SUM(CASE WHEN m.order_id = o.id THEN m.quantity ELSE -m.quantity END), 0) "
    "FROM order_line m JOIN customer_order b ON b.id = m.order_id "
    "WHERE m.product_id = l.product_id AND (b.id = o.id OR b.returns_id = o.id))) "
    "ORDER BY o.ordered_on DESC, o.id DESC LIMIT 1"
)
