"""Reading the next rows of a segment: its streams merged, in one statement, from a key on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from viptui.data import triples
from viptui.data.access import Access, Way
from viptui.data.customer_rows import ROW_COLUMNS, TEAM, customer_row
from viptui.data.order import Segment
from viptui.data.sql import fetch, iterate
from viptui.data.streams import Stream
from viptui.data.where import EVERYTHING, Where
from viptui.rows import CustomerRow, SortKey


class Part(NamedTuple):
    """What one way has found."""

    rows: list[CustomerRow]
    is_all: bool
    """Whether there are as many as were wanted, or no more in the segment. If not, another way is to go on."""
    key: SortKey | None = None
    """From where; None is the beginning."""


def next_rows(segment: Segment, access: Access, *, start: SortKey | None, backwards: bool, limit: int | None) -> Part:
    """The next rows of a segment, as far as a way goes."""
    descending = segment.reverse is not backwards
    if access.way is Way.FIND:
        return _rows_found(segment, access, start, limit, descending=descending)
    streams = segment.streams if access.streams is None else access.streams
    at_most = None if access.at_most is None else _share(access.at_most, streams, start, descending=descending)
    end = None if at_most is None else _end(segment, streams, start, at_most, descending=descending)
    if limit is None or len(streams) == 1 or access.way is Way.AS_PLANNED:
        statement = _statement(segment, access, start, end, limit, descending=descending)
        rows = fetch(statement.sql, statement.parameters)
    else:
        keys = _merged(streams, access, start, end, limit, descending=descending)
        statement = _with_keys(segment, keys, descending=descending)
        rows = fetch(statement.sql, statement.parameters) if keys else []
    is_all = end is None or limit is None or len(rows) >= limit
    return Part([customer_row(values) for values in rows], is_all, _next_to(end, descending))


def _rows_found(
    segment: Segment, access: Access, start: SortKey | None, limit: int | None, *, descending: bool
) -> Part:
    """The next rows of a segment in the order of names, of those that the index of triples has for a text."""
    beside = None if start is None else triples.Start(str(start[2]), int(str(start[3])))
    stretch = triples.Found(access.text).stretch(beside, access.at_most or 1, backwards=descending)
    if stretch is None:
        return Part([], is_all=False, key=start)
    among = Where("SELECT value FROM json_each(?)", (str(list(stretch.ids)),))
    sort = access._replace(way=Way.SORT, among=among)
    statement = _statement(segment, sort, start, None, limit, descending=descending)
    rows = [customer_row(values) for values in fetch(statement.sql, statement.parameters)]
    is_all = stretch.end is None or (limit is not None and len(rows) >= limit)
    return Part(rows, is_all, None if stretch.end is None else (segment.rank, "", *stretch.end))


def walk(segment: Segment, access: Access, *, limit: int | None) -> Iterator[CustomerRow]:
    """The rows of a segment as they are read, without keys: nobody goes on from one of them."""
    statement = _statement(segment, access, None, None, limit, descending=segment.reverse, keyed=False)
    return map(customer_row, iterate(statement.sql, statement.parameters))


def row_of(segment: Segment, wanted: Where) -> CustomerRow | None:
    """The one row of a segment that is wanted, with its key; None if it is not there."""
    for each in segment.streams:
        here = wanted & each.between() & each.where
        statement = f"SELECT {ROW_COLUMNS}, {_key(segment, each)} FROM customer c {TEAM} WHERE {here.sql}"
        for values in fetch(statement, here.parameters):
            return customer_row(values)
    return None


def count_before(segment: Segment, access: Access, key: SortKey | None) -> int:
    """How many rows of a segment stand before a key; all of them if there is none."""
    total = 0
    for each in segment.streams if access.streams is None else access.streams:
        between = each.between(lower=key) if segment.reverse else each.between(upper=key)
        here = _found(access) & between & each.where & access.where
        statement = f"SELECT COUNT(*) FROM customer c{_hint(each, access.way)} WHERE {here.sql}"
        ((count,),) = fetch(statement, here.parameters)
        total += int(count)
    return total


def is_near(segment: Segment, key: SortKey) -> bool:
    """Whether so few entries of each stream stand before a key that they can be looked at."""
    return not any(_has_more(each, None, key, _LOOKED_AT, descending=segment.reverse) for each in segment.streams)


def _statement(
    segment: Segment,
    access: Access,
    start: SortKey | None,
    end: SortKey | None,
    limit: int | None,
    *,
    descending: bool,
    keyed: bool = True,
) -> Where:
    """The statement for a segment's next rows: first their keys alone, which costs less where many are passed over."""
    if len(segment.streams) == 1 and access.way is Way.AS_PLANNED:
        return _rows(segment, access, start, limit, descending=descending, keyed=keyed)
    streams = segment.streams if access.streams is None else access.streams
    parts = [_keys(each, access, start, end, limit, descending=descending) for each in streams]
    union = " UNION ALL ".join(f"SELECT * FROM ({part.sql}) AS s" for part in parts)
    statement = _rows_of_keys(segment, f"({union}) AS k", descending=descending, keyed=keyed) + _limited(limit)
    return Where(statement, tuple(value for part in parts for value in part.parameters))


