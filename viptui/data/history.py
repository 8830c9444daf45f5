"""Writing the history: an entry for everything that was done; `viptui.data.audit` reads it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from viptui.data.finding import add
from viptui.data.models import AuditEntry
from viptui.rules.folding import fold

_SEARCHED: Final = ("summary", "subject", "action", "actor")


def write_history(entries: Iterable[Mapping[str, Any]]) -> None:
    """Add entries, columns by name; inside the transaction that they tell of."""
    add(AuditEntry, ({**entry, "search_text": history_text(entry)} for entry in entries))


def history_text(entry: Mapping[str, Any]) -> str:
    """What a search looks in, beside what the customer is called."""
    return "\n".join(filter(None, (fold(str(entry.get(column, ""))) for column in _SEARCHED)))
