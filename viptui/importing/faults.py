"""What is wrong with files: collected, counted, shown in the order of the files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from viptui.errors import ImportRejected

SHOWN: Final = 20
"""Faults that are shown one by one; the others are only counted."""

_LONGEST_QUOTE: Final = 40

_LINE_ENDS: Final = {ord("\n"): "␊", ord("\r"): "␍"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One reason why a file is refused. Text in it comes from the file: make it visible before showing it."""

    file: str
    line: int | None = None
    """Number in the file of the row's first line; the first line is 1."""
    column: str | None = None
    """The column as the file calls it."""
    reason: str
    rank: int = 0
    """Number of the file in the order of reading."""

    def __str__(self) -> str:
        line = "" if self.line is None else f", line {self.line}"
        column = "" if self.column is None else f", column {self.column}"
        return f"{self.file}{line}{column}: {self.reason}"


class FaultyFiles(ImportRejected):
    """The files are faulty; nothing was written."""

    def __init__(self, faults: tuple[Fault, ...], total: int) -> None:
        self.faults = faults
        """The first of them, in the order of the files."""
        self.total = total
        super().__init__("\n".join(self.lines))

    @property
    def lines(self) -> tuple[str, ...]:
        """One line for each fault shown, and one for all others."""
        more = self.total - len(self.faults)
        shown = (str(fault).translate(_LINE_ENDS) for fault in self.faults)
        return (*shown, *([f"and {more:,} more"] if more else []))


class Faults:
    """Faults found so far; keeps only as many as will be shown."""

    def __init__(self) -> None:
        self._kept: list[Fault] = []
        self._from_cells = 0
        self.total = 0
        self.rows_are_missing = False
        """Whether rows could not be read at all, so that what names them would seem to name nothing."""

    def add(self, fault: Fault, *, rows_are_missing: bool = False) -> None:
        """Take the next fault in the order of the files."""
        self.total += 1
        self._from_cells += 1
        self.rows_are_missing |= rows_are_missing
        if self._from_cells <= SHOWN:
            self._kept.append(fault)

    def extend(self, first: Iterable[Fault], total: int) -> None:
        """Take the first faults of a kind of its own, of which there are ``total``."""
        self._kept.extend(first)
        self.total += total

    def reject(self) -> None:
        """Refuse the import if there are faults.

        Raises:
            FaultyFiles: there are.
        """
        if self.total:
            first = sorted(self._kept, key=lambda fault: (fault.rank, fault.line or 0))[:SHOWN]
            raise FaultyFiles(tuple(first), self.total)


def quoted(text: str) -> str:
    """A text from a file as a sentence quotes it: not too long."""
    text = text.strip()
    return f'"{text}"' if len(text) <= _LONGEST_QUOTE else f'"{text[: _LONGEST_QUOTE - 1]}…"'
