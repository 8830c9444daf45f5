"""What a list asks of a customer, as conditions: its filter, its team member, its search."""

from __future__ import annotations

from datetime import date

from viptui.data.search import contains
from viptui.data.where import EVERYTHING, Where
from viptui.rules.filters import Criteria, criteria
from viptui.rules.folding import key_of
from viptui.rules.listing import Listing
from viptui.rules.policy import VipPolicy


def where(listing: Listing, today: date, policy: VipPolicy) -> Where:
    """Everything that a list asks."""
    return asked(listing, today, policy) & contains(listing.search)


def asked(listing: Listing, today: date, policy: VipPolicy) -> Where:
    """Everything that a list asks but its search."""
    return fulfils(criteria(listing.filter, today, policy)) & managed(listing.managed_by)


def managed(login: str | None) -> Where:
    """That a team member is in charge; None asks nothing."""
    if login is None:
        return EVERYTHING
    return Where("c.managed_by_id = (SELECT id FROM team_member WHERE login_key = ?)", (key_of(login),))


def fulfils(wanted: Criteria) -> Where:
    """That the criteria of a filter are met."""
    clause = EVERYTHING
    if wanted.has_products is not None:
        clause = Where("c.has_products" if wanted.has_products else "NOT c.has_products")
    if not wanted.any_of:
        return clause
    ranges: list[str] = []
    parameters: list[str] = []
    for each in wanted.any_of:
        bounds = [f"c.{each.column} IS NOT NULL"]
        for operator, bound in ((">=", each.first), ("<=", each.last)):
            if bound is not None:
                bounds.append(f"c.{each.column} {operator} ?")
                parameters.append(bound.isoformat())
        ranges.append(" AND ".join(bounds))
    if len(ranges) == 1:
        return clause & Where(ranges[0], tuple(parameters))
    return clause & Where("(" + " OR ".join(f"({each})" for each in ranges) + ")", tuple(parameters))
