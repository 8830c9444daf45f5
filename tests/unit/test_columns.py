"""Columns fold by room, rows fill the screen exactly whatever they are called, and every state has words of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

import pytest
from rich.cells import cell_len

from viptui.errors import SettingsError
from viptui.rows import CustomerRow
from viptui.rules.authorization import AuthorizationState
from viptui.rules.column_words import COLUMNS as ALL_COLUMNS
from viptui.rules.column_words import USUAL_COLUMNS
from viptui.rules.facts import NO_FACTS, CustomerFacts
from viptui.rules.filters import CustomerFilter
from viptui.rules.listing import Choice, Listing, SortColumn, read_columns
from viptui.rules.policy import VipPolicy
from viptui.rules.renewal import RenewalPhase
from viptui.rules.standing import Standing, standing
from viptui.screens.wording import order_words
from viptui.widgets.columns import COLUMNS, MARGIN, RowContext, cells, header, layout
from viptui.widgets.paint import right_aligned, span_width
from viptui.widgets.states import MARKS, authorization_span, renewal_span, state_span

TODAY: Final = date(2026, 3, 20)
POLICY: Final = VipPolicy()
WIDTHS: Final = (60, 80, 100, 120, 160, 200)

NAMES: Final[Mapping[str, str]] = {
    "plain": "Acme",
    "empty": "",
    "long": "A very long name of an organisation " * 8,
    "Chinese, Japanese, Korean": "東京大学出版会株式会社 한국대학교 北京大学附属第一医院有限公司总部办公室",
    "half of a wide character at the edge": "a" + "東" * 60,
    "decomposed": "Mu\u0308ller & So\u0308hne A\u030angstro\u0308m",
    "many combining marks": "Z" + "\u0300\u0323" * 300,
    "emoji": "Happy 😀 Party 🎉 Ltd",
    "emoji of several parts": "Family 👩‍👩‍👧‍👦 and flag 🇩🇪 and skin 👍🏽",
    "right to left": "جامعة القاهرة האוניברסיטה העברית",
    "direction marks": "a\u202eb\u2066c\u200fd",
    "zero width": "a\u200bb\ufeffc\u2060d",
    "joiners": "क्\u200dष می\u200cخواهم",
    "control characters": "a\x1b[2Jb\x00c\rd\ne\tf\x7fg\x9bh",
    "markup": "Foo [/] Ltd [red]x[/red]",
    "full width": "ＡＢＣ１２３",
    "surrogate": "a\ud800b",
}

FACTS: Final = CustomerFacts(
    has_products=True,
    oldest_open_authorization_on=TODAY - timedelta(days=154),
    newest_open_authorization_on=TODAY,
    open_licences=1_234_567,
    open_amount=Decimal("123456789.5"),
    open_currency="EUR",
)


def row_called(name: str, facts: CustomerFacts = FACTS) -> CustomerRow:
    return CustomerRow(
        id=1,
        vip_id="ABC",
        organization_name=name,
        contact_email=name,
        market_segment="Commercial",
        managed_by=name or None,
        invitation_status="Pending",
        invited_on=TODAY - timedelta(days=4000),
        anniversary_on=date(2027, 1, 31),
        facts=facts,
        sort_key=("",),
    )


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("prices", [True, False], ids=["prices", "no prices"])
def test_a_row_is_exactly_as_wide_as_the_screen(name: str, width: int, prices: bool) -> None:
    facts = FACTS if prices else FACTS._replace(open_amount=None, open_currency=None)
    row = row_called(name, facts)
    seen = standing(row.anniversary_on, row.facts, TODAY, POLICY)
    for tab in CustomerFilter:
        line = cells(layout(width, prices), row, seen, RowContext(tab, TODAY))
        text = "".join(text for text, _ in line)
        assert cell_len(text) == width - MARGIN
        assert span_width(line) == width - MARGIN
        assert all(each.isprintable() or each in "\u200c\u200d" for each in text)


@pytest.mark.parametrize("width", WIDTHS)
def test_heads_are_as_wide_as_the_rows(width: int) -> None:
    for sort in SortColumn:
        for reverse in (False, True):
            ((text, _),) = header(layout(width, prices=True), sort, reverse=reverse)
            assert cell_len(text) == width


@pytest.mark.parametrize("width", range(20, 220, 7))
def test_name_and_state_stay_whatever_the_width(width: int) -> None:
    shown = [column.word for column, _ in layout(width, prices=True).columns]
    assert shown[0] is SortColumn.NAME
    assert SortColumn.STATE in shown


def test_more_room_never_shows_fewer_columns() -> None:
    counts = [len(layout(width, prices=True).columns) for width in range(40, 240)]
    assert counts == sorted(counts)
    assert counts[-1] == 9


# Columns that somebody has chosen

CHOICES: Final = {
    "in another order": Choice(("state", "vip-id", "name")),
    "without the name": Choice(("vip-id", "licences", "anniversary")),
    "one": Choice(("licences",)),
    "all": Choice(ALL_COLUMNS),
    "all, wide": Choice(ALL_COLUMNS, is_wide=True),
    "all, wide and far right": Choice(ALL_COLUMNS, is_wide=True, skipped=9),
    "the usual ones, wide": Choice(is_wide=True, skipped=2),
}


def words(width: int, choice: Choice, *, prices: bool = True) -> list[str]:
    return [column.word for column, _ in layout(width, prices, choice).columns]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("choice", CHOICES.values(), ids=CHOICES)
@pytest.mark.parametrize("prices", [True, False], ids=["prices", "no prices"])
def test_chosen_columns_fill_the_screen_too(choice: Choice, width: int, prices: bool) -> None:
    shape = layout(width, prices, choice)
    seen = standing(date(2027, 1, 31), FACTS, TODAY, POLICY)
    for name in ("Acme", NAMES["long"], NAMES["Chinese, Japanese, Korean"]):
        line = cells(shape, row_called(name), seen, RowContext(CustomerFilter.ALL, TODAY))
        assert span_width(line) == width - MARGIN
    ((text, _),) = header(shape, SortColumn.STATE, reverse=False)
    assert cell_len(text) == width


@pytest.mark.parametrize("width", range(60, 220, 7))
def test_columns_stand_in_the_order_in_which_they_were_chosen_and_the_first_never_gives_way(width: int) -> None:
    chosen = tuple(reversed(ALL_COLUMNS))
    shown = words(width, Choice(chosen))
    assert shown[0] == chosen[0]
    assert shown == [word for word in chosen if word in shown]


def test_what_is_there_by_choice_only_stays_longer_than_the_usual_columns() -> None:
    assert words(80, Choice((*USUAL_COLUMNS, "vip-id"))) == ["name", "state", "anniversary", "vip-id"]
    assert words(60, Choice((*USUAL_COLUMNS, "vip-id"))) == ["name", "state", "anniversary"]


def test_the_usual_columns_are_the_same_whether_they_were_chosen_or_not_where_all_have_room() -> None:
    assert words(200, Choice(USUAL_COLUMNS)) == words(200, Choice()) == [*USUAL_COLUMNS]


def test_amounts_are_shown_where_prices_are_known_unless_there_is_nothing_else() -> None:
    assert words(200, Choice(("name", "amount")), prices=False) == ["name"]
    assert words(200, Choice(("amount",)), prices=False) == ["amount"]


@pytest.mark.parametrize("width", range(60, 220, 10))
def test_wide_every_column_is_reached_sideways_and_none_is_cut(width: int) -> None:
    seen: set[str] = set()
    skipped = 0
    while True:
        shape = layout(width, prices=True, choice=Choice(is_wide=True, skipped=skipped))
        assert shape.skipped == skipped
        assert all(given >= column.width for column, given in shape.columns)
        assert shape.columns[0][0].word == "name"
        seen |= {column.word for column, _ in shape.columns}
        ((head, _),) = header(shape, SortColumn.NAME, reverse=False)
        assert head[:2] == ("<" if skipped else " ") + (">" if shape.goes_on else " ")
        if not shape.goes_on:
            break
        skipped += 1
    assert seen == {*ALL_COLUMNS}
    further = layout(width, prices=True, choice=Choice(is_wide=True, skipped=skipped + 1))
    assert further == shape


def test_every_word_is_a_column_and_every_order_has_one() -> None:
    assert tuple(column.word for column in COLUMNS) == ALL_COLUMNS
    assert {*SortColumn} <= {*ALL_COLUMNS}


def test_columns_are_read_from_words_with_commas() -> None:
    assert read_columns(" vip-id,name,,vip-id ") == ("vip-id", "name")


@pytest.mark.parametrize("text", ["name,colour", "", " , ", "Name", "name;state"])
def test_columns_that_there_are_not_are_refused_with_those_that_there_are(text: str) -> None:
    with pytest.raises(SettingsError, match=r"choose from name, email, state, .*, vip-id, renewal, invited"):
        read_columns(text)


HIDDEN: Final = {
    "nothing was chosen": (Listing(sort=SortColumn.AMOUNT), (), "by amount"),
    "it is shown": (Listing(sort=SortColumn.AMOUNT), ("name", "amount"), "by amount"),
    "it is hidden": (Listing(sort=SortColumn.AMOUNT, reverse=True), ("name",), "by amount, reversed, Amount hidden"),
    "the day of the invitation is hidden": (
        Listing(filter=CustomerFilter.NO_PRODUCTS),
        ("name",),
        "oldest invitation first, Invited hidden",
    ),
    "the invitation tells its day": (
        Listing(filter=CustomerFilter.NO_PRODUCTS),
        ("name", "invitation"),
        "oldest invitation first",
    ),
}


@pytest.mark.parametrize(("listing", "columns", "expected"), HIDDEN.values(), ids=HIDDEN)
def test_an_order_by_a_hidden_column_says_so(listing: Listing, columns: tuple[str, ...], expected: str) -> None:
    assert order_words(listing, columns) == expected


@pytest.mark.parametrize("width", [0, 1, 5, 30, 200])
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_the_two_ends_of_a_line_fill_it(name: str, width: int) -> None:
    line = right_aligned([(" ", "plain"), (name, "strong"), ("  VIP", "dim")], [("12", "plain")], width)
    assert span_width(line) == max(width, 2)


def test_brackets_are_shown_as_they_are() -> None:
    row = row_called("Foo [/] [b]x")
    line = cells(
        layout(120, prices=False), row, standing(None, NO_FACTS, TODAY, POLICY), RowContext(CustomerFilter.ALL, TODAY)
    )
    assert line[0][0].startswith("Foo [/] [b]x")


# States


def phases() -> Iterator[tuple[str, Standing]]:
    """A standing of each renewal phase, partly renewed and not."""
    plain = standing(None, NO_FACTS, TODAY, POLICY)
    days = {
        RenewalPhase.UPCOMING: 40,
        RenewalPhase.READY: 12,
        RenewalPhase.LATE: -12,
        RenewalPhase.LAPSED: -40,
        RenewalPhase.RENEWED: 12,
    }
    for phase, day in days.items():
        left = POLICY.grace_days + day if phase is RenewalPhase.LATE else None
        seen = plain._replace(renewal_phase=phase, days_to_anniversary=day, grace_days_left=left)
        yield phase, seen
        if phase in {RenewalPhase.READY, RenewalPhase.LATE}:
            yield f"{phase}, part of it renewed", seen._replace(partially_renewed=True)


def test_every_state_can_be_told_without_colour() -> None:
    shown = [authorization_span(state, 40)[0] for state in AuthorizationState]
    shown += [renewal_span(seen)[0] for _, seen in phases()]
    without_numbers = ["".join(each for each in text if not each.isdigit()) for text in shown]
    assert len(set(without_numbers)) == len(AuthorizationState) + 7
    words = ["".join(each for each in text if each.isalpha() or each == " ").split() for text in shown]
    assert all(words)
    assert all(text[:3] in MARKS.values() for text in shown)


def test_every_state_fits_into_its_column() -> None:
    wide = next(column.width for column, _ in layout(200, prices=False).columns if column.word is SortColumn.STATE)
    texts = [authorization_span(state, 999)[0] for state in AuthorizationState]
    texts += [renewal_span(seen)[0] for _, seen in phases()]
    assert max(len(text) for text in texts) <= wide


def test_the_renewal_tabs_show_renewals_and_the_others_requests() -> None:
    both = standing(None, NO_FACTS, TODAY, POLICY)._replace(
        authorization_state=AuthorizationState.OVERDUE,
        authorization_age=40,
        renewal_phase=RenewalPhase.READY,
        days_to_anniversary=3,
    )
    shown = {tab: state_span(tab, both)[0].split()[1] for tab in CustomerFilter}
    renewals = {CustomerFilter.UPCOMING_RENEWALS, CustomerFilter.READY_FOR_RENEWAL}
    assert {tab for tab, word in shown.items() if word == "READY"} == renewals
    assert {word for tab, word in shown.items() if tab not in renewals} == {"OVERDUE"}
