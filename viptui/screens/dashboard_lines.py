"""The dashboard as lines: panels of bars with their numbers, side by side. Pure functions.

Bars are told by their length and by the numbers beside them, the cursor by a mark: nothing is told by colour alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from typing import Final, NamedTuple

from viptui.dashboard_rows import Ageing, MemberLoad, PastDueDay, RenewalWeek
from viptui.rules.dashboard import Way, way_to_age, way_to_load, way_to_past_due, way_to_week
from viptui.rules.filters import CustomerFilter
from viptui.rules.policy import VipPolicy
from viptui.text import fitted, width_of
from viptui.widgets.paint import Span, SpanLine

FULL, HALF = "\u2588", "\u258c"

LEAST_BAR: Final = 3
"""Cells of the longest bar, at least: the label gives way before."""

WIDE: Final = 72
"""Cells from which on two panels stand side by side; below, and on low screens, the panel with the cursor is alone."""

HIGH: Final = 18
"""Lines from which on they stand one above the other."""

AIRY: Final = 20
"""Bars of a panel stand apart where there is room for that, if together they would be so many lines or more."""

GAP: Final = 2
"""Cells between the two columns of panels."""


class Bar(NamedTuple):
    """One line of a panel."""

    label: str
    values: tuple[int | Decimal, ...]
    """One a measure of the panel: how long the bar is."""
    numbers: tuple[str, ...]
    """The same as they are written beside it."""
    style: str
    told: str
    """The bar in words."""
    ways: tuple[Way, ...]
    """The list with its customers, for each measure, or for all of them."""

    def way(self, measure: int) -> Way:
        """Where Enter leads."""
        return self.ways[min(measure, len(self.ways) - 1)]


class Panel(NamedTuple):
    """Bars of one kind."""

    title: str
    measures: tuple[str, ...]
    """What is counted: the heads of the columns of numbers."""
    bars: tuple[Bar, ...]
    nothing: str = ""
    """What is said where there are no bars."""


class Cursor(NamedTuple):
    """Where somebody is in a panel."""

    at: int = 0
    measure: int = 0


def ageing_panel(rows: Sequence[Ageing], today: date) -> Panel:
    """Open Purchase Authorizations by age; a column for each currency that prices are known in."""
    currencies = sorted({currency for row in rows for currency in row.amounts})
    bars = []
    for row in rows:
        amounts = [row.amounts.get(each, Decimal(0)) for each in currencies]
        many = "PA" if row.authorizations == 1 else "PAs"
        told = f"{row.authorizations:,} {many} of {row.band.words} days, {row.state}: {row.licences:,} licences"
        if row.licences_without_price == row.licences:
            told += ", no price is known" if row.licences else ""
        elif row.licences_without_price:
            told += f", {row.licences_without_price:,} of them without a price"
        bars.append(
            Bar(
                label=row.band.words,
                values=(row.authorizations, row.licences, *amounts),
                numbers=(f"{row.authorizations:,}", f"{row.licences:,}", *(f"{each:,.0f}" for each in amounts)),
                style=row.state,
                told=f"{told}.",
                ways=(way_to_age(row.band, today),),
            )
        )
    return Panel("PA ageing, days", ("PAs", "lic.", *currencies), tuple(bars), "Adding up…")


def weeks_panel(rows: Sequence[RenewalWeek], today: date, policy: VipPolicy) -> Panel:
    """Renewals of the weeks that begin today."""
    bars = tuple(
        Bar(
            label=f"{row.first:%m-%d}",
            values=(row.customers,),
            numbers=(f"{row.customers:,}",),
            style=_week_style(row, today, policy),
            told=f"{row.customers:,} with licences to renew from {row.first} to {row.last}.",
            ways=(way_to_week(row.first, row.last, today, policy),),
        )
        for row in rows
    )
    return Panel("Renewals, weeks from", ("due",), bars)


def team_panel(rows: Sequence[MemberLoad]) -> Panel:
    """What every member has to do."""
    bars = []
    for row in rows:
        values = (row.customers, row.past_due, row.upcoming, row.ready)
        whom = row.login or "Nobody"
        bars.append(
            Bar(
                label=row.login or "(nobody)",
                values=values,
                numbers=tuple(f"{each:,}" for each in values),
                style="plain",
                told=(
                    f"{whom} manages {row.customers:,}: {row.past_due:,} past due, {row.upcoming:,} upcoming, "
                    f"{row.ready:,} ready."
                ),
                ways=tuple(way_to_load(row.login, each) for each in _MEASURED),
            )
        )
    return Panel("Team", ("all", "due", "upc", "rdy"), tuple(bars), "The team has no members yet.")


def trend_panel(rows: Sequence[PastDueDay], today: date) -> Panel:
    """Past due on the days looked back at."""
    bars = tuple(
        Bar(
            label=f"{row.day:%m-%d}",
            values=(row.customers,),
            numbers=(f"{row.customers:,}" + (" " if row.is_counted else "+"),),
            style="overdue" if row.day == today else "plain",
            told=_told_day(row, today),
            ways=(way_to_past_due(row.day, today),),
        )
        for row in rows
    )
    return Panel("Past due so far", ("customers",), bars)


def screen_lines(
    panels: Sequence[Panel], cursors: Sequence[Cursor], active: int, width: int, height: int
) -> list[SpanLine]:
    """All panels in so many cells and lines; where that is too little, the one with the cursor alone."""
    if width < WIDE or height < HIGH:
        return _panel_lines(panels[active], cursors[active], active, width, height, is_active=True)
    left = (width - GAP) // 2
    columns = []
    for upper, lower, room in ((0, 1, left), (2, 3, width - GAP - left)):
        above = _height_above(panels[upper], panels[lower], height)
        column = [
            *_panel_lines(panels[upper], cursors[upper], upper, room, above, is_active=upper == active),
            [(" " * room, "plain")],
            *_panel_lines(panels[lower], cursors[lower], lower, room, height - above - 1, is_active=lower == active),
        ]
        columns.append(column)
    blank: SpanLine = [(" " * left, "plain")]
    return [
        [*(one or blank), (" " * GAP, "plain"), *(other or [])] for one, other in zip_longest(*columns, fillvalue=None)
    ]


def _height_above(above: Panel, below: Panel, height: int) -> int:
    """Lines of the upper of two panels: all that it has, as long as the lower one keeps the larger part."""
    wanted = 1 + max(1, len(above.bars))
    spare = height - 1 - (1 + len(below.bars))
    return max(min(wanted, 8), min(wanted, spare))


def _panel_lines(
    panel: Panel, cursor: Cursor, index: int, width: int, height: int, *, is_active: bool
) -> list[SpanLine]:
    """The heading and as many bars around the cursor as there is room for."""
    if not panel.bars:
        return [_heading(panel, cursor, index, [], width, is_active=is_active), _padded(f"   {panel.nothing}", width)]
    widths = [
        max(len(head) + 1, *(len(bar.numbers[number]) for bar in panel.bars))
        for number, head in enumerate(panel.measures)
    ]
    room = max(1, height - 1)
    first = max(0, min(cursor.at - room // 2, len(panel.bars) - room))
    label = max(width_of(bar.label) for bar in panel.bars)
    numbers = sum(widths) + len(widths)
    label = max(1, min(label, width - 4 - LEAST_BAR - numbers))
    longest = max(0, width - 3 - label - numbers)
    most = max(bar.values[cursor.measure] for bar in panel.bars)
    is_airy = height >= 2 * len(panel.bars) > AIRY
    lines = [_heading(panel, cursor, index, widths, width, is_active=is_active)]
    for at, bar in enumerate(panel.bars[first : first + room], start=first):
        drawn = _drawn(bar.values[cursor.measure], most, longest)
        figures = "".join(f" {number:>{size}}" for number, size in zip(bar.numbers, widths, strict=True))
        has_cursor = is_active and at == cursor.at
        text = f"{fitted(bar.label, label)} "
        rest = width - 2 - width_of(text) - longest - len(figures)
        line: list[Span] = [("> " if has_cursor else "  ", "accent")]
        if has_cursor:
            line.append((text + drawn + " " * rest + figures, "cursor"))
        else:
            line += [(text, "plain"), (drawn, bar.style), (" " * rest + figures, "plain")]
        lines.append(line)
        if is_airy and at + 1 < len(panel.bars):
            lines.append(_padded("", width))
    return lines


def _heading(
    panel: Panel, cursor: Cursor, index: int, widths: Sequence[int], width: int, *, is_active: bool
) -> SpanLine:
    """Number and title, the panel with the cursor in brackets as a tab is; a star at the measure that is drawn."""
    title = f"{index + 1} {panel.title}"
    heads = [
        f" {head + ('*' if len(widths) > 1 and number == cursor.measure else ' '):>{size}}"
        for number, (head, size) in enumerate(zip(panel.measures, widths, strict=False))
    ]
    right = "".join(heads)
    left = fitted(f"[{title}]" if is_active else f" {title} ", max(0, width - len(right)))
    return [(left, "bar-on" if is_active else "strong"), (right, "dim")]


def _drawn(value: int | Decimal, most: int | Decimal, longest: int) -> str:
    """A bar of so many cells; what is not nothing can be seen."""
    halves = int(value * longest * 2 / most) if most else 0
    if value:
        halves = max(1, halves)
    return (FULL * (halves // 2) + HALF * (halves % 2)).ljust(longest)


def _padded(text: str, width: int) -> SpanLine:
    return [(fitted(text, width), "dim")]


def _week_style(row: RenewalWeek, today: date, policy: VipPolicy) -> str:
    days = (row.first - today).days
    return "ready" if days <= policy.window_open_days else "upcoming"


def _told_day(row: PastDueDay, today: date) -> str:
    if row.day == today:
        return f"{row.customers:,} are past due today."
    if row.is_counted:
        return f"{row.customers:,} were past due on {row.day}, as counted on that day."
    return f"At least {row.customers:,} on {row.day}: they wait still; who has ordered since is missing."


_MEASURED: Final = (
    CustomerFilter.ALL,
    CustomerFilter.PAST_DUE,
    CustomerFilter.UPCOMING_RENEWALS,
    CustomerFilter.READY_FOR_RENEWAL,
)
"""The tabs that the team's measures are about."""
