"""VIP Select levels: by quantity, by a term's orders, and from which day on."""

from __future__ import annotations

from datetime import date

import pytest

from viptui.rules import select_level
from viptui.rules.order import OrderKind, OrderLine
from viptui.rules.policy import VipPolicy

JUNE = date(2026, 6, 15)

LEVELS = {
    "no licences, no level": (0, None),
    "the first licence": (1, 1),
    "the last of level 1": (9, 1),
    "the first of level 2": (10, 2),
    "the second of level 2": (11, 2),
    "the last of level 2": (49, 2),
    "the first of level 3": (50, 3),
    "the last of level 3": (99, 3),
    "the first of level 4": (100, 4),
    "far above": (100_000, 4),
}


@pytest.mark.parametrize(("quantity", "level"), LEVELS.values(), ids=LEVELS)
def test_level_of_a_quantity(quantity: int, level: int | None) -> None:
    assert select_level.level_of(quantity) == level


@pytest.mark.parametrize(("level", "member"), [(None, False), (1, False), (2, True), (3, True), (4, True)], ids=str)
def test_select_begins_at_level_2(level: int | None, member: bool) -> None:
    assert select_level.is_select(level) is member


LOOKBACKS = {
    "in an ordinary month": (JUNE, date(2026, 5, 15)),
    "across a leap day": (date(2028, 3, 1), date(2028, 1, 30)),
    "across 28 February": (date(2027, 3, 1), date(2027, 1, 29)),
    "across the turn of the year": (date(2027, 1, 10), date(2026, 12, 10)),
}


@pytest.mark.parametrize(("anniversary", "expected"), LOOKBACKS.values(), ids=LOOKBACKS)
def test_the_look_back_is_31_days_before_the_anniversary(anniversary: date, expected: date) -> None:
    assert select_level.lookback_on(anniversary) == expected


def line(
    number: str,
    ordered_on: date,
    quantity: int,
    *,
    counts: bool = True,
    kind: OrderKind = OrderKind.ADD_ON,
    returned: int = 0,
) -> OrderLine:
    return OrderLine(
        number=number,
        kind=kind,
        ordered_on=ordered_on,
        quantity=quantity,
        counts_for_select=counts,
        returned=returned,
    )


AUTUMN, WINTER, SPRING = date(2025, 9, 1), date(2025, 12, 1), date(2026, 3, 1)
BEFORE, LOOKBACK, AFTER = date(2026, 5, 14), date(2026, 5, 15), date(2026, 5, 16)
THREE_FOURS = [line("A", AUTUMN, 4), line("B", WINTER, 4), line("C", SPRING, 4)]

TERMS = {
    "no orders, no level": ([], LOOKBACK, None),
    "4+4+4 the day before the look-back": (THREE_FOURS, BEFORE, 1),
    "4+4+4 on the look-back": (THREE_FOURS, LOOKBACK, 2),
    "4+4+4 the day after the look-back": (THREE_FOURS, AFTER, 2),
    "4+4 on the look-back": (THREE_FOURS[:2], LOOKBACK, 1),
    "one order of 10 counts at once": ([line("A", AUTUMN, 3), line("B", WINTER, 10)], WINTER, 2),
    "one order of 10 does not count before its day": (
        [line("A", AUTUMN, 3), line("B", WINTER, 10)],
        date(2025, 11, 30),
        1,
    ),
    "one order of 9 does not": ([line("A", AUTUMN, 9)], BEFORE, 1),
    "one order of 50 counts at once": ([line("A", AUTUMN, 50)], AUTUMN, 3),
    "one order of 100 counts at once": ([line("A", AUTUMN, 100)], AUTUMN, 4),
    "two lines of one order are one order": ([line("A", AUTUMN, 6), line("A", AUTUMN, 4)], AUTUMN, 2),
    "consumables do not count": ([line("A", AUTUMN, 12, counts=False)], AFTER, 1),
    "consumables do not help others": (
        [line("A", AUTUMN, 9), line("A", AUTUMN, 5, counts=False)],
        AFTER,
        1,
    ),
    "an order on the look-back day is added up": ([line("A", AUTUMN, 6), line("B", LOOKBACK, 4)], AFTER, 2),
    "an order after the look-back is not": ([line("A", AUTUMN, 6), line("B", AFTER, 4)], AFTER, 1),
    "what was returned does not count": ([line("A", AUTUMN, 12, returned=3)], AFTER, 1),
    "what was kept does": ([line("A", AUTUMN, 12, returned=2)], AFTER, 2),
    "only a return is no order": ([line("A", AUTUMN, 12, kind=OrderKind.RETURN)], AFTER, None),
    "an order that was returned in full is no order": ([line("A", AUTUMN, 12, returned=12)], AFTER, None),
    "the sum never lowers a level that one order reached": (
        [line("A", AUTUMN, 60), line("B", AFTER, 1)],
        JUNE,
        3,
    ),
}


