"""What the named styles of drawn lines look like, in the variables of the theme.

A table and no style sheet: Textual would parse a rule for each and apply it to every screen that opens.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from rich.style import Style
from textual.color import Color


class Look(NamedTuple):
    """Names of the theme's variables, and attributes in Rich's words; one that begins with ``$`` is a variable too."""

    color: str = "foreground"
    background: str = ""
    """Empty where it is that of the line."""
    attributes: str = ""


STYLES: Final[Mapping[str, Look]] = {
    "plain": Look(background="background"),
    "dim": Look(attributes="$dim-style"),
    "strong": Look(attributes="bold"),
    "accent": Look("accent", attributes="bold"),
    "heading": Look(background="background", attributes="bold underline"),
    "cursor": Look("block-cursor-foreground", "block-cursor-background", "bold"),
    "bar": Look(background="panel"),
    "bar-strong": Look(attributes="bold"),
    "bar-dim": Look(attributes="$dim-style"),
    "bar-on": Look("block-cursor-foreground", "block-cursor-background", "bold"),
    "pending": Look(),
    "overdue": Look("warning", attributes="bold"),
    "suspended": Look("error", attributes="bold"),
    "upcoming": Look(),
    "ready": Look("success"),
    "late": Look("warning", attributes="bold"),
    "lapsed": Look("error"),
    "renewed": Look("success"),
    "warning": Look("warning", attributes="bold"),
    "input": Look(attributes="underline"),
    "caret": Look(background="background", attributes="reverse"),
}
"""Every style by its name; colours are the theme's variables only, and what a state is called never depends on them."""


def style_on(name: str, base: str, variables: Mapping[str, str]) -> Style:
    """The style ``name`` on the background of ``base``; ``variables`` are the theme's.

    Raises:
        KeyError: there is no such style, or the theme lacks a variable.
    """
    ground = Style(bgcolor=Color.parse(variables["background"]).rich_color)
    style = ground + _style(STYLES[base], variables)
    return style if name in {base, "plain"} else style + _style(STYLES[name], variables)


def _style(look: Look, variables: Mapping[str, str]) -> Style:
    attributes = variables[look.attributes[1:]] if look.attributes.startswith("$") else look.attributes
    style = Style.parse(attributes) + Style(color=Color.parse(variables[look.color]).rich_color)
    if look.background and (background := Color.parse(variables[look.background])).a:  # some are transparent
        style += Style(bgcolor=background.rich_color)
    return style
