"""Columns that mean the same on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

from peewee import BigIntegerField, Field

SQLITE_TYPES: Final = {"CIVIL_DATE": "TEXT", "INSTANT": "TEXT", "CODE_POINT": "TEXT"}
POSTGRES_TYPES: Final = {"CIVIL_DATE": "DATE", "INSTANT": "TIMESTAMPTZ", "CODE_POINT": 'TEXT COLLATE "C"'}


class CivilDateField(Field):
    """A date without a zone; ISO text on SQLite, so that it compares and sorts as a date."""

    field_type = "CIVIL_DATE"

    def db_value(self, value: date | str | None) -> str | None:
        return value.isoformat() if isinstance(value, date) else value

    def python_value(self, value: Any) -> date | None:
        return date.fromisoformat(value) if isinstance(value, str) else value


class InstantField(Field):
    """A moment; stored as UTC, read back as an aware UTC datetime."""

    field_type = "INSTANT"

    def db_value(self, value: datetime | None) -> str | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC).isoformat(sep=" ", timespec="microseconds")

    def python_value(self, value: Any) -> datetime | None:
        if value is None:
            return None
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        utc: datetime = moment.astimezone(UTC)
        return utc


class CodePointField(Field):
    """Text that compares and sorts by code point on both engines, whatever the server's locale."""

    field_type = "CODE_POINT"


class MoneyField(BigIntegerField):
    """An exact amount, stored as whole ten-thousandths of the currency unit."""

    SCALE: Final = 10_000

    def db_value(self, value: Decimal | None) -> int | None:
        return None if value is None else int((value * self.SCALE).to_integral_value())

    def python_value(self, value: Any) -> Decimal | None:
        return None if value is None else Decimal(int(value)) / self.SCALE
