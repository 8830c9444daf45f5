"""Sentences and lines of the customers' screen. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from viptui.rows import CustomerDetail, CustomerRow
from viptui.rules.authorization import age_state, next_change
from viptui.rules.filters import TITLES, CustomerFilter
from viptui.rules.listing import Listing, SortColumn
from viptui.rules.policy import VipPolicy
from viptui.rules.renewal import RenewalPhase
from viptui.rules.standing import Standing
from viptui.widgets.columns import TITLE_OF
from viptui.widgets.paint import Span, SpanLine
from viptui.widgets.states import authorization_span, renewal_span

_ORDERS: Final[Mapping[tuple[CustomerFilter, SortColumn], str]] = {
    (CustomerFilter.NO_PRODUCTS, SortColumn.INVITED): "oldest invitation first",
    (CustomerFilter.PENDING_REQUESTS, SortColumn.STATE): "oldest request first",
    (CustomerFilter.PAST_DUE, SortColumn.STATE): "oldest request first",
    (CustomerFilter.UPCOMING_RENEWALS, SortColumn.ANNIVERSARY): "nearest anniversary first",
    (CustomerFilter.READY_FOR_RENEWAL, SortColumn.ANNIVERSARY): "earliest anniversary first",
}

_NOBODY: Final[Mapping[CustomerFilter, str]] = {
    CustomerFilter.NO_PRODUCTS: "Every customer has products or a Purchase Authorization.",
    CustomerFilter.PENDING_REQUESTS: "No Purchase Authorization of the last days waits for its order.",
    CustomerFilter.PAST_DUE: "Nobody is past due: every Purchase Authorization was ordered in time.",
    CustomerFilter.UPCOMING_RENEWALS: "No anniversary date comes close enough to be upcoming.",
    CustomerFilter.READY_FOR_RENEWAL: "No renewal window is open.",
    CustomerFilter.ALL: "There are no customers yet.",
}


def order_words(listing: Listing) -> str:
    """The order of a list in words."""
    words = _ORDERS.get((listing.filter, listing.sorted_by), f"by {TITLE_OF[listing.sorted_by].lower()}")
    return f"{words}, reversed" if listing.reverse else words


def found_words(listing: Listing, total: int, badge: int) -> str:
    """How many customers are listed, of how many."""
    return f"{total:,} of {badge:,}" if listing.search else f"{total:,}"


def empty_lines(listing: Listing, *, database_is_empty: bool) -> list[SpanLine]:
    """Why a list is empty, and what to do next."""
    if database_is_empty:
        return [
            [("There are no customers yet.", "strong")],
            [("Leave with q, then take over a portfolio with  viptui import FOLDER", "plain")],
            [("or look around on made-up customers with  viptui demo", "plain")],
        ]
    if listing.search:
        where = TITLES[listing.filter]
        hint = "Esc clears the search" + ("" if listing.filter is CustomerFilter.ALL else ", 6 searches all customers")
        whose = ", m includes everybody's" if listing.managed_by else ""
        return [[(f'Nobody in {where} is called "{listing.search}".', "strong")], [(f"{hint}{whose}.", "plain")]]
    if listing.managed_by:
        sentence = f"None of the customers that {listing.managed_by} manages is in {TITLES[listing.filter]}."
        return [[(sentence, "strong")], [("m shows everybody's customers.", "plain")]]
    return [[(_NOBODY[listing.filter], "strong")], [("6 shows all customers.", "plain")]]


def preview_lines(detail: CustomerDetail, standing: Standing, today: date, policy: VipPolicy) -> Sequence[SpanLine]:
    """A customer in three lines: who, what is wrong or next, where."""
    row = detail.row
    who: list[Span] = [(" ", "plain"), (row.organization_name, "strong"), (f"  {row.vip_id}", "dim")]
    if detail.organization_name_english:
        who.append((f"  ({detail.organization_name_english})", "dim"))
    contact: list[Span] = [
        (f" {detail.contact_name}  ", "plain"),
        (row.contact_email, "accent"),
        (f"  {_place(detail)}", "dim"),
    ]
    last: list[Span] = [
        (f" {row.market_segment}, {detail.offering_type}", "plain"),
        (f"  managed by {row.managed_by or 'nobody'}", "plain"),
        (
            f"  invitation {row.invitation_status.lower()}",
            "plain" if row.invitation_status == "Accepted" else "warning",
        ),
    ]
    return [who, _reason(detail, standing, today, policy), contact, last]


def _place(detail: CustomerDetail) -> str:
    parts = (detail.city, detail.region, detail.country)
    return ", ".join(part for part in parts if part)


def _reason(detail: CustomerDetail, standing: Standing, today: date, policy: VipPolicy) -> SpanLine:
    waiting = [each for each in detail.authorizations if each.status == "open"]
    if waiting:
        oldest = min(waiting, key=lambda each: each.created_on)
        state = age_state(oldest.created_on, today, policy)
        lines = ", ".join(f"{line.quantity} x {line.product}" for line in oldest.lines)
        more = f" and {len(waiting) - 1} more" if len(waiting) > 1 else ""
        change = next_change(oldest.created_on, today, policy)
        then = f"  {change[0]} from {change[1]}" if change else "  placing its order reactivates the licences"
        label = authorization_span(state, (today - oldest.created_on).days)
        return [(" ", "plain"), label, (f"  {oldest.number} of {oldest.created_on}: {lines}{more}.{then}", "plain")]
    if standing.renewal_phase is not RenewalPhase.NONE:
        facts = detail.row.facts
        rest = f"  {facts.licences_due - facts.licences_renewed} of {facts.licences_due} licences to renew"
        return [(" ", "plain"), renewal_span(standing), (rest + f" for {standing.anniversary_on}", "plain")]
    if not detail.row.facts.has_products:
        return [(" No products yet: create a Purchase Authorization or place an order.", "plain")]
    return [(" Nothing is waiting.", "dim")]


def title_of(row: CustomerRow) -> str:
    """A customer's name and VIP ID on one line."""
    return f"{row.organization_name}  {row.vip_id}"
