"""What is told of an action on many, before and after: pure text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from viptui.screens.in_keys import in_keys
from viptui.widgets.paint import SpanLine

if TYPE_CHECKING:
    from viptui.actions import Action
    from viptui.commands.act import SentMail
    from viptui.screens.acting import Target
    from viptui.screens.bulk import Part, Seen

NAMED: Final = 10
"""Customers that are named of those with which nothing is remarkable, or that are hidden."""

MOST_LINES: Final = 1_000
"""Customers that are named at most, whatever is to be said of them."""


def before(seen: Sequence[Seen], hidden: Collection[Target], mail: SentMail | None) -> list[SpanLine]:
    """What would come of it; nothing has been done yet."""
    possible = [each for each in seen if not each.refusal]
    refused = [each for each in seen if each.refusal]
    mails = sum(each.mails for each in possible)
    counts = f"{_count(possible):,} of {_count(seen):,} can be done"
    left_out = f", {_count(refused):,} cannot" if refused else ""
    leaving = f"; {mails:,} {'mail leaves' if mails == 1 else 'mails leave'} the house" if mails else ""
    lines: list[SpanLine] = [
        [],
        [("   ", "plain"), (f"{counts}{left_out}{leaving}.", "strong")],
        [("   Nothing has been done yet.", "dim")],
    ]
    if hidden:
        names = [f"   {each.whom}" for each in islice(hidden, NAMED)]
        lines += _section(f"Marked, but not in the list that is shown, {len(hidden):,}:", names, len(hidden))
    lines += _left_out(refused, NAMED)
    if possible:
        remarkable = [each for each in possible if each.advice]
        others = [each for each in possible if not each.advice]
        told = [*remarkable[:MOST_LINES], *others[:NAMED]]
        lines += [[], [("   This would be the result, for each by itself:", "strong")]]
        lines += chain.from_iterable(map(_result, told))
        lines += _more(len(possible) - len(told))
    if mail is not None:
        lines += [[], [(f"   {'The mail' if mails == 1 else f'The first of {mails:,} mails'}:", "strong")]]
        lines += [[("   To ", "dim"), (mail.to, "accent")], [("   Subject ", "dim"), (mail.subject, "strong")], []]
        lines += [[("   ", "plain"), (line, "plain")] for line in mail.body.splitlines()]
    return lines


def after(
    words: str, done: Sequence[Seen], refused: Sequence[Seen], undone: Sequence[Part], rest: str
) -> list[SpanLine]:
    """What came of it; ``rest`` is told of those on which nothing was done."""
    lines: list[SpanLine] = [[], [("   ", "plain"), (words, "strong")]]
    if refused or undone:
        lines.append([(f"   {rest}", "dim")])
    lines += _left_out(refused, MOST_LINES)
    if undone:
        names = [f"   {target.whom}" for part in islice(undone, MOST_LINES) for target in part.targets]
        lines += _section(f"Not begun, {_targets(undone):,}:", names, _targets(undone))
    if done:
        lines += [[], [(f"   Done, {_count(done):,}:", "strong")]]
        lines += chain.from_iterable(map(_result, done[:MOST_LINES]))
        lines += _more(len(done) - MOST_LINES)
    return lines


def result_words(action: Action, done: Sequence[Seen], refused: Sequence[Seen], undone: Sequence[Part]) -> str:
    """The same in a sentence."""
    told = [f"{_count(done):,} done"]
    if refused:
        told.append(f"{_count(refused):,} refused")
    if undone:
        told.append(f"stopped, {_targets(undone):,} not begun")
    return f"{action.title}: {', '.join(told)}."


def _left_out(refused: Sequence[Seen], most: int) -> Iterator[SpanLine]:
    """Why customers were left out, the most frequent reason first, and who they are."""
    if not refused:
        return
    yield []
    yield [(f"   Left out, {_count(refused):,}:", "strong")]
    by_kind: dict[str, list[Seen]] = {}
    for each in refused:
        by_kind.setdefault(_without_numbers(each.refusal), []).append(each)
    groups = sorted(by_kind.items(), key=lambda group: -_count(group[1]))
    for kind, its in groups[:MOST_LINES]:
        reason = its[0].refusal if len({each.refusal for each in its}) == 1 else kind
        yield [(f"   {_count(its):,}  ", "strong"), (in_keys(reason), "warning")]
        whom = [target.whom for each in its for target in each.part.targets]
        yield from ([(f"      {each}", "plain")] for each in whom[:most])
        yield from _more(len(whom) - most)
    yield from _more(sum(_count(its) for _, its in groups[MOST_LINES:]))


def _without_numbers(refusal: str) -> str:
    """A reason as it is told of several: without the entry that it begins with, and without what is each one's own."""
    told = _NUMBER.sub("…", _ENTRY.sub("", refusal))
    return told[:1].upper() + told[1:]


def _result(each: Seen) -> Iterator[SpanLine]:
    yield [("   ", "plain"), (each.summary, "plain")]
    for sentence in each.advice:
        yield [(" ! ", "warning"), (sentence, "warning")]


def _section(title: str, lines: Sequence[str], number: int) -> list[SpanLine]:
    return [[], [(f"   {title}", "strong")], *([(line, "plain")] for line in lines), *_more(number - len(lines))]


def _more(number: int) -> list[SpanLine]:
    return [[(f"   and {number:,} more", "dim")]] if number > 0 else []


def _count(seen: Iterable[Seen]) -> int:
    return sum(len(each.part.targets) for each in seen)


def _targets(parts: Iterable[Part]) -> int:
    return sum(len(each.targets) for each in parts)


_ENTRY: Final = re.compile(r'^Entry \d+ \(".*"\) ')
"""An entry of the history as a refusal names it."""

_NUMBER: Final = re.compile(r"[\w-]*\d[\w-]*")