def _rows(
    segment: Segment, access: Access, start: SortKey | None, limit: int | None, *, descending: bool, keyed: bool
) -> Where:
    """The same as one walk along the one stream."""
    (only,) = segment.streams
    here = only.between(upper=start) if descending else only.between(lower=start)
    here = here & only.where & access.where
    key = f", {_key(segment, only)}" if keyed else ""
    statement = (
        f"SELECT {ROW_COLUMNS}{key} FROM customer c {TEAM} WHERE {here.sql} "
        f"ORDER BY {_order(only, descending=descending)}{_limited(limit)}"
    )
    return Where(statement, here.parameters)


def _merged(
    streams: tuple[Stream, ...],
    access: Access,
    start: SortKey | None,
    end: SortKey | None,
    limit: int,
    *,
    descending: bool,
) -> list[_Key]:
    """The keys of the next rows of several streams, in their order.

    One stream after the other, first those that come nearest to the beginning: once there are as many keys as are
    wanted, the last of them ends what is to be read of every further stream. A set of ids is made anew for each
    stream, so rows that are few are looked at instead.
    """
    keys: list[_Key] = []
    firsts: dict[Stream, _Key] | None = None
    if access.way is Way.MERGE and end is None:
        firsts = _firsts(streams, access, start, descending=descending)
    for each in _in_turn(streams, firsts, start, descending=descending):
        if firsts is not None and len(keys) == limit and (firsts[each] > keys[-1]) is not descending:
            break  # nor is there anything in those after it
        way = access
        if access.among is not None and not _has_more(each, start, end, _LOOKED_AT, descending=descending):
            way = access._replace(way=Way.WALK, where=access.where & access.alike, among=None)
        statement = _keys(each, way, start, end, limit, descending=descending)
        keys += [_Key(value, name, customer) for customer, value, name in fetch(statement.sql, statement.parameters)]
        keys.sort(reverse=descending)
        if len(keys) >= limit:
            del keys[limit:]
            end = (0, *keys[-1])
    return keys


def _in_turn(
    streams: Sequence[Stream], firsts: Mapping[Stream, _Key] | None, start: SortKey | None, *, descending: bool
) -> list[Stream]:
    """The streams that may have rows, those that come nearest to the beginning first."""
    if firsts is not None:
        return sorted(firsts, key=lambda each: firsts[each], reverse=descending)
    return sorted(streams, key=lambda each: each.reach(start, descending=descending), reverse=descending)


def _firsts(
    streams: Sequence[Stream], access: Access, start: SortKey | None, *, descending: bool
) -> dict[Stream, _Key]:
    """The first keys of streams of one day each, as far as they have any: one statement for all of an index.

    They differ in nothing but the day, the first parameter of each.
    """
    keys: dict[Stream, _Key] = {}
    for _, group in groupby(streams, key=lambda each: each.index):
        alike = list(group)
        bound = [each.between(upper=start) if descending else each.between(lower=start) for each in alike]
        here = bound[0] & alike[0].where & access.where
        statement = (
            f"WITH d (place, day) AS (VALUES {', '.join('(?, ?)' for _ in alike)}) "
            f"SELECT d.place, {alike[0].value or _NO_VALUE}, c.sort_name, c.id FROM d CROSS JOIN customer c ON c.id = ("
            f"SELECT c.id FROM customer c{_hint(alike[0], access.way)} WHERE {here.sql.replace('?', 'd.day', 1)} "
            f"ORDER BY {_order(alike[0], descending=descending)} LIMIT 1)"
        )
        days = [value for place, each in enumerate(bound) for value in (place, each.parameters[0])]
        for place, *key in fetch(statement, (*days, *here.parameters[1:])):
            keys[alike[place]] = _Key(*key)
    return keys


class _Key(NamedTuple):
    """What orders the rows of a segment."""

    value: str | int
    sort_name: str
    id: int


