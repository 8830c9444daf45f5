"""Writing the history: an entry for everything that was done; `viptui.data.audit` reads it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

from viptui.data.models import AuditEntry
from viptui.rules.folding import fold

_SEARCHED: Final = ("summary", "subject", "action", "actor")

_ROWS_AT_ONCE: Final = 500


def write_history(entries: Iterable[Mapping[str, Any]]) -> None:
    """Add entries, columns by name; inside the transaction that they tell of."""
    rows = ({**entry, "search_text": history_text(entry)} for entry in entries)
    while batch := tuple(islice(rows, _ROWS_AT_ONCE)):
        AuditEntry.insert_many(batch).execute()


def history_text(entry: Mapping[str, Any]) -> str:
    """What a search looks in, beside what the customer is called."""
    return "\n".join(filter(None, (fold(str(entry.get(column, ""))) for column in _SEARCHED)))
