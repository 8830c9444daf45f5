"""Search while typing, letter by letter to the first page and to the exact count, over all customers."""

from __future__ import annotations

from typing import Final

from benchmarks import programs
from benchmarks.bench import Bench
from benchmarks.terminal import Session

NAME: Final = "search"

WORDS: Final = ("univ", "print", "kraw")
"""What is typed: frequent words of names, and one with hardly a hit."""

QUIET: Final = 0.3

COUNT: Final = 160
"""Bytes of the exact count, which comes later. If another letter leaves the page as it is, they are most of all."""


def run(bench: Bench) -> None:
    """Measure; VisiData searches only once Enter is pressed, so it has one figure a word."""
    for program in bench.rounds([*bench.viptuis(), *bench.peers(programs.FZF, programs.VISIDATA)]):
        with bench.forgiving(program), bench.ready(program) as session:
            if program.name.startswith(programs.VIPTUI):
                session.press(b"6", quiet=QUIET)
            for word in WORDS:
                if program.name == programs.VISIDATA:
                    _search_at_once(bench, session, word)
                else:
                    _search(bench, session, word)
    bench.figures.note(
        NAME,
        "The answer is the first page; where the exact count comes later, it is the last byte. viptui finds parts of "
        "words in names, contacts, addresses and numbers; fzf letters in that order anywhere in the line; VisiData a "
        "regular expression in one column.",
    )


def _search(bench: Bench, session: Session, word: str) -> None:
    if key := session.program.key("search"):
        bench.press_all(session, NAME, "begin", [key], quiet=QUIET)
    for place, letter in enumerate(word, start=1):
        letters = [letter.encode()]
        bench.press_all(session, NAME, f"letter {place} of {word}", letters, quiet=QUIET, trailing=COUNT)
    bench.press_all(session, NAME, "drop the search", [session.program.key("clear")], quiet=QUIET)


def _search_at_once(bench: Bench, session: Session, word: str) -> None:
    session.press(session.program.key("search") + word.encode(), quiet=QUIET)
    bench.press_all(session, NAME, "word and Enter", [b"\r"], quiet=QUIET)
