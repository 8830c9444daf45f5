"""Reading what a weekly report tells; see `viptui.weekly_report`."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from viptui.data.conditions import managed
from viptui.data.dashboard import workload
from viptui.data.day_counts import count
from viptui.data.queries import count_customers, list_customers
from viptui.data.sql import civil, fetch
from viptui.events import CrossingKind
from viptui.rows import CustomerRow, MemberRow
from viptui.rules.authorization import AuthorizationState, suspended_on
from viptui.rules.dashboard import due_in
from viptui.rules.filters import Criteria, CustomerFilter, DateRange, FactDate
from viptui.rules.folding import key_of
from viptui.rules.listing import Listing
from viptui.rules.managed_by import Role
from viptui.rules.policy import VipPolicy
from viptui.rules.query import Query, Term
from viptui.rules.query_words import MANAGER
from viptui.rules.standing import standing
from viptui.weekly_report import GRAVE, Changes, Crossed, PastDueCustomer, Portion, RenewingCustomer, Weekly, Whose

MOST_NAMED: Final = 15
"""Customers of each kind that a report names."""

FEW_NAMED: Final = 5
"""The same of each colleague, in the report on a whole team, and of who has crossed a line."""

WEEK: Final = timedelta(days=7)


def weekly(member: MemberRow, today: date, policy: VipPolicy) -> Weekly:
    """What a team member is told: of the own customers, or, as the primary admin, of the whole team's."""
    name = member.name or member.login
    if member.role != Role.PRIMARY_ADMIN:
        return Weekly(
            day=today,
            name=name,
            portion=portion(member.login, today, policy, MOST_NAMED),
            changes=changes(member.login, today),
        )
    team = workload(today, policy).team
    own = key_of(member.login)
    busy = sorted(
        (each for each in team if each.past_due or each.ready or each.upcoming),
        key=lambda each: key_of(each.login or "") != own,
    )
    return Weekly(
        day=today,
        name=name,
        portion=portion(None, today, policy, MOST_NAMED),
        changes=changes(None, today),
        team=team,
        portions=tuple(
            portion(each.login or "", today, policy, MOST_NAMED if key_of(each.login or "") == own else FEW_NAMED)
            for each in busy
        ),
    )


def portion(whose: Whose, today: date, policy: VipPolicy, most: int) -> Portion:
    """Somebody's customers; the ``most`` urgent ones of each kind by name."""
    counts = {tab: count_customers(_listing(tab, whose), today, policy) for tab in _COUNTED}
    past_due = list_customers(_listing(CustomerFilter.PAST_DUE, whose), today, policy, limit=most)
    numbers = _open_authorizations(past_due)
    suspended = DateRange(FactDate.OLDEST_OPEN_AUTHORIZATION, last=today - timedelta(days=policy.suspended_after + 1))
    late = due_in(today - timedelta(days=policy.grace_days), today - timedelta(days=1))
    return Portion(
        whose=whose,
        counts=counts,
        past_due=tuple(_past_due(each, numbers[each.id], today, policy) for each in past_due),
        ready=_renewing(CustomerFilter.READY_FOR_RENEWAL, whose, today, policy, most),
        upcoming=_renewing(CustomerFilter.UPCOMING_RENEWALS, whose, today, policy, most),
        suspended=0 if whose == "" else count(Criteria(any_of=(suspended,)), whose),
        late=count(Criteria(any_of=late), whose) if policy.grace_days and whose != "" else 0,
    )


def changes(login: str | None, today: date) -> Changes | None:
    """What the evaluations have recorded in a week, of everybody's customers or of a member's."""
    found = _evaluated(today)
    if found is None:
        return None
    since, counted = found
    here = managed(login)
    bounds = (since.isoformat(), today.isoformat(), *here.parameters)
    crossings = {CrossingKind(kind): int(number) for kind, number in fetch(_CROSSINGS.format(here.sql), bounds)}
    kinds = ", ".join(f"'{kind}'" for kind in GRAVE)
    worst = fetch(_WORST.format(kinds=kinds, whose=here.sql), (*bounds, FEW_NAMED))
    return Changes(
        since=since,
        crossings=crossings,
        worst=tuple(Crossed(vip_id, name, CrossingKind(kind), _day(on)) for vip_id, name, kind, on in worst),
        before=counted if login is None else None,
    )


