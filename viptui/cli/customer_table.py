"""A customer list as a table for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from viptui.cli.tables import RED, YELLOW, Column, paper, print_table
from viptui.customer_views import CustomerView, Views, licences_to_renew
from viptui.rows import CustomerRow
from viptui.rules.filters import RENEWAL_TABS, CustomerFilter


def print_customers(views: Iterable[CustomerView], *, no_color: bool) -> None:
    """Print customers as they come."""
    print_table(COLUMNS, map(_cells, views), paper(no_color=no_color))


def print_chosen(
    rows: Iterable[CustomerRow], views: Views, columns: Sequence[str], tab: CustomerFilter, *, no_color: bool
) -> None:
    """Print chosen columns of customers of a tab as they come; none of them is left out, however narrow it is."""
    places = [place for word in columns for place in _PLACES[word]]

    def cells(row: CustomerRow) -> list[str]:
        texts = [*_cells(views.view(row)), _text(row.invited_on)]
        if tab in RENEWAL_TABS:
            texts[_LICENCES] = _count(licences_to_renew(row))
        return [texts[place] for place in places]

    table = [replace((*COLUMNS, _INVITED)[place], rank=0) for place in places]
    print_table(table, map(cells, rows), paper(no_color=no_color))


def state_text(state: str | None, age: int | None) -> str:
    """State by age, louder the worse it is, with the age in days: ``pending 12d``, ``OVERDUE 41d``."""
    if state is None:
        return ""
    return f"{state if state == 'pending' else state.upper()} {age}d"


def state_colour(text: str) -> str:
    """The colour that goes with a state; its words alone say as much."""
    return {"OVERDUE": YELLOW, "SUSPENDED": RED}.get(text.partition(" ")[0], "")


COLUMNS: Final = (
    Column(title="Customer", width=40, least=18),
    Column(title="E-mail", width=36, least=16, rank=9),
    Column(title="VIP ID", width=20),
    Column(title="Segment", width=10, rank=7),
    Column(title="State", width=14, colour=state_colour),
    Column(title="Licences", width=8, is_number=True, rank=4),
    Column(title="Amount", width=17, least=14, is_number=True, rank=6),
    Column(title="Anniversary", width=11, rank=2),
    Column(title="Days", width=5, is_number=True, rank=1),
    Column(title="Renewal", width=15, least=8, rank=3),
    Column(title="Managed by", width=16, least=10, rank=5),
    Column(title="Invitation", width=10, rank=8),
)

_INVITED: Final = Column(title="Invited", width=10)

_LICENCES: Final = 5
_PLACES: Final[Mapping[str, Sequence[int]]] = {
    "name": (0,),
    "email": (1,),
    "vip-id": (2,),
    "segment": (3,),
    "state": (4,),
    "licences": (_LICENCES,),
    "amount": (6,),
    "anniversary": (7, 8),
    "renewal": (9,),
    "managed-by": (10,),
    "invitation": (11,),
    "invited": (12,),
}
"""Where among the columns of the table those stand that somebody chooses."""


def _cells(view: CustomerView) -> tuple[str, ...]:
    return (
        view.organization_name,
        view.contact_email,
        view.vip_id,
        view.market_segment,
        state_text(view.authorization_state, view.authorization_age),
        _count(view.licences_waiting),
        "" if view.amount_waiting is None else f"{view.amount_waiting:,.2f} {view.currency}",
        _text(view.anniversary_date),
        _text(view.days_to_anniversary),
        _renewal(view),
        _text(view.managed_by),
        view.invitation_status,
    )


def _renewal(view: CustomerView) -> str:
    if view.renewal_phase == "none":
        return ""
    return f"{view.renewal_phase}, partly" if view.partially_renewed else view.renewal_phase


def _count(number: int) -> str:
    return f"{number:,}" if number else ""


def _text(value: object) -> str:
    return "" if value is None else str(value)
