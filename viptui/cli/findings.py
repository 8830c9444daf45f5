"""What ``viptui doctor`` finds: one thing, how it is, and what to do about it."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """How a thing is."""

    OK = "ok"
    LOOK = "look"
    """It works; something would be better, or nobody can tell."""
    BAD = "bad"
    """Something does not work."""


class Finding(NamedTuple):
    """One thing that was looked at."""

    about: str
    state: State
    found: str
    """As it is."""
    advice: str = ""
    """What to do, with the name of the setting; empty if nothing is to be done."""


def ok(about: str, found: str, advice: str = "") -> Finding:
    """It is as it should be."""
    return Finding(about, State.OK, found, advice)


def look(about: str, found: str, advice: str = "") -> Finding:
    """Somebody should have a look."""
    return Finding(about, State.LOOK, found, advice)


def bad(about: str, found: str, advice: str = "") -> Finding:
    """It does not work."""
    return Finding(about, State.BAD, found, advice)
