"""A whole list as one line: ``past-due mine sort=days late>45 "north shore"``, or ``view=NAME`` and what differs.

A tab's name says the tab, ``mine`` and ``everyone`` whose customers, ``sort=`` the order (with a minus sign reversed),
a text in quotes what ``/`` would search; everything else is a query (`viptui.rules.query`). The words for tabs and
columns are those of the command line.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from viptui.rules.filters import CustomerFilter
from viptui.rules.folding import fold
from viptui.rules.listing import SORT_WORDS, sort_column
from viptui.rules.query import Query, QueryError, closest, parse_query, unquoted
from viptui.rules.query_completion import Completion, completion
from viptui.rules.query_words import COMPARISONS, FIELD_OF, MINE, NOT, TABS, WORD_OF
from viptui.rules.views import View

EVERYONE: Final = "everyone"
SORT: Final = "sort="
VIEW: Final = "view="

TAB_OF: Final[Mapping[str, CustomerFilter]] = {**TABS, **{each.value: each for each in CustomerFilter}}
"""The tabs by all words for them."""

_LEADING: Final = (*(each.value for each in CustomerFilter), MINE, EVERYONE, SORT, VIEW)
"""What a line of this kind can begin with, apart from a query."""

_WORD: Final = re.compile(r'(?:"(?:[^"]|"")*"?|[^\s"])+')
_WHOLE_TEXT: Final = re.compile(r'"(?:[^"]|"")*"')
_ASKED: Final = re.compile(rf"-?(?P<field>[A-Za-z-]+)(?::|{'|'.join(COMPARISONS)})")


class ListLine(NamedTuple):
    """What a line says of a list; None and empty texts where it says nothing."""

    tab: CustomerFilter | None = None
    mine: bool | None = None
    view: str = ""
    """Name of the saved view that it begins with."""
    sort: str = ""
    reverse: bool = False
    search: str = ""
    query: Query | None = None

    def on(self, base: View) -> View:
        """A view with what this line says instead; what it asks is asked besides."""
        tab = self.tab or base.filter
        is_own_order = not self.sort and self.tab in (None, base.filter)
        terms = (*(base.query or Query()).terms, *(self.query or Query()).terms)
        return View(
            filter=tab,
            mine=base.mine if self.mine is None else self.mine,
            search=self.search or base.search,
            sort=base.sort if is_own_order else sort_column(self.sort, tab),
            reverse=base.reverse if is_own_order else self.reverse,
            query=Query(tuple(dict.fromkeys(terms))) if terms else None,
            columns=base.columns,
        )


class _Word(NamedTuple):
    text: str
    at: int

    @property
    def folded(self) -> str:
        return self.text.casefold()


def is_list_line(text: str) -> bool:
    """Whether a text begins as such a line does, so that it is not the name of something else."""
    first = next(_words(text), None)
    if first is None:
        return False
    asked = _ASKED.match(first.folded)
    return (
        first.folded in (*TAB_OF, *WORD_OF, EVERYONE)
        or first.folded.startswith((SORT, VIEW, '"'))
        or (first.folded.startswith("-") and first.folded[1:] in WORD_OF)
        or (asked is not None and asked["field"] in FIELD_OF)
    )


def parse_list_line(text: str, logins: Collection[str] | None = None, views: Collection[str] | None = None) -> ListLine:
    """What a line says.

    Args:
        text: the line as it was typed.
        logins: the team; nobody else can be named then. None: anybody can.
        views: names of the saved views, likewise.

    Raises:
        QueryError: it cannot be understood.
    """
    line, rest, is_turned = ListLine(), text, False
    for word in _words(text):
        said = None if is_turned else _said(word, line, views)
        is_turned = word.folded == NOT
        if said is not None:
            line = said
            rest = rest[: word.at] + " " * len(word.text) + rest[word.at + len(word.text) :]
    return line._replace(query=parse_query(rest, logins, line.tab))


def complete_list_line(text: str, logins: Iterable[str] = (), views: Iterable[str] = ()) -> Completion:
    """The words that could stand at the end of a line; none where a text in quotes is typed."""
    last = text[max(map(text.rfind, " \t")) + 1 :]
    at = len(text) - len(last)
    folded = last.casefold()
    if folded.startswith(SORT):
        start = at + len(SORT) + last.startswith("-", len(SORT))
        return Completion(start, _beginning(text[start:], SORT_WORDS))
    opened = text.rfind(VIEW)
    if opened >= 0 and text[opened + len(VIEW) :].count('"') in (0, 1) and not text[opened:].endswith(" "):
        start = opened + len(VIEW)
        typed = fold(text[start:].removeprefix('"'))
        return Completion(start, tuple(_quoted(each) for each in views if fold(each).startswith(typed)))
    if text.count('"') % 2:
        return Completion(len(text), ())
    asked = completion(text, len(text), tuple(logins))
    if asked.start != at:
        return asked
    said = {each.folded for each in _words(text[:at])}
    leading = [] if said & TAB_OF.keys() else [each.value for each in CustomerFilter]
    leading += [] if said & {MINE, EVERYONE} else [MINE, EVERYONE]
    leading += [each for each in (SORT, VIEW) if not any(one.startswith(each) for one in said)]
    names = {*TAB_OF, MINE}
    return Completion(at, (*_beginning(last, leading), *(each for each in asked.candidates if each not in names)))


def _words(text: str) -> Iterator[_Word]:
    return (_Word(found[0], found.start()) for found in _WORD.finditer(text))


def _said(word: _Word, line: ListLine, views: Collection[str] | None) -> ListLine | None:
    """The line with what a word says of it; None if the word is a part of the query."""
    if word.folded in TAB_OF and line.tab is None:
        return line._replace(tab=TAB_OF[word.folded])
    if word.folded in (MINE, EVERYONE):
        if line.mine is not None:
            raise QueryError("whose customers are meant is said already", word.at, word.text)
        return line._replace(mine=word.folded == MINE)
    if word.folded.startswith(SORT):
        return _sorted(word, line)
    if word.folded.startswith(VIEW):
        return _viewed(word, line, views)
    if _WHOLE_TEXT.fullmatch(word.text) and not line.search and fold(unquoted(word.text)):
        return line._replace(search=unquoted(word.text))
    return None


def _sorted(word: _Word, line: ListLine) -> ListLine:
    typed = word.text[len(SORT) :]
    column = typed.removeprefix("-").casefold()
    if line.sort:
        raise QueryError("the order is said already", word.at, word.text)
    if column not in SORT_WORDS:
        at = word.at + len(SORT) + typed.startswith("-")
        reason = f"{column!r} is no column: {closest(column, SORT_WORDS)}" if column else _MISSING_COLUMN
        raise QueryError(reason, at if column else word.at, column or word.text)
    return line._replace(sort=column, reverse=typed.startswith("-"))


def _viewed(word: _Word, line: ListLine, views: Collection[str] | None) -> ListLine:
    name = " ".join(unquoted(word.text[len(VIEW) :]).removeprefix('"').split())
    known = views or ()
    if not name:
        raise QueryError(f"after {VIEW!r} the name of a saved view is missing", word.at, word.text)
    if views is not None and fold(name) not in map(fold, known):
        there = closest(name, tuple(known)) if known else "none is saved yet"
        raise QueryError(f"there is no view {name!r}: {there}", word.at + len(VIEW), word.text[len(VIEW) :])
    return line._replace(view=name)


def _beginning(typed: str, words: Iterable[str]) -> tuple[str, ...]:
    found = tuple(each for each in words if each.startswith(typed.casefold()))
    return () if found == (typed,) else found


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"' if re.search(r'[\s"]', name) else name


_MISSING_COLUMN: Final = f"after {SORT!r} a column is missing: {', '.join(SORT_WORDS)}"
