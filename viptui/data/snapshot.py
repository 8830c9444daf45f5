"""What the customers' screen shows at once: rows, badges, and where the cursor belongs; one trip to the data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from viptui.data.conditions import NONE_SNOOZED, has_snoozed
from viptui.data.crossings import deltas
from viptui.data.queries import count_at_once, count_filters, find_row, list_customers
from viptui.data.sql import data_version
from viptui.data.where import Where
from viptui.rows import Beginning, CustomerRow, Page, Place, SortKey
from viptui.rules.filters import CustomerFilter
from viptui.rules.listing import Listing
from viptui.rules.policy import VipPolicy


class Badges(NamedTuple):
    """The numbers on the tabs."""

    counts: Mapping[CustomerFilter, int]
    deltas: Mapping[CustomerFilter, int]
    """Customers that came into a filter since this person last looked at it."""
    asleep: Mapping[CustomerFilter, int] = {}
    """Customers that a tab leaves out because this person has snoozed them; they are not among the counts."""


class More(NamedTuple):
    """More rows of a list."""

    rows: tuple[CustomerRow, ...]
    news: frozenset[int]
    asleep: frozenset[int]
    """As of a `Page`."""


class Snapshot(NamedTuple):
    """A list around its cursor, with the badges."""

    page: Page
    cursor: int
    badges: Badges
    version: object
    """The data that this is a picture of."""
    has_followed: bool = False
    """Whether the customer that is followed is in the list."""


def take_badges(login: str, managed_by: str | None, today: date, policy: VipPolicy, *, me: str = "") -> Badges:
    """The badges for a person who looks at everybody's customers or at one member's; see `take_snapshot`."""
    return _badges(data_version(), login, me, managed_by, today, policy)


def take_snapshot(
    listing: Listing,
    today: date,
    policy: VipPolicy,
    *,
    login: str,
    size: int,
    me: str = "",
    place: Place | None = None,
    beginning: Beginning | None = None,
    followed: int | None = None,
    goes_there: bool = False,
) -> Snapshot:
    """The list with its badges.

    The cursor stands at ``place``: on its customer, where that one has left the list on whoever has come there, and
    in another list that does not have the customer at the top.

    Args:
        listing: which customers in which order.
        today: the day it is.
        policy: the programme's numbers.
        login: whose news are told; nobody's if it is empty.
        me: whose snoozed customers the badges leave out; nobody's if it is empty.
        size: rows to read from the cursor on; half as many before it.
        place: where the cursor stood before.
        beginning: no row of the list stands before it, unless the data have changed.
        followed: id of a customer that is looked for in the list.
        goes_there: whether the cursor is to stand on that one, if the list has it.
    """
    version = data_version()
    badges = _badges(version, login, me, listing.managed_by, today, policy)
    shown, listing = listing, hiding(listing, badges)
    total = count_at_once(listing, today, policy) if listing.is_sought else _badge(listing, badges)
    sought = None if followed is None else find_row(listing, today, policy, followed)
    kept = sought if goes_there else None
    if kept is None and place is not None:
        kept = find_row(listing, today, policy, place.customer)
    if kept is not None:
        here = (kept.id, shown, today, version)
        is_known = place is not None and (place.customer, place.listing, place.day, place.version) == here
        cursor = place.rank if place and is_known else _rank_of(listing, today, policy, kept.sort_key)
        page = _page_around(listing, today, policy, kept.sort_key, (kept,), cursor, size, total)
    elif place is not None and place.listing == shown:
        cursor = _rank_of(listing, today, policy, place.key)
        page = _page_around(listing, today, policy, place.key, (), cursor, size, total)
    else:
        after = None if beginning is None or beginning.version != version else _just_before(beginning.key)
        rows = list_customers(listing, today, policy, limit=size, after=after)
        page, cursor = Page(rows=rows, first=0, total=total if len(rows) == size else len(rows)), 0
    if badges.deltas[listing.filter]:
        page = page._replace(news=_news(login, listing, page.rows, today))
    if badges.asleep:
        page = page._replace(asleep=_asleep(me, page.rows, today, policy))
    return Snapshot(page, cursor, badges, version, has_followed=sought is not None)


def more_customers(
    listing: Listing,
    today: date,
    policy: VipPolicy,
    *,
    login: str,
    with_news: bool,
    limit: int,
    sleeper: str = "",
    after: SortKey | None = None,
    before: SortKey | None = None,
    last: bool = False,
) -> More:
    """More rows of a list (see `list_customers`), who of them came in since the login last looked, and who sleeps."""
    rows = list_customers(listing, today, policy, limit=limit, after=after, before=before, last=last)
    return More(
        rows,
        _news(login, listing, rows, today) if with_news else frozenset(),
        _asleep(sleeper, rows, today, policy) if sleeper else frozenset(),
    )


def hiding(listing: Listing, badges: Badges) -> Listing:
    """The same list, which asks nothing about snoozes where it hides nobody."""
    is_hiding = listing.awake_for is not None and badges.asleep.get(listing.filter)
    return listing if is_hiding or listing.awake_for is None else listing._replace(awake_for=None)


def _badge(listing: Listing, badges: Badges) -> int:
    """The rows of a whole tab: one that hides nobody has more of them than its badge says."""
    hidden = 0 if listing.awake_for is not None else badges.asleep.get(listing.filter, 0)
    return badges.counts[listing.filter] + hidden


def _asleep(me: str, rows: Sequence[CustomerRow], today: date, policy: VipPolicy) -> frozenset[int]:
    from viptui.data.snoozes import asleep_among  # only who has snoozed somebody

    return frozenset(asleep_among(me, rows, today, policy))


def _news(login: str, listing: Listing, rows: Iterable[CustomerRow], today: date) -> frozenset[int]:
    from viptui.data.arrivals import arrived_among  # seldom needed for the first screen

    return arrived_among(login, listing.filter, [row.id for row in rows], today)


def _rank_of(listing: Listing, today: date, policy: VipPolicy, key: SortKey) -> int:
    from viptui.data.ranks import rank_of  # never needed for the first screen

    return rank_of(listing, today, policy, key)


def _just_before(key: SortKey) -> SortKey:
    """A key that no row has, and that stands right before the given one's."""
    *others, customer = key
    return (*others, int(str(customer)) - 1)


