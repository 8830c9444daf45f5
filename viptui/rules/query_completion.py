"""Completing a query while it is typed: which words could stand where the cursor is."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from viptui.rules.query_words import CHOICES, COMPARED, FIELDS, MANAGER, NOBODY, NOT, WORDS


class Completion(NamedTuple):
    """What could stand in the place of a part of a text."""

    start: int
    """Where that part begins."""
    candidates: tuple[str, ...]


def completion(text: str, at: int, logins: Collection[str] = ()) -> Completion:
    """The words that begin with what stands before the cursor; none where a text in quotes is typed."""
    before = text[:at]
    if before.count('"') % 2:
        return Completion(at, ())
    start = max(before.rfind(space) for space in " \t") + 1
    if before[start : start + 1] == "-":
        start += 1
    name, colon, typed = before[start:].partition(":")
    if not colon:
        return Completion(start, _beginning(name, (*WORDS, *map(_begun, FIELDS), NOT)))
    typed = typed.rpartition(",")[2]
    return Completion(at - len(typed), _beginning(typed, _values(name.casefold(), logins)))


def _begun(field: str) -> str:
    return f"{field}>" if field in COMPARED else f"{field}:"


def _values(field: str, logins: Collection[str]) -> Iterable[str]:
    if field == MANAGER:
        return (*(login for login in logins if not set(login) & set(' ,"')), NOBODY)
    return CHOICES[field].values if field in CHOICES else ()


def _beginning(typed: str, words: Iterable[str]) -> tuple[str, ...]:
    folded = typed.casefold()
    found = tuple(each for each in words if each.casefold().startswith(folded))
    return () if found == (typed,) else found
