"""The PostgreSQL database: what a URL names, and the connection to it."""

from __future__ import annotations

from select import select
from typing import Any, Final

from peewee import PostgresqlDatabase

from viptui.data.fields import POSTGRES_TYPES
from viptui.data.proxy import database_proxy
from viptui.errors import StorageUnavailable


def open_postgres(target: str) -> PostgresqlDatabase:
    """The database that a URL names, connected.

    Raises:
        StorageUnavailable: the URL makes no sense, or the driver is not installed.
    """
    parameters: dict[str, Any] = _LOST_LINE | _parameters(target)
    database = PostgresqlDatabase(
        parameters.pop("dbname", None) or parameters.get("user") or "",
        autoconnect=False,
        prefer_psycopg3=True,
        field_types=POSTGRES_TYPES,
        **parameters,
    )
    database_proxy.initialize(database)
    database.connect()
    return database


def has_hung_up(database: PostgresqlDatabase) -> bool:
    """Whether the server has ended this thread's connection; what it has said itself is enough, it is not asked."""
    import psycopg

    connection = database.connection()
    try:
        while select([connection], [], [], 0)[0]:  # nothing comes unasked but notes, and the end
            connection.pgconn.consume_input()
    except psycopg.OperationalError:
        return True
    return False


def place_of(target: str) -> str:
    """What a URL names, as it may be shown: without its password."""
    parameters = _parameters(target)
    name = parameters.get("dbname") or parameters.get("user") or ""
    host = parameters.get("host")
    return f"The PostgreSQL database {name}" + (f" on {host}" if host else "")


def _parameters(target: str) -> dict[str, Any]:
    try:
        import psycopg
    except ImportError:
        raise StorageUnavailable(
            "PostgreSQL needs the driver psycopg: install viptui with its extra 'postgres'."
        ) from None
    try:
        parameters: dict[str, Any] = psycopg.conninfo.conninfo_to_dict(target)
    except psycopg.ProgrammingError:
        raise StorageUnavailable(_NO_URL) from None  # the driver's own words would quote parts of a password
    if _is_torn(parameters):
        raise StorageUnavailable(_NO_URL)
    return parameters


def _is_torn(parameters: dict[str, Any]) -> bool:
    """Whether an unescaped ``@`` or ``/`` in the password has torn the URL into wrong parts."""
    port = str(parameters.get("port") or "0").replace(",", "")
    return any("@" in str(parameters.get(key) or "") for key in ("host", "dbname")) or not port.isdecimal()


_LOST_LINE: Final = {
    "connect_timeout": 10,
    "tcp_user_timeout": 30_000,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
}
"""When a server that cannot be reached any more counts as gone, in seconds (tcp_user_timeout in milliseconds); the
system by itself waits for a quarter of an hour. What the URL says goes first."""

_NO_URL = (
    "The PostgreSQL URL cannot be read. Write postgresql://user:password@host/database; "
    "in a password %40 stands for @, %2F for / and %3A for a colon."
)