def _page_around(
    listing: Listing,
    today: date,
    policy: VipPolicy,
    key: SortKey,
    kept: tuple[CustomerRow, ...],
    rank: int,
    size: int,
    total: int | None,
) -> Page:
    before = list_customers(listing, today, policy, limit=size // 2, before=key)
    after = list_customers(listing, today, policy, limit=size, after=key)
    first = rank - len(before)
    if len(after) < size:
        total = rank + len(kept) + len(after)
    return Page(rows=(*before, *kept, *after), first=first, total=total)


@lru_cache(maxsize=8)
def _badges(_version: object, login: str, me: str, managed_by: str | None, today: date, policy: VipPolicy) -> Badges:
    """The badges are the same as long as the data are."""
    counts = count_filters(today, policy, managed_by)
    snoozed = has_snoozed(me, today) if me else NONE_SNOOZED
    among = _arrivals(login, today) if login and snoozed.is_over else None
    if not snoozed.holds:
        return Badges(counts=counts, deltas=deltas(login, today, policy, managed_by, among=among))
    from viptui.data.snoozes import count_asleep

    asleep = count_asleep(me, today, policy, managed_by)
    return Badges(
        counts={each: count - asleep.get(each, 0) for each, count in counts.items()},
        deltas=deltas(login, today, policy, managed_by, awake_for=me, among=among),
        asleep=asleep,
    )


def _arrivals(login: str, today: date) -> Callable[[CustomerFilter], Where]:
    from viptui.data.arrivals import arrived_into  # only who has had snoozed somebody

    return lambda tab: arrived_into(tab, login, today)
