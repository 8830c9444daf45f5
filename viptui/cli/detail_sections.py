"""Everything about one customer as sections for people."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo

from viptui.cli.customer_table import state_colour, state_text
from viptui.cli.detail_views import AuthorizationView, DetailView
from viptui.cli.tables import BOLD, Column, Paper, coloured, paper, print_table, snug
from viptui.rows import LineRow
from viptui.text import visible, width_of


def print_detail(view: DetailView, zone: tzinfo, *, no_color: bool) -> None:
    """Print the sections in the order of the Reseller Console; instants in ``zone``."""
    on = paper(no_color=no_color)
    _print_customer(view, on)
    _print_waiting([each for each in view.authorizations if each.state is not None], on)
    _print_table(
        "Products",
        (_text("Product", 40), _number("Total"), _number("Active"), _number("Available"), _number("Pending")),
        [
            (each.product, f"{each.total:,}", f"{each.active:,}", f"{each.available:,}", f"{each.pending:,}")
            for each in view.products
        ],
        on,
    )
    _print_table(
        "Purchase Authorization history",
        (_text("Number", 14), _text("Created", 10), _text("By", 8), _text("Status", 10), _text("PO number", 16))
        + (_text("Order", 14), _text("Products", 60)),
        [
            (each.number, f"{each.created_on}", each.created_by, each.state or each.status, each.po_number)
            + (each.order_number or "", _products(each.lines))
            for each in view.authorizations
        ],
        on,
    )
    _print_table(
        "Orders",
        (_text("Number", 14), _text("Ordered", 10), _text("Kind", 8), _text("PO number", 16), _text("Products", 60)),
        [
            (each.number, f"{each.ordered_on}", each.kind.upper() if each.renewal else each.kind, each.po_number)
            + (_products(each.lines),)
            for each in view.orders
        ],
        on,
    )
    _print_notes(view, zone, on)
    _print_table(
        "History",
        (_text("When", 16), _text("Who", 16), _text("What", 24), _text("Of", 60)),
        [(_moment(each.at, zone), each.actor, each.action, each.detail) for each in view.history],
        on,
    )


def _print_customer(view: DetailView, on: Paper) -> None:
    sys.stdout.write(coloured(visible(view.organization_name), BOLD if on.has_colour else "") + "\n")
    for label, text in _fields(view):
        sys.stdout.write(f"  {label:<20}  {visible(text)}\n")


def _fields(view: DetailView) -> Iterator[tuple[str, str]]:
    """The customer details that are known, under the names of the Reseller Console."""
    yield "VIP ID", view.vip_id
    if view.organization_name_english:
        yield "In English", view.organization_name_english
    yield "Contract owner", _joined(", ", view.contact_name, view.contact_email)
    place = _joined(" ", view.postal_code, view.city)
    yield "Address", _joined(", ", view.address, place, view.region, view.country)
    yield "Invitation", _invitation(view)
    yield "Type", view.type
    yield "Anniversary date", _anniversary(view)
    yield "Renewal", _renewal(view)
    yield "Market segment", view.market_segment
    yield "Managed by", _joined(", ", view.managed_by_name, view.managed_by or "nobody", view.managed_by_email)
    yield "VIP Select", "not known" if view.select_level is None else f"level {view.select_level}"
    yield "3-year commit", _commitment(view)
    yield "State", state_text(view.authorization_state, view.authorization_age) or "nothing waits for an order"
    yield "Lists", ", ".join(view.filters)


def _invitation(view: DetailView) -> str:
    invited = f"invited on {view.invited_on}" if view.invited_on else ""
    accepted = f"accepted on {view.accepted_on}" if view.accepted_on else ""
    return _joined(", ", view.invitation_status, invited, accepted)


def _anniversary(view: DetailView) -> str:
    if view.anniversary_date is None:
        return "set by the first order or Purchase Authorization"
    days = view.days_to_anniversary or 0
    when = f"in {days} days" if days > 0 else f"{-days} days ago" if days else "today"
    term = "" if view.term_months == 12 else f"first term {view.term_months} months"
    return _joined(", ", str(view.anniversary_date), when, "chosen at the invitation" if view.anniversary_given else "", term)


def _renewal(view: DetailView) -> str:
    partly = "partly renewed" if view.partially_renewed else ""
    grace = "" if view.grace_days_left is None else f"{view.grace_days_left} days left"
    return _joined(", ", view.renewal_phase, partly, grace)


def _commitment(view: DetailView) -> str:
    if view.commitment_status is None:
        return "none"
    quantity = "" if view.commitment_quantity is None else f"{view.commitment_quantity:,} licences"
    start = f"from {view.commitment_start_on}" if view.commitment_start_on else ""
    end = f"to {view.commitment_end_on}" if view.commitment_end_on else ""
    return _joined(", ", view.commitment_status, quantity, _joined(" ", start, end))


def _print_waiting(waiting: Sequence[AuthorizationView], on: Paper) -> None:
    """Open Purchase Authorizations: what to order for how long, and what happens when nobody does."""
    _print_table(
        "Pending and overdue Purchase Authorizations",
        (
            _text("Number", 14),
            _text("Created", 10),
            Column(title="State", width=14, colour=state_colour),
            _text("Turns", 24),
            _text("PO number", 16),
            _text("Products", 60),
        ),
        [
            (each.number, f"{each.created_on}", state_text(each.state, each.age), _turns(each), each.po_number)
            + (_products(each.lines),)
            for each in waiting
        ],
        on,
    )
    for each in waiting:
        if each.order_months_explanation:
            sys.stdout.write(f"  Order {visible(each.number)} for {each.order_months_explanation}.\n")


def _turns(view: AuthorizationView) -> str:
    return "" if view.next_state is None else f"{view.next_state} on {view.next_state_on}"


def _print_notes(view: DetailView, zone: tzinfo, on: Paper) -> None:
    _print_title("Notes", on)
    for note in view.notes:
        sys.stdout.write(f"  {_moment(note.written_at, zone)}  {visible(note.author)}\n")
        for line in note.body.splitlines():
            sys.stdout.write(f"    {visible(line)}\n")
    if not view.notes:
        sys.stdout.write("  none\n")


def _print_table(title: str, columns: Sequence[Column], rows: Sequence[Sequence[str]], on: Paper) -> None:
    _print_title(title, on)
    if rows:
        print_table(snug(columns, rows), rows, on)
    else:
        sys.stdout.write("  none\n")


def _print_title(title: str, on: Paper) -> None:
    sys.stdout.write("\n" + coloured(title, BOLD if on.has_colour else "") + "\n")


def _products(lines: Sequence[LineRow]) -> str:
    return ", ".join(f"{line.quantity:,} x {line.product}" for line in lines)


def _moment(instant: datetime, zone: tzinfo) -> str:
    return f"{instant.astimezone(zone):%Y-%m-%d %H:%M}"


def _joined(separator: str, *texts: str) -> str:
    return separator.join(filter(None, texts))


def _text(title: str, width: int) -> Column:
    return Column(title=title, width=width, least=min(width, 10))


def _number(title: str) -> Column:
    return Column(title=title, width=10, is_number=True)
