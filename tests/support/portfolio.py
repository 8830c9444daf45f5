"""A small, made-up portfolio as CSV files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

Row = Mapping[str, str]

CUSTOMER = {
    "vip_id": "A1",
    "organization_name": "Łódź Widgets",
    "organization_name_english": "Lodz Widgets",
    "market_segment": "Commercial",
    "type": "Team",
    "contact_name": "Ada Nowak",
    "contact_email": "ada@widgets.example",
    "address": "1 Main Street",
    "city": "Łódź",
    "region": "",
    "postal_code": "90-001",
    "country": "PL",
    "invitation_status": "Accepted",
    "invited_on": "2025-12-01",
    "accepted_on": "2025-12-03",
    "anniversary_date": "2027-01-10",
    "term_months": "12",
    "managed_by": "mia.member",
}

AUTHORIZATION = {
    "authorization_number": "PA1",
    "vip_id": "A1",
    "created_on": "2026-01-05",
    "created_by": "customer",
    "po_number": "PO-1",
    "product": "Photoshop for Teams",
    "sku": "65304472CA01A12",
    "quantity": "5",
    "status": "open",
}

ORDER = {
    "order_number": "O1",
    "vip_id": "A1",
    "kind": "initial",
    "ordered_on": "2026-01-20",
    "authorization_number": "",
    "po_number": "PO-2",
    "product": "Photoshop for Teams",
    "sku": "65304472CA01A12",
    "quantity": "10",
    "assigned": "4",
}


def customer(**fields: str) -> Row:
    """A customer's row, like `CUSTOMER` but for some fields."""
    return CUSTOMER | fields


def authorization(**fields: str) -> Row:
    """A row of a Purchase Authorization, like `AUTHORIZATION` but for some fields."""
    return AUTHORIZATION | fields


def order(**fields: str) -> Row:
    """A row of an order, like `ORDER` but for some fields."""
    return ORDER | fields


def csv_text(rows: Iterable[Row], *, delimiter: str = ",") -> str:
    """Rows of one kind as the text of a file that has all of their columns."""
    rows = list(rows)
    text = io.StringIO()
    columns = list(dict.fromkeys(column for row in rows for column in row))
    writer = csv.DictWriter(text, columns, restval="", delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def write_portfolio(
    folder: Path, *, customers: Iterable[Row] = (), authorizations: Iterable[Row] = (), orders: Iterable[Row] = ()
) -> str:
    """Write the files that have rows; the folder as a path to import."""
    folder.mkdir(exist_ok=True)
    kinds = {"customers": customers, "authorizations": authorizations, "orders": orders}
    for name, rows in kinds.items():
        if rows := list(rows):
            (folder / f"{name}.csv").write_text(csv_text(rows), encoding="utf-8", newline="")
    return str(folder)
