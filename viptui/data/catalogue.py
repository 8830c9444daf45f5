"""The products that come with viptui: real families, without prices."""

from __future__ import annotations

from pathlib import Path
from typing import Final

CATALOGUE: Final = Path(__file__).with_name("catalogue.csv")
"""A price list like any other. Its SKUs are viptui's own: those of a real price list take their place."""
