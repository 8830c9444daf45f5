"""The language of queries: what is understood, how it is written, what is wrong and where."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from viptui.rules.filters import CustomerFilter
from viptui.rules.folding import fold
from viptui.rules.query import Query, QueryError, Term, parse_query
from viptui.rules.query_completion import completion
from viptui.rules.query_words import CHOICES, COMPARED, COMPARISONS, FIELDS, NUMBERS, WORDS

TEAM = ("ana.kovac", "Ben Adler")

UNDERSTOOD = {
    "a tab": ("past-due", "past-due"),
    "a tab by its whole name": ("Upcoming-Renewals", "upcoming"),
    "mine": ("MINE", "mine"),
    "a text": ("univ", "univ"),
    "a text of several words": ('"north  shore"', '"north  shore"'),
    "a text with a quotation mark": ('"say ""ah"""', '"say ""ah"""'),
    "a text that is a word in quotes": ('"ready"', '"ready"'),
    "a text that looks like a field": ('"a:b"', '"a:b"'),
    "a text with a minus in front": ('"-x"', '"-x"'),
    "a mail address": ("it@north-shore.example", "it@north-shore.example"),
    "a field's name alone is a text": ("late", "late"),
    "several values": ("segment:EDU,government", "segment:edu,gov"),
    "a value twice": ("type:team,team", "type:team"),
    "a login": ("manager:ANA.KOVAC,none", "manager:ana.kovac,none"),
    "a login with a space": ('manager:"ben adler"', 'manager:"Ben Adler"'),
    "a country": ("country:de,Austria", "country:DE,Austria"),
    "no level": ("level:3,none", "level:3,none"),
    "a comparison": ("late>045", "late>45"),
    "after the anniversary": ("left<=-5", "left<=-5"),
    "an amount": ("amount>=1000.50", "amount>=1000.5"),
    "an American spelling": ("licenses>1", "licences>1"),
    "not by a minus": ("-segment:edu", "-segment:edu"),
    "not by a word": ("not segment:edu univ", "-segment:edu univ"),
    "not twice": ("not -mine", "mine"),
    "the same twice": ("mine  mine", "mine"),
    "many of them": ("past-due mine  late>45 -univ", "past-due mine late>45 -univ"),
}


@pytest.mark.parametrize(("typed", "written"), UNDERSTOOD.values(), ids=UNDERSTOOD)
def test_what_is_understood(typed: str, written: str) -> None:
    query = parse_query(typed, TEAM)
    assert str(query) == written
    assert parse_query(written, TEAM) == query


DAYS = {
    "of all": (None, "days>45", "age>45"),
    "of what waits": (CustomerFilter.PAST_DUE, "Days<=45", "age<=45"),
    "of renewals": (CustomerFilter.READY_FOR_RENEWAL, "mine days<5", "mine left<5"),
    "of a tab that is named": (None, "upcoming days=31", "upcoming left=31"),
    "of another tab than the one that is named": (
        CustomerFilter.UPCOMING_RENEWALS,
        "past-due days>45",
        "past-due age>45",
    ),
    "of all but a tab": (None, "-ready days>45", "-ready age>45"),
}


@pytest.mark.parametrize(("tab", "typed", "written"), DAYS.values(), ids=DAYS)
def test_days_are_those_that_the_state_shows(tab: CustomerFilter | None, typed: str, written: str) -> None:
    assert str(parse_query(typed, TEAM, tab)) == written


@pytest.mark.parametrize("blank", ["", "  ", "\t"])
def test_a_blank_line_asks_nothing(blank: str) -> None:
    assert parse_query(blank) is None


FAULTY = {
    "an unknown field": ("mine segmet:edu", 5, "segmet", "did you mean segment?"),
    "nothing like any field": ("http://x", 0, "http", "a text is put in quotes"),
    "an unknown value": ("segment:edu,goverment", 12, "goverment", "did you mean gov?"),
    "a value that is missing": ("segment:", 0, "segment:", "commercial, edu, gov"),
    "values between commas": ("-state:overdue,,lat", 16, "lat", "did you mean late?"),
    "an empty value": ('country:""', 8, '""', "country:DE"),
    "a field that is not compared": ("segment>3", 0, "segment>3", "segment:commercial"),
    "a field that is compared": ("late:45", 0, "late:45", "late>45"),
    "no number": ("late>x", 5, "x", "whole number"),
    "a number with a fraction": ("late>4.5", 5, "4.5", "whole number"),
    "a number that is missing": ("mine late>", 5, "late>", "missing"),
    "no amount": ("amount<1e3", 7, "1e3", "1000.50"),
    "a word with a value": ("mine:yes", 0, "mine:yes", "stands alone"),
    "a quotation mark without another": ('mine "north shore', 5, '"', "no other one"),
    "nobody in the team": ("manager:anna.kovac", 8, "anna.kovac", "did you mean ana.kovac?"),
    "a minus alone": ("mine -", 5, "-", "asks nothing"),
    "not at the end": ("mine not", 5, "not", "'not'"),
    "quotes around nothing": ('""', 0, '""', "asks nothing"),
    "too much": (" ".join(f"x{number}" for number in range(51)), 190, "x50", "at most 50"),
}


