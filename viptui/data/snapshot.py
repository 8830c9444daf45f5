"""What the customers' screen shows at once: rows, badges, and where the cursor belongs; one trip to the data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from viptui.data.crossings import deltas
from viptui.data.queries import (
    count_customers,
    count_filters,
    find_row,
    list_customers,
    page_at,
    rank_of,
)
from viptui.rows import CustomerRow, Page
from viptui.rules.filters import CustomerFilter
from viptui.rules.listing import Listing
from viptui.rules.policy import VipPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class Badges:
    """The numbers on the tabs."""

    counts: Mapping[CustomerFilter, int]
    deltas: Mapping[CustomerFilter, int]
    """Customers that came into a filter since this person last looked at it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A list around its cursor, with the badges."""

    page: Page
    cursor: int
    badges: Badges


def take_badges(login: str, managed_by: str | None, today: date, policy: VipPolicy) -> Badges:
    """The badges for a person who looks at everybody's customers or at one member's."""
    return Badges(counts=count_filters(today, policy, managed_by), deltas=deltas(login, today, policy, managed_by))


def take_snapshot(
    listing: Listing,
    today: date,
    policy: VipPolicy,
    *,
    login: str,
    size: int,
    keep: int | None = None,
    index: int = 0,
) -> Snapshot:
    """The list with its badges, the cursor on the customer ``keep`` if it is still there, else at ``index``."""
    badges = take_badges(login, listing.managed_by, today, policy)
    kept = None if keep is None else find_row(listing, today, policy, keep)
    if kept is not None:
        page, cursor = _page_around(listing, today, policy, kept, size)
    elif index > 0:
        page, cursor = page_at(listing, today, policy, index=index - size // 2, size=size), index
    else:
        page, cursor = _first_page(listing, today, policy, badges, size), 0
    return Snapshot(page=page, cursor=cursor, badges=badges)


def _first_page(listing: Listing, today: date, policy: VipPolicy, badges: Badges, size: int) -> Page:
    rows = list_customers(listing, today, policy, limit=size)
    if len(rows) < size:
        total = len(rows)
    elif listing.search:
        total = count_customers(listing, today, policy)
    else:
        total = badges.counts[listing.filter]
    return Page(rows=rows, first=0, total=total)


def _page_around(listing: Listing, today: date, policy: VipPolicy, kept: CustomerRow, size: int) -> tuple[Page, int]:
    rank = rank_of(listing, today, policy, kept.sort_key)
    before = list_customers(listing, today, policy, limit=size // 2, before=kept.sort_key)
    after = list_customers(listing, today, policy, limit=size, after=kept.sort_key)
    total = count_customers(listing, today, policy)
    return Page(rows=(*before, kept, *after), first=rank - len(before), total=total), rank
