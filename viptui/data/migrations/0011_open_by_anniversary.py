"""Open Purchase Authorizations in the index of the Anniversary Dates.

The newest anniversaries are those of customers whose Purchase Authorizations are too young to be past due: hundreds of
them are passed over, which no longer costs a look at each row.
"""

from __future__ import annotations

from typing import Any, Final

INDEXES: Final = (
    "DROP INDEX customer_by_anniversary",
    "CREATE INDEX customer_by_anniversary ON customer (anniversary_on, sort_name, id, renewal_due_on, oldest_open_authorization_on, newest_open_authorization_on, managed_by_id)",
)


def up(_migrator: Any, db: Any) -> None:
    """Make it anew; on a database that holds customers already this takes a moment."""
    for statement in INDEXES:
        db.execute_sql(statement)
