"""What the administration shows, as text: tabs, columns, rows, what to say without any. Pure functions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from enum import Enum, auto
from typing import Final, NamedTuple

from viptui.pressed import pressed
from viptui.record_rows import ChangeCodeRow, ProductRow, TeamRow
from viptui.rules.folding import fold
from viptui.rules.managed_by import ROLE_NAMES, MemberStatus, Role
from viptui.rules.policy import VipPolicy
from viptui.rules.reseller_change import CodeState, ResellerChangeCode, code_state, time_left
from viptui.text import fitted, width_of
from viptui.widgets.paint import Span, SpanLine

GAP: Final = 2
"""Cells between columns."""


class Column(NamedTuple):
    """A column, from as narrow as it can be read to as wide as it is of use."""

    title: str
    least: int
    most: int
    leaves: int = 0
    """Whether, and as which one, it is left out where there is no room for all: Enter shows what stands in it."""
    is_number: bool = False
    short: str = ""
    """What it is called where its name has no room."""


class Cells(NamedTuple):
    """What stands in the columns of a row, and the style of all of it."""

    texts: Sequence[str]
    style: str = "plain"


class Row(NamedTuple):
    """Something to act on."""

    key: str
    """What actions call it: a login, a SKU, a code."""
    whom: str
    """The same in words."""
    words: str
    """What a search looks in, folded."""
    cells: Callable[[datetime], Cells]
    """How it stands at an instant."""
    ends_at: datetime | None = None
    """When its countdown is over, if there is one."""


class Takes(Enum):
    """What a key does with the row under the cursor."""

    NOTHING = auto()
    ROW = auto()
    """Acts on it, and needs one."""
    RUNNING_ROW = auto()
    """Begins with it, if its time is not over; otherwise without any."""


class Verb(NamedTuple):
    """A key of a tab, and the action of the table that it does."""

    key: str
    action: str
    footer: str
    takes: Takes = Takes.ROW


class Tab(NamedTuple):
    """One of the tabs."""

    title: str
    columns: Sequence[Column]
    verbs: Sequence[Verb]
    noun: tuple[str, str]
    """What a row is, and what several are."""
    nothing: str
    """What to do where there is nothing yet; ``{first}`` is the key of the first verb."""


TEAM: Final = Tab(
    "Team",
    (
        Column("Login", 12, 24),
        Column("Name", 11, 30),
        Column("E-mail", 14, 40, leaves=1),
        Column("Role", 13, 13, leaves=2),
        Column("Status", 8, 8),
        Column("Customers", 9, 9, is_number=True),
    ),
    (
        Verb("a", "team.add", "add", Takes.NOTHING),
        Verb("D", "team.deactivate", "deactivate"),
        Verb("o", "team.role", "role"),
        Verb("n", "team.map", "login"),
        Verb("e", "team.email", "e-mail"),
    ),
    ("member", "members"),
    "The team has no members yet: {first} adds the first one.",
)

PRODUCTS: Final = Tab(
    "Products",
    (
        Column("SKU", 15, 20),
        Column("Product", 20, 56),
        Column("Segment", 4, 10, leaves=2, short="Seg"),
        Column("Type", 4, 10, leaves=1),
        Column("Price", 12, 16, is_number=True),
        Column("Authorization", 14, 14, leaves=3),
        Column("Sold", 4, 4),
    ),
    (
        Verb("a", "product.add", "add", Takes.NOTHING),
        Verb("D", "product.deactivate", "stop selling"),
        Verb("s", "product.activate", "sell again"),
    ),
    ("product", "products"),
    "There are no products yet: {first} adds one, 'viptui import-products' takes a price list over.",
)

CODES: Final = Tab(
    "Change codes",
    (
        Column("Code", 19, 19),
        Column("VIP number", 12, 22),
        Column("Admin e-mail", 12, 40, leaves=2),
        Column("Sent by", 8, 16, leaves=1),
        Column("State", 7, 7),
        Column("Time left", 11, 11, is_number=True),
    ),
    (
        Verb("s", "reseller_change.send", "send a code", Takes.NOTHING),
        Verb("c", "reseller_change.complete", "complete", Takes.RUNNING_ROW),
    ),
    ("code", "codes"),
    "No reseller change code has been sent yet: {first} sends one.",
)

TABS: Final = (TEAM, PRODUCTS, CODES)
"""What the keys 1 to 3 show."""

OF_ALL: Final = "all"
"""Segment or type of a product that all can buy."""

_SAY_LITTLE: Final = frozenset({"yes", "no", OF_ALL})


def tab_line(active: int) -> list[Span]:
    """The tabs."""
    texts = [f"{pressed(f'administration.tab.{at}', str(at + 1))} {tab.title}" for at, tab in enumerate(TABS)]
    return [(f"[{text}]", "bar-on") if at == active else (f" {text} ", "bar") for at, text in enumerate(texts)]


def widths(columns: Sequence[Column], room: int) -> list[int]:
    """Cells for each column, 0 for one that is left out: its least, and of what is left most for what lacks most."""
    found = [each.least for each in columns]
    for index in sorted(range(len(columns)), key=lambda index: columns[index].leaves):
        if columns[index].leaves and _taken(found) > room:
            found[index] = 0
    for _ in range(room - _taken(found)):
        lacking = [column.most - width if width else 0 for column, width in zip(columns, found, strict=True)]
        found[lacking.index(max(lacking))] += bool(max(lacking))
    return found


def heading(columns: Sequence[Column], fitting: Sequence[int]) -> SpanLine:
    """The names of the columns."""
    names = [
        each.short if each.short and width < width_of(each.title) else each.title
        for each, width in zip(columns, fitting, strict=True)
    ]
    return [(_joined(columns, fitting, names), "heading")]


def row_line(columns: Sequence[Column], fitting: Sequence[int], cells: Cells) -> SpanLine:
    """A row as a line of the list."""
    return [(_joined(columns, fitting, cells.texts), cells.style)]


def told(columns: Sequence[Column], cells: Cells) -> str:
    """All of a row in words; what says too little by itself stands behind the name of its column."""
    texts = [(column, text) for column, text in zip(columns, cells.texts, strict=True) if text]
    return ", ".join(
        f"{column.title.lower()} {text}" if column.is_number or text in _SAY_LITTLE else text for column, text in texts
    )


def found_line(tab: Tab, found: int, total: int) -> SpanLine:
    """How many rows there are, or were found."""
    counted = f"{total:,} {tab.noun[total != 1]}"
    return [(counted if found == total else f"{found:,} of {counted}", "dim")]


def nothing_line(tab: Tab, search: str) -> SpanLine:
    """What to say instead of rows."""
    if search:
        drops = pressed("administration.clear", "esc")
        return [(f' None of the {tab.noun[1]} has "{search}" in it: {drops} drops the search.', "strong")]
    first = tab.verbs[0]
    return [(" " + tab.nothing.format(first=pressed(first.action, first.key)), "strong")]


def member_row(member: TeamRow) -> Row:
    """A team member; who has left, or has not come yet, is dim."""
    texts = (member.login, member.name, member.email, ROLE_NAMES[Role(member.role)], member.status)
    style = "plain" if member.status == MemberStatus.ACTIVE else "dim"
    cells = Cells((*texts, f"{member.customers:,}"), style)
    return Row(member.login, f"{member.name}  {member.login}", _words(texts), lambda _: cells)


def product_row(product: ProductRow) -> Row:
    """A product; what is no longer sold is dim."""
    price = "" if product.price is None else f"{product.price:,.2f} {product.currency or ''}".rstrip()
    names = (product.sku, product.name)
    kind = (product.market_segment or OF_ALL, product.type or OF_ALL)
    allowed = "PA allowed" if product.pa_allowed else "order directly"
    sold = "yes" if product.active else "no"
    cells = Cells((*names, *kind, price, allowed, sold), "plain" if product.active else "dim")
    return Row(product.sku, f"{product.name}  {product.sku}", _words(names), lambda _: cells)


def code_row(code: ChangeCodeRow, policy: VipPolicy) -> Row:
    """A change code; one that cannot be used any more is dim."""
    facts = ResellerChangeCode(issued_at=code.issued_at, used_at=code.used_at, expires_at=code.expires_at)
    names = (code.code, code.vip_id, code.admin_email, code.requested_by or "")

    def cells(now: datetime) -> Cells:
        state = code_state(facts, now, policy)
        left = int((code.expires_at - now).total_seconds()) if state is CodeState.VALID else 0
        return Cells((*names, state.value, time_left(left)), "plain" if state is CodeState.VALID else "dim")

    ends_at = code.expires_at if code.used_at is None else None
    return Row(code.code, f"{code.vip_id}  {code.admin_email}", _words(names), cells, ends_at)


def _words(texts: Iterable[str]) -> str:
    return fold("\n".join(texts))


def _joined(columns: Sequence[Column], fitting: Sequence[int], texts: Iterable[str]) -> str:
    parts = [
        fitted(" " * (width - width_of(text)) * column.is_number + text, width)
        for column, width, text in zip(columns, fitting, texts, strict=True)
        if width
    ]
    return (" " * GAP).join(parts)


def _taken(found: Sequence[int]) -> int:
    shown = [each for each in found if each]
    return sum(shown) + GAP * (len(shown) - 1)
