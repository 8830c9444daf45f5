"""Marked customers, on which verbs act instead of the one under the cursor. No widget, no database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from viptui.rows import CustomerRow

MOST_AT_ONCE: Final = 10_000
"""Customers that one key marks, at most: a list may have a million, and verbs act on one after the other."""


class Marked(NamedTuple):
    """A marked customer."""

    id: int
    vip_id: str
    organization_name: str


class Marks:
    """Which customers are marked, in the order in which they were.

    A range under way is kept apart: moving back takes from it what it had added, and nothing else.
    """

    def __init__(self) -> None:
        self._kept: dict[int, Marked] = {}
        self._range: dict[int, Marked] = {}
        self._hidden: set[int] = set()

    def __contains__(self, customer_id: object) -> bool:
        return customer_id in self._kept or customer_id in self._range

    def __len__(self) -> int:
        return len(self._kept) + sum(each not in self._kept for each in self._range)

    def all(self) -> tuple[Marked, ...]:
        """The marked customers."""
        return tuple((self._kept | self._range).values())

    @property
    def hidden(self) -> tuple[Marked, ...]:
        """Those that the list which is shown does not have."""
        return tuple(each for each in self.all() if each.id in self._hidden) if self._hidden else ()

    def add(self, rows: Iterable[CustomerRow]) -> None:
        """Mark customers of the list that is shown."""
        marked = _by_id(rows)
        self._kept |= marked
        self._hidden -= marked.keys()

    def remove(self, ids: Iterable[int]) -> None:
        """Mark these no more."""
        for each in ids:
            self._kept.pop(each, None)
            self._range.pop(each, None)
            self._hidden.discard(each)

    def clear(self) -> None:
        """Mark nobody."""
        self._kept.clear()
        self._range.clear()
        self._hidden.clear()

    def cover(self, rows: Iterable[CustomerRow]) -> Collection[int]:
        """Let the range under way have these customers; the ids of those that it has gained or lost."""
        before, self._range = self._range, _by_id(rows)
        return before.keys() ^ self._range.keys()

    def keep_range(self) -> None:
        """End the range; what it has stays marked."""
        self._kept |= self._range
        self._hidden -= self._range.keys()
        self._range = {}

    def follow(self, looked_up: Sequence[Marked], there: Mapping[int, str], shown: Collection[int]) -> list[Marked]:
        """Take what was found of marked customers: the VIP IDs of those that are there, and which the list has.

        Those that are gone are marked no more, and returned; a new customer may have got the id of one.
        """
        gone = [each for each in looked_up if each.id in self and there.get(each.id) != each.vip_id]
        self.remove(each.id for each in gone)
        for each in looked_up:
            if each.id in self._kept and each.id not in shown:
                self._hidden.add(each.id)
            else:
                self._hidden.discard(each.id)
        return gone


def _by_id(rows: Iterable[CustomerRow]) -> dict[int, Marked]:
    return {each.id: Marked(each.id, each.vip_id, each.organization_name) for each in rows}
