"""What a program wrote in answer to a key: how soon, how much, and what of it came late on purpose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

BULK: Final = 0.9
"""The share of an answer's bytes with which it counts as answered; what trails behind is a clock or a status line."""


class Chunk(NamedTuple):
    """What one read brought."""

    at: float
    """Seconds of the monotonic clock."""
    data: bytes


@dataclass(frozen=True, slots=True)
class Step:
    """One key and everything that was written until the program was quiet again."""

    pressed_at: float
    chunks: tuple[Chunk, ...]
    """The answer."""
    late: tuple[Chunk, ...] = ()
    """What a program repaints only once the cursor rests, see `split`."""
    trailing: int = 0
    """Bytes of the answer that may be missing where it is so small that a status line is more than the rest of it."""

    @property
    def answered_ms(self) -> float:
        """From the key to the read by which the answer had come, see `BULK`."""
        wanted, had = min(BULK * self.size, self.size - self.trailing), 0
        for chunk in self.chunks:
            had += len(chunk.data)
            if had >= wanted:
                return (chunk.at - self.pressed_at) * 1000
        raise ValueError("no answer at all")

    @property
    def settled_ms(self) -> float:
        """From the key to the answer's last byte."""
        return (self.chunks[-1].at - self.pressed_at) * 1000

    @property
    def size(self) -> int:
        """Bytes of the answer."""
        return size_of(self.chunks)

    @property
    def late_size(self) -> int:
        """Bytes of what came late."""
        return size_of(self.late)


def size_of(chunks: Iterable[Chunk]) -> int:
    """Bytes altogether."""
    return sum(len(chunk.data) for chunk in chunks)


def split(chunks: Sequence[Chunk], late_rows: range) -> tuple[tuple[Chunk, ...], tuple[Chunk, ...]]:
    """The answer, and the chunks that only paint screen rows (from 1) of ``late_rows``.

    A chunk that writes where the cursor stands goes on painting what the one before has begun.
    """
    answer: list[Chunk] = []
    late: list[Chunk] = []
    current = answer
    for chunk in chunks:
        if rows := {int(row or 1) for row in _MOVES.findall(chunk.data)}:
            current = late if rows <= set(late_rows) else answer
        current.append(chunk)
    return tuple(answer), tuple(late)


_MOVES: Final = re.compile(rb"\x1b\[(\d*)(?:;\d*)?H(?:\x1b\[[\d;]*m)*[^\x1b]")
"""A move of the cursor to where something is written; in the end it is only put aside."""

_SEQUENCES: Final = re.compile(
    rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[P_^X][^\x1b]*\x1b\\|\x1b[ -/]*[0-~]"
)


def stripped(data: bytes) -> str:
    """Output as plain text: without control sequences, in the order in which it was written."""
    return _SEQUENCES.sub(b"", data).decode(errors="replace")


def first_showing(pattern: str, chunks: Sequence[Chunk]) -> float | None:
    """When the output so far first held a text that matches; None if it never did."""

    def shows(count: int) -> bool:
        return re.search(pattern, stripped(b"".join(chunk.data for chunk in chunks[:count]))) is not None

    if not shows(len(chunks)):
        return None
    low, high = 0, len(chunks)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if shows(middle) else (middle, high)
    return chunks[high - 1].at
