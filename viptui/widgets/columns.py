"""Which columns a list shows in how much room, and a row as spans. Pure functions of frozen rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from viptui.rows import CustomerRow
from viptui.rules.column_words import USUAL_COLUMNS
from viptui.rules.filters import RENEWAL_TABS, CustomerFilter
from viptui.rules.listing import Choice, SortColumn
from viptui.rules.standing import Standing
from viptui.text import fitted
from viptui.widgets.paint import Span
from viptui.widgets.states import renewal_span, state_span

GAPS: Final = (2, 1)
"""Cells between two columns: as many as there is room for."""

MARGIN: Final = 3
"""Cells at the left, where the cursor and marks are drawn."""


class RowContext(NamedTuple):
    """What a row's looks depend on besides the row."""

    tab: CustomerFilter
    today: date


class Column(NamedTuple):
    """One column: its head, its width and how it draws a cell."""

    word: str
    """As commands and settings call it; most can be sorted by it too."""
    title: str
    width: int
    """Cells; for a column that grows the least it makes sense with."""
    cell: Callable[[CustomerRow, Standing, RowContext], Span]
    grows: int = 0
    """Share of the cells that are left over."""
    right: bool = False


def _name(row: CustomerRow, _standing: Standing, _context: RowContext) -> Span:
    return row.organization_name, "plain"


def _email(row: CustomerRow, _standing: Standing, _context: RowContext) -> Span:
    return row.contact_email, "plain"


def _state(_row: CustomerRow, standing: Standing, context: RowContext) -> Span:
    return state_span(context.tab, standing)


def _licences(row: CustomerRow, _standing: Standing, context: RowContext) -> Span:
    if context.tab in RENEWAL_TABS:
        count = row.facts.licences_due - row.facts.licences_renewed
    else:
        count = row.facts.open_licences
    return (f"{count:,}" if count else ""), "plain"


def _amount(row: CustomerRow, _standing: Standing, _context: RowContext) -> Span:
    amount = row.facts.open_amount
    return ("" if amount is None else f"{amount:,.2f} {row.facts.open_currency}"), "plain"


def _anniversary(_row: CustomerRow, standing: Standing, _context: RowContext) -> Span:
    day, days = standing.anniversary_on, standing.days_to_anniversary
    return ("" if day is None else f"{day} {f'{days}d':>5}"), "plain"


def _segment(row: CustomerRow, _standing: Standing, _context: RowContext) -> Span:
    return row.market_segment[:3].upper(), "plain"


def _managed_by(row: CustomerRow, _standing: Standing, _context: RowContext) -> Span:
    return row.managed_by or "-", "plain"


def _invitation(row: CustomerRow, _standing: Standing, context: RowContext) -> Span:
    if row.invitation_status != "Pending":
        return row.invitation_status.lower(), "plain"
    if row.invited_on is None:
        return "PENDING", "warning"
    days = max(0, (context.today - row.invited_on).days)
    return f"PENDING {f'{days}d' if days < 1000 else f'{days // 365}y'}", "warning"


def _vip_id(row: CustomerRow, _standing: Standing, _context: RowContext) -> Span:
    return row.vip_id, "plain"


def _renewal(_row: CustomerRow, standing: Standing, _context: RowContext) -> Span:
    return renewal_span(standing)


def _invited(row: CustomerRow, _standing: Standing, _context: RowContext) -> Span:
    return ("" if row.invited_on is None else str(row.invited_on)), "plain"


COLUMNS: Final[tuple[Column, ...]] = (
    Column(word=SortColumn.NAME, title="Customer", width=19, cell=_name, grows=3),
    Column(word=SortColumn.EMAIL, title="E-mail", width=17, cell=_email, grows=2),
    Column(word=SortColumn.STATE, title="   State", width=17, cell=_state),
    Column(word=SortColumn.LICENCES, title="Lic.", width=5, cell=_licences, right=True),
    Column(word=SortColumn.AMOUNT, title="Amount", width=14, cell=_amount, right=True),
    Column(word=SortColumn.ANNIVERSARY, title="Anniversary", width=16, cell=_anniversary),
    Column(word=SortColumn.SEGMENT, title="Seg", width=3, cell=_segment),
    Column(word=SortColumn.MANAGED_BY, title="Managed by", width=12, cell=_managed_by),
    Column(word=SortColumn.INVITATION, title="Invitation", width=12, cell=_invitation),
    Column(word="vip-id", title="VIP ID", width=20, cell=_vip_id),
    Column(word="renewal", title="   Renewal", width=17, cell=_renewal),
    Column(word=SortColumn.INVITED, title="Invited", width=10, cell=_invited),
)
"""Every column; those that nobody has to choose first, from left to right."""

_USUAL: Final = COLUMNS[: len(USUAL_COLUMNS)]
_BY_WORD: Final[Mapping[str, Column]] = {each.word: each for each in COLUMNS}

_FOLDED_FIRST: Final = (
    SortColumn.AMOUNT,
    SortColumn.EMAIL,
    SortColumn.SEGMENT,
    SortColumn.INVITATION,
    SortColumn.MANAGED_BY,
    SortColumn.LICENCES,
    SortColumn.ANNIVERSARY,
)
"""The order in which columns give way; name and state stay. What folds away stands in the preview."""

