"""Files on disk: which ones are meant, and their rows with the number of the line that each begins on."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Final

DELIMITERS: Final = ",;\t"

_UNDECODABLE: Final = "\udcff"
"""Stands in the text for bytes that the encoding does not know; no text can hold it."""

_CHARACTERS_AT_ONCE: Final = 65_536
"""That are looked at together; the lines are looked at one by one only where something is wrong with them."""

_ENDINGS: Final = (".csv", ".tsv")

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class FileFault(Exception):
    """A file cannot be read, or not from this line on."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.line = line


def files_at(paths: Iterable[str]) -> Iterator[Path]:
    """The files meant by paths, each once: a folder means the CSV files in it.

    Raises:
        FileFault: a path does not exist, or a folder has no such files.
    """
    seen: set[Path] = set()
    for path in map(Path, paths):
        for file in _in_folder(path) if path.is_dir() else [path]:
            if (resolved := file.resolve()) not in seen:
                seen.add(resolved)
                yield file


def _in_folder(folder: Path) -> list[Path]:
    try:
        found = sorted(
            file for file in folder.iterdir() if file.suffix.lower() in _ENDINGS and not file.name.startswith(".")
        )
    except OSError as error:
        raise FileFault(f"{folder} cannot be read: {error.strerror}.") from error
    if not found:
        raise FileFault(f"{folder} holds no CSV files: name a folder that does, or the files themselves.")
    return found


class Rows:
    """The rows of one open file below its header, as ``(line, cells)``; blank lines are left out.

    Raises:
        FileFault: while reading, where the file cannot be read on.
    """

    def __init__(self, file: BinaryIO, encoding: str | None, fit: Callable[[list[str]], int]) -> None:
        self._file = file
        self.encoding = _encoding_of(file, encoding)
        self._line = 0
        self._text = io.TextIOWrapper(file, encoding=self.encoding, errors="viptui.undecodable", newline="")
        self._lines = self._checked()
        first = self._first_line()
        self._delimiter = max(DELIMITERS, key=lambda each: fit(_cells(first, each)))
        self._rows = self._numbered(first)
        _, self.headers = next(self._rows)

    @property
    def bytes_read(self) -> int:
        """How far the file has been read; a little ahead of the rows."""
        return self._file.tell()

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        return self._rows

    def _numbered(self, first: str) -> Iterator[tuple[int, list[str]]]:
        begins = self._line
        longest = csv.field_size_limit()
        try:
            for line in chain((first,), self._lines):
                begins = self._line
                if '"' in line or len(line) > longest:
                    yield begins, self._quoted(line)
                elif cells := line.rstrip("\r\n"):
                    yield begins, cells.split(self._delimiter)  # most rows are so; it takes a quarter of the time
                begins = self._line + 1
        except csv.Error as error:
            raise FileFault(_csv_reason(str(error)), begins) from None
        except UnicodeError:
            raise FileFault(self._undecodable(), begins) from None

    def _quoted(self, line: str) -> list[str]:
        """The cells of a row that may go on with the next line."""
        return next(csv.reader(chain((line,), self._lines), delimiter=self._delimiter, strict=True))

    def _first_line(self) -> str:
        try:
            for line in self._lines:
                if line.strip():
                    return line
        except UnicodeError:
            raise FileFault(self._undecodable(), 1) from None
        raise FileFault("The file is empty: its first line must name the columns.")

    def _checked(self) -> Iterator[str]:
        while lines := self._text.readlines(_CHARACTERS_AT_ONCE):
            together = "".join(lines)
            is_suspect = "\0" in together or _UNDECODABLE in together
            for line in lines:
                self._line += 1
                if is_suspect:
                    self._check(line)
                yield line

    def _check(self, line: str) -> None:
        if "\0" in line:
            raise FileFault("The line holds NUL characters: save the file as UTF-8 text.", self._line)
        if _UNDECODABLE in line:
            raise FileFault(self._undecodable(), self._line)

    def _undecodable(self) -> str:
        return (
            f"The line is not {self.encoding.removesuffix('-sig')}: "
            "name the encoding of the file, for example --encoding cp1252."
        )


def _encoding_of(file: BinaryIO, named: str | None) -> str:
    """The encoding that a mark at the beginning of the file tells, else the one named, else UTF-8."""
    beginning = file.read(4)
    file.seek(0)
    for mark, encoding in _MARKS:
        if beginning.startswith(mark):
            return encoding
    return named or "utf-8"


def _cells(line: str, delimiter: str) -> list[str]:
    """The cells of a header's first line; it may go on with the next line, so nothing is refused yet."""
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _csv_reason(error: str) -> str:
    if "field larger" in error:
        limit = csv.field_size_limit()
        return f"The row has a cell of more than {limit:,} characters: look for a quote that is never closed."
    if "unexpected end" in error:
        return "The row has a quote that is never closed: close it, or double it to mean the character itself."
    return "The row has a quote inside a cell: put the cell in quotes, and double those inside."


def _mark_undecodable(error: UnicodeError) -> tuple[str, int]:
    if isinstance(error, UnicodeDecodeError):
        return _UNDECODABLE, error.end
    raise error


codecs.register_error("viptui.undecodable", _mark_undecodable)
