"""One way through the interface on each engine."""

from __future__ import annotations

from tests.support.builders import Portfolio, one_of_each
from tests.support.desk import desk_on
from viptui.data.proxy import database_proxy
from viptui.rules.filters import CustomerFilter


async def test_a_way_through_everything(database: str) -> None:
    one_of_each(Portfolio())
    database_proxy.close()
    async with desk_on(database) as desk:
        assert [desk.badge(tab) for tab in CustomerFilter] == ["2", "2", "2", "1", "3", "13"]
        assert desk.names() == ["Fir Suspended", "Elm Overdue"]
        await desk.press("5", "m")
        assert desk.names() == ["Ivy Late"]
        await desk.press("m", "6", "/", *"ginkgo", "enter", "enter")
        assert "Ginkgo Upcoming" in desk.title()
        assert "upcoming 40d" in desk.screen_text()
        await desk.press("q", "escape", "s", "l", "I", "G", "R", "g")
        assert len(desk.names()) == 13
        assert desk.notice() == ""
