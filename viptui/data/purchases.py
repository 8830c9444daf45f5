"""What a customer has bought, as the rules of VIP Select want it."""

from __future__ import annotations

from typing import Final

from viptui.data.sql import civil, fetch
from viptui.rules.order import OrderKind, OrderLine


def purchases_of(customer_id: int) -> tuple[OrderLine, ...]:
    """The lines of a customer's orders, in their order, with what has been returned of each."""
    return tuple(
        OrderLine(
            number=number,
            kind=OrderKind(kind),
            ordered_on=day,
            quantity=quantity,
            counts_for_select=not consumable,
            returned=min(int(returned), quantity),
        )
        for number, kind, ordered_on, quantity, consumable, returned in fetch(_LINES, (customer_id, customer_id))
        if (day := civil(ordered_on)) is not None
    )


_LINES: Final = (
    "SELECT o.number, o.kind, o.ordered_on, l.quantity, p.consumable, COALESCE(back.quantity, 0) "
    "FROM customer_order o JOIN order_line l ON l.order_id = o.id JOIN product p ON p.id = l.product_id "
    # Gathered once for the customer: looked up line by line an engine may go through all lines of a product.
    "LEFT JOIN (SELECT r.returns_id, b.product_id, SUM(b.quantity) AS quantity "
    "FROM customer_order r JOIN order_line b ON b.order_id = r.id "
    "WHERE r.customer_id = ? AND r.kind = 'return' GROUP BY r.returns_id, b.product_id) back "
    "ON back.returns_id = o.id AND back.product_id = l.product_id "
    "WHERE o.customer_id = ? ORDER BY o.ordered_on, o.id, l.id"
)
