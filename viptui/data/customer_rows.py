"""A customer's row as a list shows it, from the columns of a statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from viptui.data.fields import MoneyField
from viptui.data.sql import civil
from viptui.rows import CustomerRow
from viptui.rules.facts import CustomerFacts

TEAM: Final = "LEFT JOIN team_member m ON m.id = c.managed_by_id"
"""The join that `ROW_COLUMNS` needs."""

ROW_COLUMNS: Final = (
    "c.id, c.vip_id, c.organization_name, c.contact_email, c.market_segment, m.login, c.invitation_status, "
    "c.invited_on, c.anniversary_on, c.has_products, c.oldest_open_authorization_on, "
    "c.newest_open_authorization_on, c.open_licences, c.open_amount, c.open_currency, c.renewed_on, "
    "c.renewal_due_on, c.renewal_following_on, c.licences_due, c.licences_renewed"
)
_ROW_WIDTH: Final = ROW_COLUMNS.count(",") + 1


_MONEY: Final = MoneyField()


def customer_row(values: Sequence[Any]) -> CustomerRow:
    """A row from `ROW_COLUMNS` and the columns of its order."""
    identifier, vip_id, name, email, segment, login, status, invited, anniversary, *rest = values[:_ROW_WIDTH]
    products, oldest, newest, licences, amount, currency, renewed, due, following, count, done = rest
    return CustomerRow(
        id=identifier,
        vip_id=vip_id,
        organization_name=name,
        contact_email=email,
        market_segment=segment,
        managed_by=login,
        invitation_status=status,
        invited_on=civil(invited),
        anniversary_on=civil(anniversary),
        facts=CustomerFacts(
            has_products=bool(products),
            oldest_open_authorization_on=civil(oldest),
            newest_open_authorization_on=civil(newest),
            open_licences=licences,
            open_amount=_MONEY.python_value(amount),
            open_currency=currency,
            renewed_on=civil(renewed),
            renewal_due_on=civil(due),
            renewal_following_on=civil(following),
            licences_due=count,
            licences_renewed=done,
        ),
        sort_key=tuple(values[_ROW_WIDTH:]),
    )
