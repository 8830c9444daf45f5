"""The customer's own details as labelled texts, under the names of the Reseller Console."""

from __future__ import annotations

from collections.abc import Iterator

from viptui.cli.customer_table import state_text
from viptui.cli.detail_views import DetailView


def customer_fields(view: DetailView) -> Iterator[tuple[str, str]]:
    """Labels and texts, as they came from the data."""
    yield "VIP ID", view.vip_id
    yield "Organization name", view.organization_name
    if view.organization_name_english:
        yield "In English", view.organization_name_english
    yield "Primary contract owner", _joined(view.contact_name, view.contact_email)
    place = _joined(view.postal_code, view.city, by=" ")
    yield "Address", _joined(view.address, place, view.region, view.country)
    yield "VIP invitation status", _invitation(view)
    yield "Type", view.type
    yield "Anniversary date", _anniversary(view)
    yield "Renewal", _renewal(view)
    yield "Market segment", view.market_segment
    name = view.managed_by_name if view.managed_by_name != view.managed_by else ""
    yield "Managed by", _joined(name, view.managed_by or "nobody", view.managed_by_email)
    yield "VIP Select", view.select_words
    yield "3-year commit", view.commitment_words
    yield "State", state_text(view.authorization_state, view.authorization_age) or "nothing waits for an order"
    yield "Filters", ", ".join(view.filters)


def _invitation(view: DetailView) -> str:
    invited = f"invited on {view.invited_on}" if view.invited_on else ""
    accepted = f"accepted on {view.accepted_on}" if view.accepted_on else ""
    return _joined(view.invitation_status, invited, accepted)


def _anniversary(view: DetailView) -> str:
    if view.anniversary_date is None or view.days_to_anniversary is None:
        return "not set: the first order sets it, or an earlier Purchase Authorization"
    term = "" if view.term_months == 12 else f"first term of {view.term_months} months"
    given = "given" if view.anniversary_given else ""
    last = f"last licensed day {view.last_licensed_day}"
    return _joined(f"{view.anniversary_date}", _distance(view.days_to_anniversary), last, given, term)


def _distance(days: int) -> str:
    if days == 0:
        return "today"
    number = "1 day" if abs(days) == 1 else f"{abs(days)} days"
    return f"in {number}" if days > 0 else f"{number} ago"


def _renewal(view: DetailView) -> str:
    partly = "partly renewed" if view.partially_renewed else ""
    grace = "" if view.grace_days_left is None else f"{view.grace_days_left} days of grace left"
    return _joined(view.renewal_phase, partly, grace)


def _joined(*texts: str, by: str = ", ") -> str:
    return by.join(filter(None, texts))
