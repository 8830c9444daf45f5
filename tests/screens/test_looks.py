"""Looks that change while the program runs, and terminals that are too small for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.theme import BUILTIN_THEMES, Theme

from tests.support.desk import Desk, desk_on
from viptui import themes
from viptui.config_table import LOOKS
from viptui.widgets.styles import STYLES, style_on


def colours(desk: Desk) -> set[tuple[str, str]]:
    """The pairs of colours that are on the screen."""
    return {
        (str(segment.style.color), str(segment.style.bgcolor))
        for strip in desk._strips()
        for segment in strip
        if segment.style is not None
    }


async def test_the_palette_changes_the_look_of_everything(small: Path) -> None:
    seen: set[frozenset[tuple[str, str]]] = set()
    async with desk_on(small) as desk:
        await desk.settle(preview=True)
        text = desk.screen_text()
        for look in LOOKS:
            await desk.press(":")
            await desk.type(f"look {look}")
            await desk.press("enter")
            assert f'theme = "{look}"' in desk.notice()
            desk.app.clear_notifications()
            await desk.settle(preview=True)
            assert desk.screen_text() == text
            assert frozenset(colours(desk)) not in seen, "nothing has changed"
            seen.add(frozenset(colours(desk)))


@pytest.mark.parametrize("look", LOOKS)
async def test_each_look_can_be_begun_with(small: Path, look: str) -> None:
    async with desk_on(small, theme=look) as desk:
        assert desk.app.theme == look
        assert desk.cursor() == "Fir Suspended"


async def test_a_look_is_the_same_whenever_it_is_chosen(small: Path) -> None:
    begun_with: dict[str, set[tuple[str, str]]] = {}
    for look in LOOKS:
        async with desk_on(small, theme=look) as desk:
            await desk.settle(preview=True)
            begun_with[look] = colours(desk)
    async with desk_on(small) as desk:
        for look in LOOKS:
            desk.app.theme = look
            await desk.settle(preview=True)
            assert colours(desk) == begun_with[look]


@pytest.mark.parametrize("theme", [*themes.OWN, BUILTIN_THEMES["ansi-dark"], BUILTIN_THEMES["ansi-light"]])
def test_every_style_stands_on_every_ground(theme: Theme) -> None:
    variables = {**themes.DIM, **theme.to_color_system().generate(), **theme.variables}
    for base in ("plain", "bar", "cursor", "bar-on"):
        ground = style_on(base, base, variables)
        for name, look in STYLES.items():
            style = style_on(name, base, variables)
            assert style.color is not None
            if not look.background:
                assert style.bgcolor == ground.bgcolor
            if "bold" in look.attributes:
                assert style.bold


async def test_below_the_least_size_one_line_stands_there_and_no_key_acts(small: Path) -> None:
    async with desk_on(small, size=(60, 15)) as desk:
        assert desk.cursor() == "Fir Suspended"
        for size in ((59, 15), (60, 14), (20, 4)):
            await desk.resize(*size)
            said = " ".join(line.strip() for line in desk.lines() if line)
            assert said == "the terminal is too small: 60x15 at least"
            await desk.press("j", "6", "q")
        await desk.resize(80, 24)
        assert desk.cursor() == "Fir Suspended"
        assert desk.names() == ["Fir Suspended", "Elm Overdue"]


async def test_the_line_is_whole_where_it_fits(small: Path) -> None:
    async with desk_on(small, size=(50, 10)) as desk:
        assert desk.screen_text().strip() == "the terminal is too small: 60x15 at least"
        await desk.resize(60, 15)
        assert desk.cursor() == "Fir Suspended"


async def test_a_form_outlives_a_terminal_that_was_too_small(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("i")
        await desk.type("Aspen")
        await desk.resize(30, 8)
        await desk.type("nothing of this")
        await desk.resize(80, 24)
        assert desk.form() == "Invite a customer"
        assert "Organization name  Aspen" in desk.screen_text()
        assert "nothing" not in desk.screen_text()


async def test_a_layout_and_a_repaint_together_are_one_frame(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with desk_on(small) as desk:
        screen, frames = desk.app.screen, 0
        refresh = screen._compositor_refresh

        def count() -> None:
            nonlocal frames
            frames += 1
            refresh()

        monkeypatch.setattr(screen, "_compositor_refresh", count)
        screen._layout_required = screen._repaint_required = True
        screen._on_timer_update()
        assert frames == 1
        assert not screen._repaint_required
