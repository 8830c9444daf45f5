"""What screens with something to type in have beside the styles of all screens."""

from __future__ import annotations

from typing import Final

from viptui.widgets.paint import PALETTE

FORM_PALETTE: Final = PALETTE | {"paint--input", "paint--caret"}
