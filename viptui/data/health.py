"""How the open database is: what holds it, whether it is sound, and whether its search finds what is there."""

from __future__ import annotations

import shutil
from pathlib import Path
from time import monotonic
from typing import Final, NamedTuple

from viptui.data.search import contains
from viptui.data.sql import fetch, is_sqlite
from viptui.data.triples import Found, is_triple

SAMPLE: Final = 50
"""Customers that are looked for in the index of the search."""

_TRIPS: Final = 3


class Health(NamedTuple):
    """What was found."""

    engine: str
    """With its version."""
    customers: int
    size: int
    """Bytes."""
    free: int | None
    """Bytes that are left on its disk; None: it is a server's."""
    seconds: float
    """To the engine and back, at best."""
    damage: str
    """What the engine's own check found first; empty if nothing, or if there is no such check."""
    sampled: int
    """Customers that were looked for in the index of the search."""
    missing: int
    """Those of them that it did not find."""


def health(target: str) -> Health:
    """How the database at ``target`` is, which is the open one; a file is read from end to end."""
    ((customers,),) = fetch("SELECT COUNT(*) FROM customer")
    sampled, missing = _search_index()
    if is_sqlite():
        ((version,),) = fetch("SELECT sqlite_version()")
        ((found,),) = fetch("PRAGMA quick_check(1)")
        path = Path(target)
        size, free = path.stat().st_size, shutil.disk_usage(path.absolute().parent).free
        damage = "" if found == "ok" else str(found)
    else:
        ((version,),) = fetch("SHOW server_version")
        ((size,),) = fetch("SELECT pg_database_size(current_database())")
        free, damage = None, ""
    return Health(
        engine=f"{'SQLite' if is_sqlite() else 'PostgreSQL'} {str(version).partition(' ')[0]}",
        customers=int(customers),
        size=int(size),
        free=free,
        seconds=min(_trip() for _ in range(_TRIPS)),
        damage=damage,
        sampled=sampled,
        missing=missing,
    )


def _trip() -> float:
    began = monotonic()
    fetch("SELECT 1")
    return monotonic() - began


def _search_index() -> tuple[int, int]:
    """How many customers were looked for by their VIP IDs, and how many of them were not found."""
    ((last,),) = fetch("SELECT COALESCE(MAX(id), 0) FROM customer")
    step = max(1, int(last) // SAMPLE)
    rows = fetch(
        "SELECT c.id, c.vip_id FROM customer c WHERE c.id % ? = 0 OR c.id = ? ORDER BY c.id LIMIT ?",
        (step, last, SAMPLE + 1),
    )
    asked = [(number, vip_id) for number, vip_id in rows if is_triple(vip_id)]
    return len(asked), sum(not _is_found(number, vip_id) for number, vip_id in asked)


def _is_found(number: int, vip_id: str) -> bool:
    here = Found(vip_id).among if is_sqlite() else contains(vip_id)
    return bool(fetch(f"SELECT 1 FROM customer c WHERE c.id = ? AND {here.sql}", (number, *here.parameters)))