def _has_more(stream: Stream, start: SortKey | None, end: SortKey | None, than: int, *, descending: bool) -> bool:
    """Whether a stream has more than so many entries between two keys, whatever is asked of them."""
    lower, upper = (end, start) if descending else (start, end)
    here = stream.between(lower, upper)
    statement = f"SELECT 1 FROM customer c{_hint(stream, Way.WALK)} WHERE {here.sql} LIMIT 1 OFFSET {than:d}"
    return bool(fetch(statement, here.parameters))


def _with_keys(segment: Segment, keys: Sequence[_Key], *, descending: bool) -> Where:
    """The statement for the rows that have these keys, of which there are some."""
    values = ", ".join("(?, ?, ?)" for _ in keys)
    return Where(
        f"WITH k (value, sort_name, id) AS (VALUES {values}) {_rows_of_keys(segment, 'k', descending=descending)}",
        tuple(part for key in keys for part in key),
    )


def _rows_of_keys(segment: Segment, keys: str, *, descending: bool, keyed: bool = True) -> str:
    key = f", {segment.rank}, k.value, k.sort_name, k.id" if keyed else ""
    order = ", ".join(f"k.{each} DESC" if descending else f"k.{each}" for each in ("value", "sort_name", "id"))
    return f"SELECT {ROW_COLUMNS}{key} FROM {keys} JOIN customer c ON c.id = k.id {TEAM} ORDER BY {order}"


def _keys(
    stream: Stream, access: Access, start: SortKey | None, end: SortKey | None, limit: int | None, *, descending: bool
) -> Where:
    """The statement for the keys of a stream's next rows."""
    lower, upper = (end, start) if descending else (start, end)
    here = _found(access) & stream.between(lower, upper) & stream.where & access.where
    statement = (
        f"SELECT c.id AS id, {stream.value or _NO_VALUE} AS value, c.sort_name AS sort_name "
        f"FROM customer c{_hint(stream, access.way)} WHERE {here.sql} "
        f"ORDER BY {_order(stream, descending=descending)}{_limited(limit)}"
    )
    return Where(statement, here.parameters)


def _found(access: Access) -> Where:
    """That a row is in the set of ids, if there is one."""
    if access.among is None:
        return EVERYTHING
    looked_up = "c.id" if access.way is Way.SORT else "+c.id"  # SQLite does not begin with what is behind a plus
    return Where(f"{looked_up} IN ({access.among.sql})", access.among.parameters)


def _next_to(end: SortKey | None, descending: bool) -> SortKey | None:
    """A key after which the row with this one comes first."""
    if end is None:
        return None
    *others, customer = end
    return (*others, int(str(customer)) + (1 if descending else -1))


def _share(at_most: int, streams: Sequence[Stream], start: SortKey | None, *, descending: bool) -> int:
    """How many entries of each stream to meet: the rows that come first are those of the streams that begin there."""
    beginnings = [each.reach(start, descending=descending) for each in streams]
    nearest = max(beginnings) if descending else min(beginnings)
    return -(-at_most // beginnings.count(nearest))


def _end(
    segment: Segment, streams: tuple[Stream, ...], start: SortKey | None, at_most: int, *, descending: bool
) -> SortKey | None:
    """The key up to which no stream has more than so many rows; None if none has so many at all."""
    ends: list[SortKey] = []
    for each in streams:
        here = each.between(upper=start) if descending else each.between(lower=start)
        ends += fetch(
            f"SELECT {_key(segment, each)} FROM customer c{_hint(each, Way.WALK)} WHERE {here.sql} "
            f"ORDER BY {_order(each, descending=descending)} LIMIT 1 OFFSET {at_most:d}",
            here.parameters,
        )
    return (max if descending else min)(ends, default=None)


def _key(segment: Segment, stream: Stream) -> str:
    """The columns that make a row's key."""
    return f"{segment.rank}, {stream.value or _NO_VALUE}, c.sort_name, c.id"


def _order(stream: Stream, *, descending: bool) -> str:
    return ", ".join(f"{each} DESC" if descending else each for each in stream.terms)


def _hint(stream: Stream, way: Way) -> str:
    match way:
        case Way.AS_PLANNED:
            return ""
        case Way.SORT:
            return " NOT INDEXED"
        case _:
            return f" INDEXED BY customer_by_{stream.index}"


def _limited(limit: int | None) -> str:
    return "" if limit is None else f" LIMIT {limit:d}"


_NO_VALUE: Final = "''"

_LOOKED_AT: Final = 1_000
"""Rows of a stream that are looked at rather than found through a set of ids: about what it costs to make one."""
