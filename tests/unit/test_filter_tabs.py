"""The tabs at every width: all six are there, the chosen one stands out, names go last."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from viptui import themes
from viptui.rules.filters import CustomerFilter
from viptui.widgets.filter_tabs import FilterTabs

COUNTS = dict(zip(CustomerFilter, (1659, 3757, 3238, 1294, 2925, 23817), strict=True))

WIDTHS = {
    "wide: the console's names": (200, ["1 No Products 1,659", "[3 Past Due Requests 3,238 (+2)]", "mine off"]),
    "120 columns": (120, ["1 No Products 1,659", "[3 Past Due 3,238 (+2)]", "6 All 23,817"]),
    "80 columns: short names": (80, ["1 None 1659", "[3 Due 3238+2]", "6 All 23817"]),
    "60 columns: the chosen one's name": (60, ["1 1659", "[3 Due 3238+2]", "6 23817"]),
}


class Tabs(App[None]):
    CSS = "FilterTabs { height: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self.register_theme(themes.OWN[0])
        self.theme = themes.OWN[0].name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return themes.DIM

    def compose(self) -> ComposeResult:
        yield FilterTabs()


@pytest.mark.parametrize(("width", "shown"), WIDTHS.values(), ids=WIDTHS)
async def test_tabs_fit(width: int, shown: list[str]) -> None:
    app = Tabs()
    async with app.run_test(size=(width, 3)):
        tabs = app.query_one(FilterTabs)
        tabs.show(active=CustomerFilter.PAST_DUE, counts=COUNTS, deltas={CustomerFilter.PAST_DUE: 2}, mine=False)
        line = tabs.render_line(0)
        assert line.cell_length == width
        assert [part for part in shown if part not in line.text] == []


@pytest.mark.parametrize("whose", ["", "chloe.martin"])
async def test_a_list_of_somebodys_customers_says_so_where_only_the_key_has_room(whose: str) -> None:
    app = Tabs()
    async with app.run_test(size=(80, 3)):
        tabs = app.query_one(FilterTabs)
        tabs.show(active=CustomerFilter.PAST_DUE, counts=COUNTS, deltas={}, mine=False)
        assert tabs.render_line(0).text.endswith("  m")
        tabs.show(active=CustomerFilter.PAST_DUE, counts=COUNTS, deltas={}, mine=not whose, whose=whose)
        assert tabs.render_line(0).text.endswith(" m on ")
