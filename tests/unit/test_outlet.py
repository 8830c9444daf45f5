"""What is written to a terminal at once, and what is left for the thread that waits."""

from __future__ import annotations

import os
import pty
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import TextIO

import pytest

from viptui.outlet import Outlet


@pytest.fixture
def terminal() -> Iterator[tuple[int, TextIO]]:
    """Where a terminal shows what is written, and the file that a program writes to."""
    shown, written = pty.openpty()
    with os.fdopen(written, "w", encoding="utf-8") as file:
        yield shown, file
    os.close(shown)


def read(shown: int, count: int) -> bytes:
    """So many bytes of what the terminal gets."""
    data = b""
    while len(data) < count:
        data += os.read(shown, 65536)
    return data


def test_what_the_terminal_takes_is_there_at_once(terminal: tuple[int, TextIO]) -> None:
    shown, file = terminal
    outlet = Outlet(file)
    text = "Śliwa 11 €"
    assert not outlet.write_at_once(text)
    assert not outlet.pending
    assert read(shown, len(text.encode())).decode() == text
    outlet.close()


@pytest.mark.parametrize("begin", ["", "1", "12"], ids=["at a character", "in its middle", "near its end"])
def test_what_it_does_not_take_follows_unharmed(terminal: tuple[int, TextIO], begin: str) -> None:
    shown, file = terminal
    outlet = Outlet(file)
    text = begin + "€" * 100_000
    rest = outlet.write_at_once(text)
    assert rest
    outlet.queued += 1
    assert outlet.pending
    assert outlet.write_at_once("later") == "later"

    def wait() -> None:
        outlet.write(rest)
        outlet.flush()

    thread = Thread(target=wait)
    thread.start()
    assert read(shown, len(text.encode())) == text.encode()
    thread.join()
    assert not outlet.pending
    outlet.close()


def test_what_is_no_terminal_is_left_to_the_thread(tmp_path: Path) -> None:
    with (tmp_path / "log").open("w", encoding="utf-8") as file:
        outlet = Outlet(file)
        assert outlet.write_at_once("text") == "text"
        outlet.write("text")
        outlet.flush()
        outlet.close()
    assert (tmp_path / "log").read_text(encoding="utf-8") == "text"