@pytest.mark.parametrize(("typed", "at", "faulty", "advice"), FAULTY.values(), ids=FAULTY)
def test_what_is_wrong_and_where(typed: str, at: int, faulty: str, advice: str) -> None:
    with pytest.raises(QueryError) as raised:
        parse_query(typed, TEAM)
    error = raised.value
    assert (error.at, error.faulty) == (at, faulty)
    assert typed[error.at : error.end] == faulty
    assert advice in error.reason
    assert str(error).startswith(f"character {at + 1}: ")


def test_without_a_team_anybody_can_be_named() -> None:
    assert str(parse_query("manager:Somebody")) == "manager:Somebody"


def test_mine_is_whoever_looks() -> None:
    query = parse_query("mine -mine univ")
    assert query is not None
    assert str(query.seen_by("ana.kovac")) == "manager:ana.kovac -manager:ana.kovac univ"


texts = st.text(min_size=1, max_size=12).filter(lambda text: bool(fold(text)))
names = st.sampled_from(["univ", "ready", "not", "-x", "a b", 'a"b', "a:b", "late>4", "none", "ärzte", "a,b", "x>"])
choices = [
    st.builds(Term, st.just(name), st.just(":"), st.lists(st.sampled_from([*choice.values]), min_size=1, unique=True))
    for name, choice in CHOICES.items()
]
terms = st.one_of(
    st.builds(lambda text: Term(values=(text,)), names | texts),
    st.sampled_from(WORDS).map(Term),
    *choices,
    st.builds(Term, st.just("manager"), st.just(":"), st.lists(names | st.just(""), min_size=1, unique=True)),
    st.builds(
        Term, st.just("country"), st.just(":"), st.lists(st.sampled_from(["DE", "US", "Côte d'Ivoire, x"]), unique=True)
    ),
    st.builds(
        lambda name, operator, number: Term(name, operator, (str(number),)),
        st.sampled_from(NUMBERS),
        st.sampled_from(COMPARISONS),
        st.integers(-999_999, 999_999),
    ),
).map(
    lambda term: term._replace(
        values=tuple("" if (term.name, each) == ("level", "none") else each for each in term.values)
    )
)


@settings(derandomize=True, deadline=None)
@given(st.lists(st.tuples(terms, st.booleans()), min_size=1, max_size=5))
def test_what_is_written_is_read_as_it_was(made: list[tuple[Term, bool]]) -> None:
    kept = [term._replace(negated=negated) for term, negated in made if term.values or not term.operator]
    query = Query(tuple(dict.fromkeys(kept)))
    assert parse_query(str(query)) == (query if query.terms else None)


@settings(derandomize=True, deadline=None)
@given(st.text(alphabet='abelnmst<>=:,-" 19"', max_size=20))
def test_any_line_is_understood_or_told_where_it_is_wrong(line: str) -> None:
    try:
        query = parse_query(line)
    except QueryError as error:
        fault = error
    else:
        assert parse_query(str(query or "")) == query
        return
    assert line[fault.at : fault.end] == fault.faulty


COMPLETIONS = {
    "nothing typed": ("", None),
    "the beginning of a word": ("pa", ("past-due",)),
    "of words and fields": ("mine le", ("level:", "left>")),
    "of a field that is turned round": ("-seg", ("segment:",)),
    "all values": ("state:", tuple(CHOICES["state"].values)),
    "the beginning of a value": ("segment:e", ("edu",)),
    "of a further value": ("-segment:edu,g", ("gov",)),
    "whatever the case": ("SEGMENT:E", ("edu",)),
    "a login": ("manager:a", ("ana.kovac",)),
    "a value that is whole": ("segment:edu", ()),
    "a text in quotes": ('"pa', ()),
    "behind a text in quotes": ('"pa" pa', ("past-due",)),
    "nothing is called so": ("zz", ()),
    "a country can be any": ("country:", ()),
    "a number can be any": ("late>", ()),
}


@pytest.mark.parametrize(("typed", "candidates"), COMPLETIONS.values(), ids=COMPLETIONS)
def test_what_could_stand_there(typed: str, candidates: tuple[str, ...] | None) -> None:
    found = completion(typed, len(typed), TEAM)
    if candidates is None:
        assert len(found.candidates) == len(WORDS) + len(FIELDS) + 1
    else:
        assert found.candidates == candidates


def test_every_comparison_has_an_example_that_is_understood() -> None:
    for name in COMPARED:
        assert str(parse_query(f"{name}>1")) == f"{name}>1"
