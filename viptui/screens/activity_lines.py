"""What the activity shows, as text: entries of the history as lines, and one in full. Pure functions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import tzinfo
from typing import Final

from viptui.actions import BY_ID
from viptui.record_rows import ActivityRow
from viptui.text import fitted
from viptui.widgets.paint import SpanLine

NARROW: Final = 100
"""Cells of a screen below which a line has no room for the customer: the sentence names it nearly always."""

WHEN_WIDTH: Final = 16
WHO_WIDTH: Final = 12
WHOM_WIDTH: Final = 26
LABEL_WIDTH: Final = 12


def heading(width: int) -> str:
    """The names of the columns."""
    whom = "" if width < NARROW else f"{fitted('On', WHOM_WIDTH)}  "
    return f"{fitted('When', WHEN_WIDTH)}  {fitted('Who', WHO_WIDTH)}  {whom}What"


def entry_line(row: ActivityRow, zone: tzinfo, width: int) -> SpanLine:
    """An entry as a line of the list: when, who, on whom, what."""
    when = f"{row.at.astimezone(zone):%Y-%m-%d %H:%M}  "
    head: SpanLine = [(when, "dim"), (fitted(row.actor, WHO_WIDTH), "plain"), ("  ", "plain")]
    whom: SpanLine = [(fitted(_whom(row), WHOM_WIDTH), "strong"), ("  ", "plain")]
    undone: SpanLine = [("taken back: ", "dim")] if row.undone_by is not None else []
    return [*head, *(whom if width >= NARROW else ()), *undone, (_what(row), "plain")]


def entry_lines(row: ActivityRow, zone: tzinfo) -> Iterator[SpanLine]:
    """Everything that the history knows of an entry."""
    yield []
    yield [("   ", "plain"), (_what(row), "strong")]
    yield []
    yield _labelled("When", f"{row.at.astimezone(zone):%Y-%m-%d %H:%M:%S}")
    yield _labelled("Who", row.actor)
    yield _labelled("From", row.origin or "-")
    yield _labelled("Action", _action(row))
    if row.subject:
        yield _labelled("On", row.subject)
    if row.organization_name:
        yield _labelled("Customer", f"{row.organization_name}  {row.vip_id}")
    if row.part_of is not None:
        yield _labelled("Part of", f"entry {row.part_of}")
    if row.undoes is not None:
        yield _labelled("Takes back", f"entry {row.undoes}")
    if row.undone_by is not None:
        yield _labelled("Taken back", f"by entry {row.undone_by}")
    for title, members in (("Before", row.before), ("After", row.after)):
        if members:
            yield []
            yield [(f"   {title}", "heading")]
            width = max(LABEL_WIDTH, *map(len, members))
            yield from (_labelled(key.replace("_", " "), text, width) for key, text in _texts(members))


def _labelled(label: str, text: str, width: int = LABEL_WIDTH) -> SpanLine:
    return [("   ", "plain"), (fitted(label, width), "dim"), ("  ", "plain"), (text, "plain")]


def _texts(members: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """What changed, a line each; what is empty is told as such."""
    for key, value in members.items():
        if isinstance(value, dict):
            yield key, ", ".join(f"{name}: {each}" for name, each in value.items()) or "-"
        elif isinstance(value, str) or value is None:
            yield key, value or "-"
        else:
            yield key, json.dumps(value, ensure_ascii=False)


def _whom(row: ActivityRow) -> str:
    return row.organization_name or row.subject


def _what(row: ActivityRow) -> str:
    return row.summary or f"{row.action} {row.subject}"


def _action(row: ActivityRow) -> str:
    action = BY_ID.get(row.action)
    return row.action if action is None else f"{action.title} ({row.action})"
