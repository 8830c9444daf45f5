"""What of a query a list's own tab, team member and search can say: for those there are indexes.

The rows and their order stay the same; what is said so is no longer asked of each row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from viptui.rules.filters import CustomerFilter
from viptui.rules.folding import fold
from viptui.rules.listing import Listing
from viptui.rules.query import Query, Term
from viptui.rules.query_words import MANAGER, TABS


def narrowed(listing: Listing) -> Listing:
    """The same list, with less left to its query."""
    if listing.query is None:
        return listing
    for narrow in (_to_tab, _to_part_of_tab, _to_member, _to_search):
        listing = narrow(listing)
    return listing


def _to_tab(listing: Listing) -> Listing:
    """A tab's word in the list of all customers."""
    term = _first(listing, lambda each: each.name in TABS)
    if term is None or listing.filter is not CustomerFilter.ALL:
        return listing
    return _without(term, _in_tab(listing, TABS[term.name]))


def _to_part_of_tab(listing: Listing) -> Listing:
    """Something that only customers of one tab can fulfil; it is asked all the same."""
    if listing.filter is CustomerFilter.ALL:
        for tab, states in _STATES_OF.items():
            for term in _terms(listing):
                if term.name == "state" and not term.negated and states.issuperset(term.values):
                    return _in_tab(listing, tab)
        if _first(listing, lambda each: each.name == "late"):
            return _in_tab(listing, CustomerFilter.PAST_DUE)
    return listing


def _to_member(listing: Listing) -> Listing:
    term = _first(listing, lambda each: each.name == MANAGER and len(each.values) == 1 and bool(each.values[0]))
    if term is None or listing.managed_by is not None:
        return listing
    return _without(term, listing._replace(managed_by=term.values[0]))


def _to_search(listing: Listing) -> Listing:
    """The longest text: the longer it is the fewer have it."""
    texts = [each for each in _terms(listing) if not each.name and not each.negated]
    if not texts or listing.search:
        return listing
    term = max(texts, key=lambda each: len(fold(each.values[0])))
    return _without(term, listing._replace(search=term.values[0]))


def _in_tab(listing: Listing, tab: CustomerFilter) -> Listing:
    # in the order that it had; the list of all leaves nobody out
    return listing._replace(filter=tab, sort=listing.sorted_by, awake_for=None)


def _without(term: Term, listing: Listing) -> Listing:
    left = tuple(each for each in _terms(listing) if each != term)
    return listing._replace(query=Query(left) if left else None)


def _first(listing: Listing, wanted: Callable[[Term], bool]) -> Term | None:
    return next((each for each in _terms(listing) if not each.negated and wanted(each)), None)


def _terms(listing: Listing) -> tuple[Term, ...]:
    return () if listing.query is None else listing.query.terms


_STATES_OF: Final[Mapping[CustomerFilter, frozenset[str]]] = {
    CustomerFilter.PENDING_REQUESTS: frozenset({"pending"}),
    CustomerFilter.PAST_DUE: frozenset({"overdue", "suspended"}),
    CustomerFilter.UPCOMING_RENEWALS: frozenset({"upcoming"}),
    CustomerFilter.READY_FOR_RENEWAL: frozenset({"ready", "late"}),
}
"""States that only customers of a tab have."""
