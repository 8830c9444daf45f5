"""The looks of the interface: which colours mean what. A setting names one; the palette changes it while it runs.

No state is told by its colour alone (see `viptui.widgets.states`), so each look may choose its colours freely. Those
named after ANSI take the terminal's own sixteen and cost the fewest bytes.
"""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

DIM: Final = {"dim-style": "dim"}
"""How what matters less is drawn; for those who need contrast it is as bright as everything else."""

OWN: Final = (
    Theme(
        name="dark",
        primary="#0b66b3",
        accent="#7cc4ff",
        warning="#ffb454",
        error="#ff7a8a",
        success="#63d188",
        foreground="#e2e2e2",
        background="#121212",
        surface="#1c1c1c",
        panel="#25292e",
        variables={"block-cursor-foreground": "#ffffff"},
    ),
    Theme(
        name="light",
        primary="#00508c",
        accent="#00508c",
        warning="#824400",
        error="#a30d36",
        success="#14602a",
        foreground="#1b1b1b",
        background="#f6f6f4",
        surface="#ececea",
        panel="#dcdfe3",
        dark=False,
        variables={"block-cursor-foreground": "#ffffff"},
    ),
    Theme(
        name="high-contrast",
        primary="#ffff00",
        accent="#00ffff",
        warning="#ffd24a",
        error="#ff9d9d",
        success="#8cff8c",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#262626",
        variables={"dim-style": "none", "block-cursor-foreground": "#000000"},
    ),
    Theme(  # what is bad is orange, what is good blue: an axis that all common kinds of colour blindness keep
        name="colour-blind",
        primary="#1f5fa8",
        accent="#cfe6ff",
        warning="#ffd9a0",
        error="#ff9a3c",
        success="#74b4ff",
        foreground="#e6e6e6",
        background="#101214",
        surface="#181b1f",
        panel="#23282e",
        variables={"block-cursor-foreground": "#ffffff"},
    ),
)
"""Those that Textual does not have; its own ``ansi-dark`` and ``ansi-light`` come beside them."""


def named(theme: str, *, few_bytes: bool) -> str:
    """The look that a setting means; ``auto`` costs few bytes where the line is slow or no colours are wanted."""
    if theme == "auto":
        return "ansi-dark" if few_bytes else "dark"
    return theme
