"""Opening a database: what is made, what is refused."""

from viptui.data.models import Customer


def test_new_database_holds_no_customers(database: str) -> None:
    assert Customer.select().count() == 0