@pytest.mark.parametrize(("lines", "today", "level"), TERMS.values(), ids=TERMS)
def test_level_in_a_term(lines: list[OrderLine], today: date, level: int | None) -> None:
    assert select_level.level_in_term(lines, JUNE, today) == level


BELONGING = {
    "an order on the first day": (OrderKind.INITIAL, date(2025, 6, 15), True),
    "an order the day before": (OrderKind.ADD_ON, date(2025, 6, 14), False),
    "an order on the last day": (OrderKind.ADD_ON, date(2026, 6, 14), True),
    "an order on the anniversary": (OrderKind.ADD_ON, date(2026, 6, 15), False),
    "a renewal before the term's window": (OrderKind.RENEWAL, date(2025, 5, 15), False),
    "a renewal on the first day of the term's window": (OrderKind.RENEWAL, date(2025, 5, 16), True),
    "a late renewal": (OrderKind.RENEWAL, date(2025, 7, 15), True),
    "a renewal the day before the next window": (OrderKind.RENEWAL, date(2026, 5, 15), True),
    "a renewal on the first day of the next window": (OrderKind.RENEWAL, date(2026, 5, 16), False),
}


@pytest.mark.parametrize(("kind", "ordered", "inside"), BELONGING.values(), ids=BELONGING)
def test_lines_of_a_term(kind: OrderKind, ordered: date, inside: bool) -> None:
    bought = line("A", ordered, 1, kind=kind)
    assert select_level.lines_of_term([bought], JUNE, VipPolicy()) == ([bought] if inside else [])


def test_an_extended_term_holds_more_than_a_year_of_orders() -> None:
    early = line("A", date(2023, 6, 15), 1)
    assert select_level.lines_of_term([early], JUNE, VipPolicy()) == []
    assert select_level.lines_of_term([early], JUNE, VipPolicy(), term_months=36) == [early]


STANDINGS: dict[str, tuple[list[OrderLine], date | None, date, int | None, str]] = {
    "nothing bought": ([], JUNE, BEFORE, None, "no level yet"),
    "no anniversary": ([], None, BEFORE, None, "no level yet"),
    "small orders before the look-back": (
        THREE_FOURS[:2],
        JUNE,
        BEFORE,
        None,
        "level 1 (VIP); level 2 needs 2 more by 2026-05-15",
    ),
    "enough small orders before the look-back": (
        THREE_FOURS,
        JUNE,
        BEFORE,
        None,
        "level 1 (VIP); level 2 from 2026-05-15 on",
    ),
    "the same on the look-back": (THREE_FOURS, JUNE, LOOKBACK, None, "level 2; level 3 needs 38 more by 2026-05-15"),
    "the same after it": (THREE_FOURS, JUNE, AFTER, None, "level 2; level 3 needs one order of 50"),
    "one large order": ([line("A", AUTUMN, 50)], JUNE, BEFORE, None, "level 3; level 4 needs 50 more by 2026-05-15"),
    "the highest": ([line("A", AUTUMN, 100)], JUNE, BEFORE, None, "level 4"),
    "a level that Adobe has given": (THREE_FOURS, JUNE, BEFORE, 3, "level 3; level 4 needs 88 more by 2026-05-15"),
    "consumables and returns are left out": (
        [line("A", AUTUMN, 20, counts=False), line("B", AUTUMN, 8, returned=3)],
        JUNE,
        BEFORE,
        None,
        "level 1 (VIP); level 2 needs 5 more by 2026-05-15",
    ),
    "orders of days to come are left out": (
        [line("A", AUTUMN, 4), line("B", AFTER, 4)],
        JUNE,
        BEFORE,
        None,
        "level 1 (VIP); level 2 needs 6 more by 2026-05-15",
    ),
}


@pytest.mark.parametrize(("lines", "anniversary", "today", "recorded", "words"), STANDINGS.values(), ids=STANDINGS)
def test_the_way_to_the_next_level(
    lines: list[OrderLine], anniversary: date | None, today: date, recorded: int | None, words: str
) -> None:
    assert select_level.in_words(select_level.select_standing(lines, anniversary, today, recorded)) == words
