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
"""In the order of the fields of `CustomerRow` and of the facts in it."""

_FACTS_AT: Final = CustomerRow._fields.index("facts")
_KEY_AT: Final = ROW_COLUMNS.count(",") + 1

_amount: Final = MoneyField().python_value


def customer_row(values: Sequence[Any]) -> CustomerRow:
    """A row from `ROW_COLUMNS` and the columns of its order; made by the million, hence by place and not by name."""
    identifier, vip_id, name, email, segment, login, status, invited, anniversary = values[:_FACTS_AT]
    products, oldest, newest, licences, amount, currency, renewed, due, following, count, done = values[
        _FACTS_AT:_KEY_AT
    ]
    facts = CustomerFacts(
        bool(products),
        civil(oldest),
        civil(newest),
        licences,
        None if amount is None else _amount(amount),
        currency,
        civil(renewed),
        civil(due),
        civil(following),
        count,
        done,
    )
    key = tuple(values[_KEY_AT:])
    return CustomerRow(
        identifier, vip_id, name, email, segment, login, status, civil(invited), civil(anniversary), facts, key
    )
