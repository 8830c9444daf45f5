"""What the documents say of keys is what the bindings say: ``python docs/renew.py`` writes it anew."""

from __future__ import annotations

import runpy
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def test_documents_are_up_to_date() -> None:
    written = runpy.run_path(str(DOCS / "renew.py"))["documents"]()
    for path, text in written.items():
        assert path.read_text(encoding="utf-8") == text, f"python docs/renew.py writes {path.name} anew"


def test_readme_has_tables_to_fill() -> None:
    assert (DOCS.parent / "README.md").read_text().count("<!-- end of keys -->") >= 2
