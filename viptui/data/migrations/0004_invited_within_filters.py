"""Indexes by the day of the invitation within the filters: there it goes with the other dates, so that a walk along
all customers would pass over many that are not in the filter."""

from __future__ import annotations

from typing import Any, Final

INDEXES: Final = (
    "CREATE INDEX customer_by_open_invited ON customer (invited_on, sort_name, id, oldest_open_authorization_on, newest_open_authorization_on, managed_by_id) WHERE (oldest_open_authorization_on IS NOT NULL)",
    "CREATE INDEX customer_by_products_invitation ON customer (invited_on, sort_name, id, oldest_open_authorization_on, newest_open_authorization_on, renewal_due_on, renewal_following_on, managed_by_id) WHERE has_products AND invitation_status = 'Pending' AND invited_on IS NOT NULL",
    "CREATE INDEX customer_by_renewal_due_invited ON customer (renewal_due_on, invited_on, sort_name, id, managed_by_id) WHERE (renewal_due_on IS NOT NULL)",
    "CREATE INDEX customer_by_renewal_following_invited ON customer (renewal_following_on, invited_on, sort_name, id, managed_by_id) WHERE (renewal_following_on IS NOT NULL)",
)


def up(_migrator: Any, db: Any) -> None:
    """Make the indexes; on a database that holds customers already this takes a while."""
    for statement in INDEXES:
        db.execute_sql(statement)
