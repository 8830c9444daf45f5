"""The words for the columns of a customer list. Imports nothing: settings and the command line know them too."""

from __future__ import annotations

from typing import Final

USUAL_COLUMNS: Final[tuple[str, ...]] = (
    *("name", "email", "state", "licences", "amount"),
    *("anniversary", "segment", "managed-by", "invitation"),
)
"""The columns of a list of which nobody has chosen any, from left to right."""

COLUMNS: Final[tuple[str, ...]] = (*USUAL_COLUMNS, "vip-id", "renewal", "invited")
"""All that can be chosen."""
