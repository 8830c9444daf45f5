"""Whatever customers, products, notes and people are called: nothing breaks, and no data drive the terminal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from tests.support.builders import Contact, Happened, Ordered, Portfolio, Requested, Said
from tests.support.terminal import Terminal, start_viptui
from viptui.data.database import open_database
from viptui.data.models import Customer

MARKUP: Final = (
    "Acme [/foo]",
    "Acme [DE]",
    "Foo [/] Ltd",
    "[red]x[/red]",
    "[@click=app.quit]x[/]",
    "[link=https://evil.example]x[/link]",
    "[b",
    "x [/",
    "\\[b]",
    "[[nested] [TODO]]",
    ":smile: {braces} %s %(x)s",
)
"""Shown as they are, every character."""

SEQUENCES: Final = (
    "\x1b]0;owned\x1b\\",
    "\x1b]0;owned\x07",
    "\x1b]2;owned",
    "\x1b]52;c;b3duZWQ=\x07",
    "\x1b]8;;https://evil.example\x1b\\x\x1b]8;;\x1b\\",
    "\x1b]1337;File=:AAAA\x07",
    "\x1b[2J",
    "\x1b[31;5m",
    "\x1b[6n",
    "\x1b[21t",
    "\x1b[?1049l",
    "\x1b[?1003h",
    "\x1b[>5u",
    '\x1bP$q"p\x1b\\',
    "\x1b_Gf=24;AAAA\x1b\\",
    "\x1b^pm\x1b\\",
    "\x1bc",
    "\x1b#8",
    "\x1b(0",
    "\x9b2J",
    "\x9d0;owned\x9c",
    "\x90q\x9c",
    "\x00",
    "\x07",
    "\x08\x08\x08",
    "\rowned",
    "a\nb",
    "a\tb",
    "\x0b\x0c",
    "\x0e\x0f",
    "\x7f",
    "\x85",
)
"""What a terminal would act upon."""

LETTERS: Final = (
    "a\u2028b\u2029c",
    "\u202eevil\u202c",
    "\u2066isolate\u2069",
    "zero\u200bwidth\u200d\ufeff\u2060",
    "tags\U000e0041\U000e0042",
    "Аdobe",
    "Mu\u0308ller",
    "Z" + "\u0300" * 1000,
    "👩‍👩‍👧‍👦 🇩🇪 👍🏽",
    "東京大学出版会" * 20,
    "ﷺ" * 10,
    "جامعة القاهرة",
    "\uffff\ufffe\ufdd0",
    "\ue000\uf8ff",
    "%_\\*?'\"; DROP TABLE customer; --",
    '=HYPERLINK("https://evil.example")',
    "+1",
    "@SUM(A1)",
    "a\r\nBcc: x@y.example",
    "../../etc/passwd",
    "１２３",
    "NaN",
    "x" * 100_000,
    "",
    "   ",
)

CORPUS: Final = MARKUP + SEQUENCES + LETTERS

_MOVED_LINES: Final = re.compile(rb"\x1b\[\d+;\d+r\x1b\[\d+H\x1b\[\d*[ML]\x1b\[r")
"""How viptui has the terminal move lines, where a list is longer than the screen."""

_MOVING_LINES: Final = frozenset({(b"", b"r"), (b"", b"M"), (b"", b"L")})

TODAY: Final = datetime.now(UTC).date()


def fill(path: Path, words: Sequence[str]) -> None:
    """A customer for each text, with the text in every field that takes one."""
    database = open_database(str(path), create=True)
    portfolio = Portfolio(TODAY)
    portfolio.member("ana.kovac")
    for number, text in enumerate(words):
        own = f"{number}{text}"
        portfolio.member(own, text)
        identifier = portfolio.customer(
            text,
            vip_id=f"V{own}V",
            contact=Contact(
                name=text, email=own, address=text, city=text, region=text, postal_code=text, country=text, english=text
            ),
            requested=[
                Requested(days_ago=31, quantity=2, number=f"PA{own}", po_number=text, product=own),
                Requested(days_ago=70, number=f"PB{own}", po_number=text, product=own, status="ordered"),
            ],
            ordered=[Ordered(days_ago=340, quantity=3, number=f"OR{own}", po_number=text, product=own)],
            anniversary_in=20,
            managed_by=own,
            notes=[Said(author=text, body=text), Said(author="ana.kovac", body=f"{text}\n{text}")],
            history=[Happened(actor=text, action=text, subject=text, after=text)],
        )
        Customer.update(commitment_status=text).where(Customer.id == identifier).execute()
    database.close()


def visit_everything(database: Path, home: Path, customers: int) -> tuple[Terminal, str]:
    """Look at every tab, every customer with its details and preview, the search and help; what was on the screen."""
    seen: list[str] = []
    config = home / "fast.toml"
    config.write_text('link = "fast"\n')  # the emulator takes its time on a busy machine, and another look would follow
    words = ("--database", str(database), "--config", str(config), "--me", "0[/")
    with start_viptui(*words, home=home, size=(80, 52)) as terminal:
        terminal.wait_text(r"\[3 ")
        for key in ("1", "2", "4", "5", "3", "6"):
            terminal.press(key)
            terminal.wait_text(rf"\[{key} ")
        for number in range(1, customers + 1):
            terminal.wait_text(rf" {number} / {customers}")
            seen.append(terminal.text())
            terminal.press("enter")
            terminal.wait_text("(?m)^ Customer details$(?s:.*)^   Primary contract owner")
            terminal.wait_quiet(0.05)  # all of it
            seen.append(terminal.text())
            terminal.press("G")
            terminal.wait_text("(?m)^ History$")  # the last section
            seen.append(terminal.text())
            terminal.press("q", "down")
        terminal.press("m")
        terminal.wait_text("is not in the team")
        seen.append(terminal.text())
        for text in ("[/", "Z\u0300\u0300", "%_"):
            terminal.press("/", "\x15", text, "down")
            terminal.wait_text(r" of \d")
            seen.append(terminal.text())
        terminal.press("?")
        terminal.wait_text("Next customer")
        terminal.press("leave viptui")
        terminal.wait_text("Leave viptui")
        terminal.press("escape")
        terminal.wait_gone("Leave viptui")
        terminal.press("q")
        assert terminal.exit_status() == 0
    return terminal, "\n".join(seen)


@pytest.fixture(scope="module")
def visits(tmp_path_factory: pytest.TempPathFactory) -> tuple[Terminal, Terminal, str]:
    """A visit to plain customers, one to hostile ones, and what stood on the screen there."""
    home = tmp_path_factory.mktemp("hostile")
    plain = [f"Company {number}" for number in range(5)]
    fill(home / "plain.db", plain)
    fill(home / "hostile.db", CORPUS)
    clean, _ = visit_everything(home / "plain.db", home, len(plain))
    hostile, screen = visit_everything(home / "hostile.db", home, len(CORPUS))
    return clean, hostile, screen


def test_data_bring_no_control_sequence_of_their_own(visits: tuple[Terminal, Terminal, str]) -> None:
    clean, hostile, _ = visits
    of_longer_list = {kind for kind in hostile.kinds_of_sequences() if kind[:2] in _MOVING_LINES}
    assert hostile.kinds_of_sequences() - clean.kinds_of_sequences() - of_longer_list == set()
    assert re.search(rb"\x1b\[[\d;]*[rML]", _MOVED_LINES.sub(b"", hostile.raw)) is None


def test_no_sequence_from_the_data_arrives(visits: tuple[Terminal, Terminal, str]) -> None:
    clean, hostile, _ = visits
    for text in SEQUENCES:
        for part in re.findall("[\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]+", text):
            assert part.encode() not in hostile.raw or part.encode() in clean.raw
    for word in (b"\x1b]0;", b"\x1b]2;", b"\x1b]52", b"\x1b]8", b"\x1bP", b"\x1b_G", b"\x1bc", b"\x1b[6n", b"\x1b[21t"):
        assert word not in hostile.raw
    assert hostile._screen.title == clean._screen.title


def test_the_terminal_is_left_as_it_was(visits: tuple[Terminal, Terminal, str]) -> None:
    _, hostile, _ = visits
    assert hostile.modes_left_on() == set()


def test_markup_is_shown_as_it_is(visits: tuple[Terminal, Terminal, str]) -> None:
    _, _, screen = visits
    for text in MARKUP:
        assert f"   Organization name       {text}\n" in re.sub(" +\n", "\n", screen) + "\n"


def test_what_cannot_be_shown_has_a_mark_in_its_place(visits: tuple[Terminal, Terminal, str]) -> None:
    _, _, screen = visits
    for shown in ("␛]0;owned", "␛[2J", "␀", "␇", "␈␈␈", "␍owned", "a␊b", "␡", "\ufffd2J", "\ufffdevil\ufffd"):
        assert f"Organization name       {shown}" in screen
