"""How the rows of a list are reached that have a text: the part of `viptui.data.ways` that is about searching."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from viptui.data import costs, day_counts
from viptui.data.access import Access, Asked, Way, pieces
from viptui.data.conditions import managed
from viptui.data.search import contains, share_found
from viptui.data.triples import Found, is_short, is_triple
from viptui.rules.filters import Criteria


def ways_to_find(asked: Asked, limit: int, rows: Sequence[object]) -> Iterator[Access]:
    """Along what the index of triples has, if that is the order; else along the order, then from that index."""
    search, few, had = asked.listing.search, costs.FEW + 1, len(rows)
    if asked.segment.is_by_name:
        yield from _find(asked, limit)
    elif is_triple(search) and Found(search).count(costs.RARE + 1) <= costs.RARE:
        yield Access(way=Way.SORT, where=asked.left, among=Found(search).ids, alike=contains(search))
        return
    else:
        along, entries = _along(asked)
        looks = costs.FIRST_ROWS if is_triple(search) else costs.MANY_ROWS
        at_most = min(round(looks * entries), costs.MANY_ENTRIES)
        yield along._replace(at_most=at_most)
    found = Found(search)  # not before: what begins triples takes a while to gather
    sift = Access(way=Way.SIFT, where=asked.left, among=found.ids, alike=contains(search))
    number = found.count(few) if is_triple(search) else few  # what begins triples takes longer to count
    if number == few and asked.number <= costs.MANY:
        yield Access(way=Way.SORT, where=contains(search), among=asked.among, alike=asked.left)
    elif number == few and not asked.segment.is_by_name:
        yield from pieces(along, at_most, _worth_looking(asked, looks, entries, len(rows) - had, limit))
    if number == few and (is_triple(search) or found.count(few) == few):
        yield sift
        return
    if number > costs.VERY_FEW:
        yield sift._replace(at_most=costs.MANY_ENTRIES)
    yield sift._replace(way=Way.SORT)


def _find(asked: Asked, limit: int) -> Iterator[Access]:
    """As far as a page is expected to reach, then further: as long as sorting the rows of a tab would take."""
    search = asked.listing.search
    if is_short(search):  # what one character begins takes long to gather, and most have it
        yield Access(way=Way.WALK, where=asked.left & contains(search), at_most=costs.FIRST_ROWS)
    met = limit * day_counts.count(Criteria()) / max(asked.number, 1)
    at_most = min(round(met), costs.FIRST_ROWS)
    find = Access(way=Way.FIND, where=asked.left, text=search, at_most=at_most)
    yield find
    yield from pieces(find, at_most, round(min(asked.number, costs.MANY) * costs.SORT / max(costs.LOOK, 0.01)))


def _worth_looking(asked: Asked, looks: int, entries: float, got: int, limit: int) -> int:
    """How many more entries to meet: twice what is still needed, by those that were met, if that is little.

    Else as long as a set of all customers that have the text would take, less what is saved by not sifting: customers
    of one name stand together, so that it may well be missing among the first.
    """
    expected = 2 * looks * (limit - got) / got if got else costs.MOST_ROWS
    search = asked.listing.search
    collecting = (
        share_found(search)
        * day_counts.count(Criteria())
        * (costs.COLLECT if is_triple(search) else costs.COLLECT_SHORT)
    )
    each = costs.LOOK / entries
    affordable = collecting / max(each - costs.SIFT, each / 4, 0.01)
    return round(max(expected * entries if expected < costs.MOST_ROWS else 0, affordable))


def _along(asked: Asked) -> tuple[Access, float]:
    """The way along the order that looks for a text, and how many entries it meets for one row that it looks at."""
    searched = contains(asked.listing.search)
    if days := asked.days:
        return Access(way=Way.MERGE, where=managed(asked.listing.managed_by) & searched, streams=days), 1
    number, walked = asked.number, asked.walked
    if not asked.segment.is_telling and number <= costs.MANY and number * costs.LOOK < walked * costs.SIFT:
        return Access(way=Way.SIFT, where=searched, among=asked.among, alike=asked.left), walked / max(number, 1)
    return Access(way=Way.WALK, where=asked.left & searched), 1
