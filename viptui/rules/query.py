"""A query: what a list asks of its customers beside tab, search and team member, in one readable line.

``past-due mine segment:edu,gov late>45 -country:US "north shore" univ``: all terms have to be met, a minus sign or
``not`` in front of one turns it round, of several values one is enough. A list, the command line and saved views
understand the same language; `viptui.rules.query_meaning` says what a query means on a day.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from viptui.errors import ViptuiError
from viptui.rules.filters import RENEWAL_TABS, CustomerFilter
from viptui.rules.folding import fold, key_of
from viptui.rules.query_words import (
    AMOUNT,
    CHOICES,
    COMPARED,
    COUNTRY,
    FIELD_OF,
    FIELD_OF_RENEWALS,
    FIELDS,
    MANAGER,
    MINE,
    NOBODY,
    NOT,
    SNOOZED,
    TABS,
    WORD_OF,
    example_of,
)

MOST_TERMS: Final = 50


class QueryError(ViptuiError):
    """A query that cannot be understood; the text says where, why, and what would be right."""

    def __init__(self, reason: str, at: int, faulty: str) -> None:
        super().__init__(f"character {at + 1}: {reason}")
        self.reason = reason
        self.at = at
        """Where the faulty word begins, from 0."""
        self.faulty = faulty

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.at + len(self.faulty)


class Term(NamedTuple):
    """One thing that is asked."""

    name: str = ""
    """A word, a field, or nothing where a text is looked for."""
    operator: str = ""
    """``:``, a comparison, or nothing for words and texts."""
    values: tuple[str, ...] = ()
    """Any one of them is enough; ``""`` stands for none."""
    negated: bool = False

    def __str__(self) -> str:
        minus = "-" if self.negated else ""
        if not self.name:
            (text,) = self.values
            return minus + (text if _is_plain(text) else _quoted(text))
        return f"{minus}{self.name}{self.operator}{','.join(map(self._value, self.values))}"

    def _value(self, value: str) -> str:
        if not value:
            return NOBODY
        is_plain = _is_bare(value) and not (value.casefold() == NOBODY and self.name == MANAGER)
        return value if is_plain else _quoted(value)


class Query(NamedTuple):
    """Terms that all have to be met."""

    terms: tuple[Term, ...] = ()

    def __str__(self) -> str:
        return " ".join(map(str, self.terms))

    def seen_by(self, login: str) -> Query:
        """The same with the login in the place of ``mine``, and as whose ``snoozed`` is."""
        name_of = {MINE: MANAGER, SNOOZED: SNOOZED}
        return Query(
            tuple(
                each._replace(name=name_of[each.name], operator=":", values=(login,)) if each.name in name_of else each
                for each in self.terms
            )
        )

    @property
    def is_about_snoozed(self) -> bool:
        """Whether it asks for customers that are snoozed."""
        return any(each.name == SNOOZED for each in self.terms)


def parse_query(text: str, logins: Collection[str] | None = None, tab: CustomerFilter | None = None) -> Query | None:
    """What a line asks; None if it asks nothing.

    Args:
        text: the line as it was typed.
        logins: the team; nobody else can be named then. None: anybody can.
        tab: the tab that it is asked of, unless the line names one itself: it decides which ``days`` are meant.

    Raises:
        QueryError: it cannot be understood.
    """
    terms: list[Term] = []
    turned: _Token | None = None
    tokens = list(_tokens(text))
    fields = FIELD_OF_RENEWALS if RENEWAL_TABS.intersection(_tabs_of(tokens) or [tab]) else FIELD_OF
    for token in tokens:
        if token.is_not:
            turned = None if turned else token
            continue
        term = _term(token, logins, fields)
        terms.append(term._replace(negated=not term.negated) if turned else term)
        turned = None
        if len(terms) > MOST_TERMS:
            raise QueryError(f"leave something out: a query has at most {MOST_TERMS} terms", token.at, token.text)
    if turned:
        raise QueryError(f"after {NOT!r} comes what is not to be", turned.at, turned.text)
    return Query(tuple(dict.fromkeys(terms))) if terms else None


def _tabs_of(tokens: Iterable[_Token]) -> list[CustomerFilter]:
    """The tabs that are asked for by name."""
    words = (WORD_OF.get(each.rest.casefold(), "") for each in tokens if not each.negated and not each.operator)
    return [TABS[word] for word in words if word in TABS]


class _Token(NamedTuple):
    """A term as it was typed."""

    at: int
    text: str
    negated: bool
    name: str
    operator: str
    rest: str
    rest_at: int

    @property
    def is_not(self) -> bool:
        return self.text.casefold() == NOT


_TOKEN: Final = re.compile(
    r'(?P<minus>-?)(?:(?P<name>[A-Za-z][A-Za-z-]*)(?P<operator><=|>=|[:<>=]))?(?P<rest>(?:"(?:[^"]|"")*"?|[^\s"])*)'
)
_SPACE: Final = re.compile(r"\s*")
_QUOTES: Final = re.compile(r'"((?:[^"]|"")*)"')
_VALUE: Final = re.compile(r'(?:"(?:[^"]|"")*"|[^",])+')
_WHOLE: Final = re.compile(r"-?[0-9]{1,9}")
_MONEY: Final = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,4})?")


def _tokens(text: str) -> Iterator[_Token]:
    at = _end(_SPACE.match(text))
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise AssertionError("every text begins with a token, if with an empty one")
        yield _Token(
            at=at,
            text=found[0],
            negated=bool(found["minus"]),
            name=found["name"] or "",
            operator=found["operator"] or "",
            rest=found["rest"],
            rest_at=found.start("rest"),
        )
        at = _end(_SPACE.match(text, found.end()))


def _end(found: re.Match[str] | None) -> int:
    return 0 if found is None else found.end()


def _term(token: _Token, logins: Collection[str] | None, fields: Mapping[str, str]) -> Term:
    if _QUOTES.sub("", token.rest).count('"'):
        at = token.rest_at + token.rest.rindex('"')
        raise QueryError("the quotation mark that stands here has no other one", at, '"')
    if token.operator:
        name, values = _field(token, logins, fields)
        operator = token.operator
    else:
        name, operator, values = _word(token)
    return Term(name, operator, values, token.negated)


def _word(token: _Token) -> tuple[str, str, tuple[str, ...]]:
    """A word that the language knows, else a text."""
    if (word := WORD_OF.get(token.rest.casefold())) is not None:
        return word, "", ()
    text = unquoted(token.rest)
    if not fold(text):
        raise QueryError(f"{token.text!r} asks nothing: write what is looked for", token.at, token.text)
    return "", "", (text,)


def _field(token: _Token, logins: Collection[str] | None, fields: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    typed = token.name.casefold()
    if (name := fields.get(typed)) is None:
        if typed in WORD_OF:
            raise QueryError(f"{typed!r} stands alone, without {token.operator!r}", token.at, token.text)
        at = token.rest_at - len(token.operator) - len(token.name)
        instead = closest(typed, FIELDS, "; a text is put in quotes")
        raise QueryError(f"{token.name!r} is nothing that can be asked: {instead}", at, token.name)
    if name in COMPARED:
        return name, (_number(name, token),)
    if token.operator != ":":
        raise QueryError(f"{name} is not compared: write {example_of(name)}", token.at, token.text)
    values = tuple(_values(name, token, logins))
    if not values:
        raise QueryError(f"after '{name}:' a value is missing: {_values_of(name, logins)}", token.at, token.text)
    return name, tuple(dict.fromkeys(values))


def _number(name: str, token: _Token) -> str:
    typed = unquoted(token.rest)
    if token.operator == ":":
        raise QueryError(f"{name} is compared: write {example_of(name)}", token.at, token.text)
    if name == AMOUNT and _MONEY.fullmatch(typed):
        return f"{Decimal(typed).normalize():f}"
    if name != AMOUNT and _WHOLE.fullmatch(typed):
        return str(int(typed))
    what = "an amount such as 1000.50" if name == AMOUNT else "a whole number"
    if not typed:
        raise QueryError(f"after '{name}{token.operator}' {what} is missing", token.at, token.text)
    raise QueryError(f"{typed!r} is not {what}: write {example_of(name)}", token.rest_at, token.rest)


def _values(name: str, token: _Token, logins: Collection[str] | None) -> Iterator[str]:
    for found in _VALUE.finditer(token.rest):
        yield _value(name, found[0], token.rest_at + found.start(), logins)


def _value(name: str, typed: str, at: int, logins: Collection[str] | None) -> str:
    value = unquoted(typed)
    if not value.strip():
        raise QueryError(f"{typed!r} is no {name}: write {example_of(name)}", at, typed)
    if name == MANAGER:
        return _login(typed, value, at, logins)
    if name == COUNTRY:
        return value.upper() if len(value) == _COUNTRY_CODE else value
    choice = CHOICES[name]
    word = choice.also.get(value.casefold(), value.casefold())
    if word not in choice.values:
        raise QueryError(f"{value!r} is no {name}: {closest(word, tuple(choice.values))}", at, typed)
    return "" if word == NOBODY else word


def _login(typed: str, value: str, at: int, logins: Collection[str] | None) -> str:
    if typed.casefold() == NOBODY:
        return ""
    if logins is None:
        return value
    known = {key_of(each): each for each in logins}
    if (login := known.get(key_of(value))) is not None:
        return login
    raise QueryError(f"nobody in the team is {value!r}: {closest(key_of(value), [*known.values(), NOBODY])}", at, typed)


def _values_of(name: str, logins: Collection[str] | None) -> str:
    if name in CHOICES:
        return ", ".join(CHOICES[name].values)
    return example_of(name) if name == COUNTRY or not logins else ", ".join([*list(logins)[:_TOLD], NOBODY])


def closest(typed: str, known: Sequence[str], more: str = "") -> str:
    """What would be right: the closest word, or those that there are."""
    from difflib import get_close_matches  # only where something is wrong

    begun = [each for each in known if typed and (each.startswith(typed) or typed.startswith(each))]
    close = get_close_matches(typed, known, n=1) or begun
    return f"did you mean {close[0]}?" if close else f"there are {', '.join(known[:_TOLD])}{more}"


def _is_plain(text: str) -> bool:
    """Whether a text stands for itself without quotes."""
    found = _TOKEN.fullmatch(text)
    is_text = found is not None and not found["minus"] and not found["operator"] and '"' not in text
    return is_text and text.casefold() not in (*WORD_OF, NOT)


def _is_bare(value: str) -> bool:
    return not re.search(r'[\s",]', value)


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def unquoted(typed: str) -> str:
    """A text without the quotation marks around its parts; a doubled one stands for itself."""
    return _QUOTES.sub(lambda found: found[1].replace('""', '"'), typed)


_COUNTRY_CODE: Final = 2
_TOLD: Final = 20
"""Words that a message names, at most."""