_KEPT_FIRST: Final = (
    *(SortColumn.NAME, SortColumn.STATE),
    *(each.word for each in COLUMNS[len(USUAL_COLUMNS) :]),
    *reversed(_FOLDED_FIRST),
)
"""The same for columns that were chosen: what is there only because somebody asked for it stays longer."""


USUAL: Final = Choice()


class Layout(NamedTuple):
    """Columns with their final widths."""

    columns: tuple[tuple[Column, int], ...]
    width: int
    gap: int
    skipped: int = 0
    """Columns behind the first one that are out at the left."""
    goes_on: bool = False
    """Whether others are out at the right."""
    cells: tuple[tuple[Callable[[CustomerRow, Standing, RowContext], Span], int, int, bool], ...] = ()
    """What draws the cell of each column, its width, the same with the gap behind it, and whether it is right-aligned.

    A page has hundreds of cells, so what can be known before is.
    """


@lru_cache(maxsize=64)
def layout(width: int, prices: bool, choice: Choice = USUAL) -> Layout:
    """The columns that fit into ``width`` cells; the amount only where ``prices`` are known.

    The first one, under which the cursor lies, never gives way.
    """
    wanted = wanted_columns(prices, choice)
    skipped = 0
    if choice.is_wide:
        skipped = min(choice.skipped, _most_skipped(wanted, width))
        shown = _without_the_last([wanted[0], *wanted[1 + skipped :]], width)
    else:
        shown = _kept(wanted, width) if choice.columns else _folded(wanted, width)
    gap = next((gap for gap in GAPS if _least(shown, gap) <= width), GAPS[-1])
    spare = max(0, width - _least(shown, gap))
    shares = sum(column.grows for column in shown)
    widths = [column.width + (spare * column.grows // shares if shares else 0) for column in shown]
    rest = next((at for at, column in enumerate(shown) if column.grows), 0)
    widths[rest] = max(1, widths[rest] + width - MARGIN - sum(widths) - gap * (len(widths) - 1))
    goes_on = choice.is_wide and 1 + skipped + len(shown[1:]) < len(wanted)
    gaps = [gap] * (len(shown) - 1) + [0]
    columns = tuple(zip(shown, widths, strict=True))
    drawn = tuple((each.cell, its, its + gap, each.right) for (each, its), gap in zip(columns, gaps, strict=True))
    return Layout(columns, width, gap, skipped, goes_on, drawn)


def wanted_columns(prices: bool, choice: Choice) -> list[Column]:
    """The columns that are shown where there is room for all of them."""
    if choice.columns:
        columns = tuple(_BY_WORD[word] for word in choice.columns)
    else:
        columns = COLUMNS if choice.is_wide else _USUAL
    return [each for each in columns if prices or each.word != SortColumn.AMOUNT] or [*columns]


def _folded(columns: list[Column], width: int) -> list[Column]:
    """The columns without those that give way first."""
    folding = iter(_FOLDED_FIRST)
    while _least(columns, GAPS[-1]) > width and (folded := next(folding, None)):
        columns = [column for column in columns if column.word != folded]
    return columns


def _kept(columns: list[Column], width: int) -> list[Column]:
    """As many of the columns as fit, those first that give way last."""
    kept = columns[:1]
    for column in sorted(columns[1:], key=lambda column: _KEPT_FIRST.index(column.word)):
        if _least([*kept, column], GAPS[-1]) <= width:
            kept.append(column)
    return [column for column in columns if column in kept]


def _without_the_last(columns: list[Column], width: int) -> list[Column]:
    """As many of the columns as fit, from the first on."""
    count = len(columns)
    while count > 1 and _least(columns[:count], GAPS[-1]) > width:
        count -= 1
    return columns[:count]


def _most_skipped(columns: list[Column], width: int) -> int:
    """How many have to go out at the left until the last one is there."""
    skips = range(max(1, len(columns) - 1))
    return next((each for each in skips if _least([columns[0], *columns[1 + each :]], GAPS[-1]) <= width), skips[-1])


def header(shape: Layout, sort: SortColumn, *, reverse: bool) -> list[Span]:
    """The columns' heads, with an arrow at the one that decides the order, and signs for columns out at either end."""
    texts = []
    for column, width in shape.columns:
        arrow = ("\u2191" if reverse else "\u2193") if column.word == sort else ""
        title = column.title + arrow
        texts.append(title.rjust(width)[:width] if column.right else fitted(title, width))
    ends = ("<" if shape.skipped else " ") + (">" if shape.goes_on else " ")
    return [(ends.ljust(MARGIN) + (" " * shape.gap).join(texts), "heading")]


def cells(shape: Layout, row: CustomerRow, standing: Standing, context: RowContext) -> list[Span]:
    """A row as spans without its margin."""
    line: list[Span] = []
    for cell, width, with_gap, is_right in shape.cells:
        text, style = cell(row, standing, context)
        if len(text) > width or not (text.isascii() and text.isprintable()):
            text = fitted(text.rjust(width) if is_right else text, width) + " " * (with_gap - width)
        elif is_right:
            text = text.rjust(width).ljust(with_gap)
        else:
            text = text.ljust(with_gap)
        line.append((text, style))
    return line


TITLE_OF: Final[Mapping[str, str]] = {column.word: column.title.strip() for column in COLUMNS} | {
    SortColumn.LICENCES: "Licences",
    SortColumn.SEGMENT: "Segment",
}


def _least(columns: Sequence[Column], gap: int) -> int:
    return MARGIN + sum(column.width for column in columns) + gap * (len(columns) - 1)