def _evaluated(today: date) -> tuple[date, Mapping[CustomerFilter, int]] | None:
    """The last evaluated day that is a week ago, else the first one, with what it counted."""
    week_ago = (today - WEEK).isoformat()
    rows = fetch(_LAST_BY, (week_ago,)) or fetch(_FIRST_SINCE, (week_ago, today.isoformat()))
    for day, counts in rows:
        stored: dict[str, int] = json.loads(counts)
        return _day(day), {each: stored[each] for each in CustomerFilter if each in stored}
    return None


def _listing(tab: CustomerFilter, whose: Whose) -> Listing:
    if whose == "":
        return Listing(filter=tab, query=Query((Term(MANAGER, ":", ("",)),)))
    return Listing(filter=tab, managed_by=whose)


def _open_authorizations(rows: Iterable[CustomerRow]) -> Mapping[int, tuple[str, ...]]:
    """Numbers of open Purchase Authorizations by customer, the oldest first."""
    ids = [each.id for each in rows]
    found: defaultdict[int, tuple[str, ...]] = defaultdict(tuple)
    if ids:
        for customer, number in fetch(_OPEN.format(", ".join("?" for _ in ids)), ids):
            found[customer] += (str(number),)
    return found


def _past_due(row: CustomerRow, numbers: tuple[str, ...], today: date, policy: VipPolicy) -> PastDueCustomer:
    stands = standing(row.anniversary_on, row.facts, today, policy)
    oldest = row.facts.oldest_open_authorization_on
    if oldest is None or stands.authorization_state is None:
        raise ValueError("who is past due has an open Purchase Authorization")
    return PastDueCustomer(
        vip_id=row.vip_id,
        organization_name=row.organization_name,
        managed_by=row.managed_by,
        days_past_due=stands.days_past_due or 0,
        state=AuthorizationState(stands.authorization_state),
        suspended_on=suspended_on(oldest, policy),
        authorizations=numbers,
        licences=row.facts.open_licences,
    )


def _renewing(
    tab: CustomerFilter, whose: Whose, today: date, policy: VipPolicy, most: int
) -> tuple[RenewingCustomer, ...]:
    rows = list_customers(_listing(tab, whose), today, policy, limit=most)
    told = ((each, standing(each.anniversary_on, each.facts, today, policy)) for each in rows)
    return tuple(
        RenewingCustomer(
            vip_id=row.vip_id,
            organization_name=row.organization_name,
            managed_by=row.managed_by,
            anniversary_on=stands.anniversary_on,
            days=stands.days_to_anniversary,
            phase=stands.renewal_phase,
            grace_days_left=stands.grace_days_left,
            licences=row.facts.licences_due - row.facts.licences_renewed,
        )
        for row, stands in told
    )


def _day(value: Any) -> date:
    day = civil(value)
    if day is None:
        raise ValueError("a date that must be there is missing")
    return day


_COUNTED: Final = (
    *(CustomerFilter.ALL, CustomerFilter.PAST_DUE),
    *(CustomerFilter.READY_FOR_RENEWAL, CustomerFilter.UPCOMING_RENEWALS),
)

_LAST_BY: Final = (
    "SELECT evaluated_on, counts FROM evaluation WHERE evaluated_on <= ? ORDER BY evaluated_on DESC, id DESC LIMIT 1"
)
_FIRST_SINCE: Final = (
    "SELECT evaluated_on, counts FROM evaluation WHERE evaluated_on > ? AND evaluated_on < ? "
    "ORDER BY evaluated_on, id DESC LIMIT 1"
)

_CROSSINGS: Final = (
    "SELECT x.kind, COUNT(DISTINCT x.customer_id) FROM crossing x JOIN customer c ON c.id = x.customer_id "
    "WHERE x.crossed_on > ? AND x.crossed_on <= ? AND {} GROUP BY x.kind"
)
_WORST: Final = (
    "SELECT c.vip_id, c.organization_name, x.kind, x.crossed_on FROM crossing x JOIN customer c "
    "ON c.id = x.customer_id WHERE x.crossed_on > ? AND x.crossed_on <= ? AND {whose} AND x.kind IN ({kinds}) "
    "ORDER BY x.crossed_on DESC, c.sort_name, c.id LIMIT ?"
)

_OPEN: Final = (
    "SELECT customer_id, number FROM purchase_authorization WHERE status = 'open' AND customer_id IN ({}) "
    "ORDER BY created_on, number_key"
)
