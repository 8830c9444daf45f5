"""Writes what the documents say of keys and commands, from the bindings and the parser.

    python docs/renew.py

The tables of README.md stand between comments that name what is in them; keys.md is written as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path

from viptui.pressed import key_name
from viptui.screens.key_map import Known, known

DOCS = Path(__file__).parent
README = DOCS.parent / "README.md"

BLOCK = re.compile(r"(<!-- keys: (?P<ids>[^>]+) -->\n).*?(<!-- end of keys -->)", re.DOTALL)


def documents() -> Mapping[Path, str]:
    """What has to stand in each file."""
    readme = README.read_text(encoding="utf-8")
    filled = BLOCK.sub(lambda block: f"{block[1]}{_table(_named(block['ids'].split()))}{block[3]}", readme)
    return {README: filled, DOCS / "keys.md": keys()}


def keys() -> str:
    """Everything that has a key, under the screens where it can be pressed."""
    text = (DOCS / "keys.head.md").read_text(encoding="utf-8")
    places = sorted(known().values(), key=_place)  # stable: each place keeps its order
    for place, there in groupby(places, key=_place):
        text += f"\n## {place[1]}\n\n{_table(there, with_ids=True)}"
    return text


def _place(each: Known) -> tuple[bool, str]:
    """The list first, then by name."""
    return each.screens[0] != "customers", ", ".join(each.screens)


def _named(ids: Iterable[str]) -> list[Known]:
    return [known()[each] for each in ids]


def _table(rows: Iterable[Known], *, with_ids: bool = False) -> str:
    lines = ["| key | what it does |" + " id |" * with_ids, "| --- | --- |" + " --- |" * with_ids]
    for each in rows:
        names = " ".join(f"`{key_name(key)}`" for key in each.keys)
        part = f"{each.group}: " if each.group else ""
        lines.append(f"| {names} | {part}{each.help} |" + f" `{each.id}` |" * with_ids)
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    for path, text in documents().items():
        path.write_text(text, encoding="utf-8")
