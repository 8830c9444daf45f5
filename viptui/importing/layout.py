"""What a file's header says: its kind, and which of its columns holds which field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from viptui.importing.columns import KINDS, Field, Kind, bare
from viptui.importing.faults import quoted
from viptui.importing.files import FileFault


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How one file is laid out."""

    rank: int
    """Number of the file in the order of reading."""
    file: str
    kind: Kind
    headers: tuple[str, ...]
    """The columns as the file calls them."""
    indexes: Mapping[str, int]
    """Where in a row each field stands; absent fields have no entry."""

    def header(self, field: str) -> str:
        """What the file calls a field."""
        index = self.indexes.get(field)
        return field if index is None else self.headers[index]

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields that the file has."""
        return tuple(each for each in self.kind.fields if each.name in self.indexes)

    @property
    def ignored(self) -> tuple[str, ...]:
        """Columns that mean nothing here."""
        used = set(self.indexes.values())
        return tuple(name for index, name in enumerate(self.headers) if index not in used and name)


def column_map(words: Sequence[str]) -> dict[str, str]:
    """What ``--map COLUMN=FIELD`` says: the field that each bare column name means.

    Raises:
        FileFault: there is no such field, or a column is to mean two of them.
    """
    known = {each.name for kind in KINDS for each in kind.fields}
    mapped: dict[str, str] = {}
    for column, _, name in (word.rpartition("=") for word in words):
        if not bare(column) or name not in known:
            raise FileFault(f"{quoted(name)} is no field; write COLUMN=FIELD with one of {', '.join(sorted(known))}.")
        if mapped.setdefault(bare(column), name) != name:
            raise FileFault(f"{quoted(column)} is to mean {mapped[bare(column)]} and {name}: choose one.")
    return mapped


def fit(headers: Sequence[str], mapped: Mapping[str, str]) -> int:
    """How well names fit the columns of some kind; more for every field that they name."""
    return max(len(_matches(kind, headers, mapped)) for kind in KINDS) * 1000 + len(headers)


def layout_of(rank: int, file: str, headers: Sequence[str], mapped: Mapping[str, str]) -> Layout:
    """The layout that a header line asks for.

    Raises:
        FileFault: it fits no kind, lacks a column, or has two columns for one field.
    """
    headers = tuple(header.strip() for header in headers)
    kind = max(KINDS, key=lambda each: _resemblance(each, headers, mapped))
    found = _matches(kind, headers, mapped)
    there_is = f"The file has {', '.join(map(quoted, filter(None, headers)))}."
    missing = [each.name for each in kind.fields if each.is_required and each.name not in found]
    if kind.fields[0].name in missing:
        needed = "; ".join(f"{each.label} need {_required(each)}" for each in reversed(KINDS))
        raise FileFault(f"The columns are of no known kind: {needed}. {there_is} Name others with --map.")
    if missing:
        needed = ", ".join(missing)
        raise FileFault(f"As a file of {kind.label} it lacks {needed}: name the column with --map. {there_is}")
    for name, indexes in found.items():
        if len(indexes) > 1:
            both = " and ".join(quoted(headers[index]) for index in indexes)
            raise FileFault(f"The columns {both} both mean {name}: remove one, or choose with --map COLUMN={name}.")
    first = {name: indexes[0] for name, indexes in found.items()}
    return Layout(rank=rank, file=file, kind=kind, headers=headers, indexes=first)


def _resemblance(kind: Kind, headers: Sequence[str], mapped: Mapping[str, str]) -> tuple[bool, bool, int]:
    found = _matches(kind, headers, mapped)
    is_complete = all(each.name in found for each in kind.fields if each.is_required)
    return is_complete, kind.fields[0].name in found, len(found) if is_complete else 0


def _matches(kind: Kind, headers: Sequence[str], mapped: Mapping[str, str]) -> dict[str, list[int]]:
    """Where each field of a kind stands; a column that ``--map`` names stands before all others."""
    names = {alias: each.name for each in kind.fields for alias in (bare(each.name), *each.aliases)}
    chosen: dict[str, list[int]] = {}
    other: dict[str, list[int]] = {}
    for index, header in enumerate(map(bare, headers)):
        if header in mapped:
            if mapped[header] in kind.positions:
                chosen.setdefault(mapped[header], []).append(index)
        elif header in names:
            other.setdefault(names[header], []).append(index)
    return other | chosen


def _required(kind: Kind) -> str:
    return ", ".join(each.name for each in kind.fields if each.is_required)
