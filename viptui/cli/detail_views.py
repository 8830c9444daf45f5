"""What the command line tells of one customer: all that is known, as it stands on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from viptui.customer_views import CUSTOMER_FIELDS, CustomerView, Views
from viptui.detail_rows import AuthorizationRow, CustomerDetail, HistoryRow, LineRow, NoteRow, OrderRow
from viptui.detail_standing import commitment_on, select_on
from viptui.rules import commitment, select_level
from viptui.rules.anniversary import base_date, first_anniversary, last_licensed_day
from viptui.rules.authorization import Authorization, AuthorizationStatus, age_in_days, age_state, next_change
from viptui.rules.order import OrderDuration, OrderKind, order_duration
from viptui.rules.plans import Plan
from viptui.rules.policy import VipPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorizationView:
    """One Purchase Authorization."""

    number: str
    created_on: date
    created_by: str
    po_number: str
    status: str
    state: str | None
    """State by age, while it is open."""
    age: int | None
    next_state: str | None
    """The state that age alone brings next."""
    next_state_on: date | None
    order_months: int | None
    """Months to order, while it is open; None as long as no Anniversary Date can be told."""
    order_months_explanation: str | None
    order_number: str | None
    lines: tuple[LineRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderView:
    """One order."""

    number: str
    kind: str
    renewal: bool
    ordered_on: date
    po_number: str
    lines: tuple[LineRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """Licences of one product."""

    product: str
    sku: str
    total: int
    active: int
    """Assigned to users."""
    available: int
    """Not assigned."""
    pending: int
    """On open Purchase Authorizations."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailView(CustomerView):
    """Everything about one customer."""

    organization_name_english: str
    type: str
    contact_name: str
    address: str
    city: str
    region: str
    postal_code: str
    country: str
    accepted_on: date | None
    stored_anniversary_date: date | None
    last_licensed_day: date | None
    """Of the term that ends with the Anniversary Date: the day before."""
    anniversary_given: bool
    term_months: int
    managed_by_name: str
    managed_by_email: str
    select_level: int | None
    select_licences: int
    """That count towards the next level."""
    select_next_level: int | None
    select_next_start: int | None
    """Licences at which it begins."""
    select_missing: int | None
    """Licences still to be bought for it: in all until the look-back, in one order after it."""
    select_lookback_on: date | None
    select_words: str
    commitment_status: str | None
    """As it stands on the day."""
    commitment_quantity: int | None
    commitment_consumables: int | None
    commitment_due_on: date | None
    """Last day to answer a request, or to meet the minimum of one that was accepted."""
    commitment_level: str | None
    commitment_consumables_level: str | None
    """Level codes of the committed quantities, as they stand on the day."""
    commitment_words: str
    commitment_start_on: date | None
    commitment_end_on: date | None
    authorizations: tuple[AuthorizationView, ...]
    """Newest first."""
    products: tuple[PlanView, ...]
    orders: tuple[OrderView, ...]
    """Newest first."""
    notes: tuple[NoteRow, ...]
    history: tuple[HistoryRow, ...]
    """Newest first."""


def detail_view(detail: CustomerDetail, plans: Iterable[Plan], today: date, policy: VipPolicy) -> DetailView:
    """The customer as it stands on ``today``."""
    view = Views(today, policy).view(detail.row)
    select, committed = select_on(detail, today, policy), commitment_on(detail, today, policy)
    return DetailView(
        **{name: getattr(view, name) for name in CUSTOMER_FIELDS},
        organization_name_english=detail.organization_name_english,
        type=detail.offering_type,
        contact_name=detail.contact_name,
        address=detail.address,
        city=detail.city,
        region=detail.region,
        postal_code=detail.postal_code,
        country=detail.country,
        accepted_on=detail.accepted_on,
        stored_anniversary_date=detail.row.anniversary_on,
        last_licensed_day=last_licensed_day(view.anniversary_date) if view.anniversary_date else None,
        anniversary_given=detail.anniversary_given,
        term_months=detail.term_months,
        managed_by_name=detail.managed_by_name,
        managed_by_email=detail.managed_by_email,
        select_level=select.level,
        select_licences=select.licences,
        select_next_level=select.next_level,
        select_next_start=select.next_start,
        select_missing=select.missing,
        select_lookback_on=select.lookback_on,
        select_words=select_level.in_words(select),
        commitment_status=committed.status if committed else None,
        commitment_quantity=detail.commitment_quantity,
        commitment_consumables=detail.commitment_consumables,
        commitment_due_on=committed.due_on if committed else None,
        commitment_level=committed.licence_level if committed else None,
        commitment_consumables_level=committed.consumable_level if committed else None,
        commitment_words=commitment.in_words(committed) if committed else "none",
        commitment_start_on=detail.commitment_start_on,
        commitment_end_on=detail.commitment_end_on,
        authorizations=tuple(_authorization(each, detail, today, policy) for each in detail.authorizations),
        products=tuple(_plan(plan) for plan in plans),
        orders=tuple(_order(each) for each in detail.orders),
        notes=detail.notes,
        history=detail.history,
    )


def _authorization(row: AuthorizationRow, detail: CustomerDetail, today: date, policy: VipPolicy) -> AuthorizationView:
    is_open = row.status == AuthorizationStatus.OPEN
    state, state_on = (is_open and next_change(row.created_on, today, policy)) or (None, None)
    duration = _duration(row, detail, today, policy) if is_open else None
    return AuthorizationView(
        number=row.number,
        created_on=row.created_on,
        created_by=row.created_by,
        po_number=row.po_number,
        status=row.status,
        state=age_state(row.created_on, today, policy) if is_open else None,
        age=age_in_days(row.created_on, today) if is_open else None,
        next_state=state,
        next_state_on=state_on,
        order_months=duration.months if duration else None,
        order_months_explanation=duration.explanation if duration else None,
        order_number=row.order_number,
        lines=row.lines,
    )


def _duration(row: AuthorizationRow, detail: CustomerDetail, today: date, policy: VipPolicy) -> OrderDuration | None:
    """How long the order for a Purchase Authorization has to run today; its licences began on its first day."""
    anniversary_on = detail.row.anniversary_on or _expected_anniversary(detail, policy)
    if anniversary_on is None:
        return None
    return order_duration(row.created_on, anniversary_on, policy, term_months=detail.term_months, ordered_on=today)


def _expected_anniversary(detail: CustomerDetail, policy: VipPolicy) -> date | None:
    """The Anniversary Date that will be set, where none is stored yet."""
    authorizations = [
        Authorization(number=each.number, created_on=each.created_on, status=AuthorizationStatus(each.status))
        for each in detail.authorizations
    ]
    first_order_on = min((order.ordered_on for order in detail.orders), default=None)
    base_on = base_date(authorizations, first_order_on, policy)
    return None if base_on is None else first_anniversary(base_on, detail.term_months)


def _plan(plan: Plan) -> PlanView:
    return PlanView(
        product=plan.product.name,
        sku=plan.product.sku,
        total=plan.total,
        active=plan.active,
        available=plan.available,
        pending=plan.pending,
    )


def _order(row: OrderRow) -> OrderView:
    return OrderView(
        number=row.number,
        kind=row.kind,
        renewal=row.kind == OrderKind.RENEWAL,
        ordered_on=row.ordered_on,
        po_number=row.po_number,
        lines=row.lines,
    )
