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
        for number, kind, ordered_on, quantity, consumable, returned in fetch(_LINES, (customer_id,))
        if (day := civil(ordered_on)) is not None
    )


_LINES: Final = (
    "SELECT o.number, o.kind, o.ordered_on, l.quantity, p.consumable, "
    "(SELECT COALESCE(SUM(back.quantity), 0) FROM customer_order r JOIN order_line back ON back.order_id = r.id "
    "WHERE r.returns_id = o.id AND r.kind = 'return' AND back.product_id = l.product_id) "
    "FROM customer_order o JOIN order_line l ON l.order_id = o.id JOIN product p ON p.id = l.product_id "
    "WHERE o.customer_id = ? ORDER BY o.ordered_on, o.id, l.id"
)
