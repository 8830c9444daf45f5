"""The looks: what is read can be read, what warns is told from what does not, also by who sees fewer colours."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Final

import pytest
from textual.color import Color
from textual.theme import Theme

from viptui.config_table import LOOKS, THEMES
from viptui.themes import OWN, named

LEAST_CONTRAST: Final[Mapping[str, float]] = {"high-contrast": 7.0}
"""Of text on its background; for the others that of WCAG 2.2, criterion 1.4.3."""

READABLE: Final = 4.5

BY_NAME: Final = {theme.name: theme for theme in OWN}

# Colours as they look without one kind of cone, in linear light. Source: Viénot, Brettel, Mollon 1999.
MISSING_CONES: Final = {
    "protanopia": ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, 0.0), (0.00401, -0.00401, 1.0)),
    "deuteranopia": ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0)),
}


def test_each_look_can_be_set() -> None:
    assert set(THEMES) == {"auto", *LOOKS}
    assert set(LOOKS) == {*BY_NAME, "ansi-dark", "ansi-light"}


def test_auto_is_lean_where_the_line_is_slow() -> None:
    assert named("auto", few_bytes=True) == "ansi-dark"
    assert named("auto", few_bytes=False) == "dark"
    assert named("light", few_bytes=True) == "light"


def pairs(theme: Theme) -> Mapping[str, tuple[Color, Color]]:
    """What is written on what."""
    colours = theme.to_color_system().generate()

    def of(name: str) -> Color:
        return Color.parse(colours[name])

    meaning = ("foreground", "warning", "error", "success", "accent")
    found = {f"{name} on {ground}": (of(name), of(ground)) for name in meaning for ground in ("background", "panel")}
    cursor = Color.parse(theme.variables["block-cursor-foreground"])
    return found | {"cursor": (cursor, of("block-cursor-background"))}


@pytest.mark.parametrize("name", BY_NAME)
def test_everything_can_be_read(name: str) -> None:
    for what, (text, ground) in pairs(BY_NAME[name]).items():
        assert contrast(text, ground) >= LEAST_CONTRAST.get(name, READABLE), what


@pytest.mark.parametrize("kind", MISSING_CONES)
def test_good_late_and_bad_stay_apart_for_the_colour_blind(kind: str) -> None:
    theme = BY_NAME["colour-blind"]
    colours = {name: seen(Color.parse(getattr(theme, name)), kind) for name in ("warning", "error", "success")}
    colours["foreground"] = seen(Color.parse(theme.foreground or ""), kind)
    for one, other in combinations(colours, 2):
        assert distance(colours[one], colours[other]) > 0.12, (one, other)


def linear(colour: Color) -> tuple[float, float, float]:
    red, green, blue = (each / 255 for each in colour.rgb)
    light = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in (red, green, blue)]
    return light[0], light[1], light[2]


def luminance(colour: Color) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def seen(colour: Color, kind: str) -> tuple[float, ...]:
    light = linear(colour)
    return tuple(sum(a * b for a, b in zip(row, light, strict=True)) for row in MISSING_CONES[kind])


def distance(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5
