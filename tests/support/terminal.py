"""The real program in a real pseudo-terminal: keys go in as bytes, the screen is read back through an emulator."""

from __future__ import annotations

import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import pyte
from pyte.screens import Char

import viptui

ROOT: Final = Path(viptui.__file__).parents[1]
PATIENCE: Final = 30.0
"""Seconds until something that has not happened counts as never happening."""

KEYS: Final[Mapping[str, bytes]] = {
    "enter": b"\r",
    "escape": b"\x1b",
    "down": b"\x1b[B",
    "up": b"\x1b[A",
    "pagedown": b"\x1b[6~",
    "pageup": b"\x1b[5~",
    "home": b"\x1b[H",
    "end": b"\x1b[F",
    "backspace": b"\x7f",
    "ctrl+l": b"\x0c",
    "f1": b"\x1bOP",
}

_TAKE_TERMINAL: Final = (
    "import fcntl,os,signal,sys,termios; fcntl.ioctl(0,termios.TIOCSCTTY,0); "
    "[signal.signal(each,signal.SIG_DFL) for each in (signal.SIGINT,signal.SIGHUP)]; os.execv(sys.argv[1],sys.argv[1:])"
)
"""Run in the child: the pseudo-terminal becomes the one that controls it, as a login's does.

Tests that run in the background ignore some signals, and would hand that on.
"""

_UNKNOWN_TO_PYTE: Final = re.compile(r"\x1b\[(?:[<=>][0-9;]*[@-~]|\??[0-9;]*\$p|\?[0-9;]*u)")
_UNFINISHED: Final = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b]*|[P_^X][^\x1b]*|)$")
_MODES: Final = re.compile(rb"\x1b\[\?([\d;]+)([hl])")
_SEQUENCE: Final = re.compile(
    rb"\x1b\[([<=>?]?)[\d;:]*([ -/]*[@-~])"  # CSI: its prefix and its end
    rb"|\x1b([\]P_^X])(\d*)"  # OSC, DCS, APC, PM, SOS: the kind and the number
    rb"|\x1b([^\[\]P_^X])"  # the others
    rb"|([\x80-\x9f\x00-\x07\x0b-\x1a\x1c-\x1f\x7f])"  # loose control characters, C1 included
)


class Terminal:
    """A program in a pseudo-terminal of its own."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        home: Path,
        size: tuple[int, int] = (120, 40),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        columns, lines = size
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.Stream(self._screen)
        self._pending = ""
        self._decoder_rest = b""
        self._news = threading.Condition()
        self.raw = bytearray()
        """Every byte that the program has written."""
        self._reads = threading.Event()
        self._reads.set()
        self._closed = False
        self.master, slave = os.openpty()
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.termios_before = termios.tcgetattr(self.master)
        self.process = subprocess.Popen(
            [sys.executable, "-c", _TAKE_TERMINAL, *command],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            cwd=home,
            env=_environment(home) | dict(environment or {}),
        )
        os.close(slave)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.hang_up()

    # What a person does

    def press(self, *keys: str) -> None:
        """Press keys; a name of `KEYS`, or text that is typed as it stands."""
        for key in keys:
            self.write(KEYS.get(key, key.encode()))

    def write(self, data: bytes) -> None:
        """Send bytes as the terminal would."""
        while data:
            select.select([], [self.master], [], PATIENCE)
            data = data[os.write(self.master, data[:512]) :]

    def resize(self, columns: int, lines: int) -> None:
        """Change the terminal's size; the program is told by a signal."""
        self._screen.resize(lines, columns)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def stall(self) -> None:
        """Read nothing any more, as a terminal behind a dead line."""
        self._reads.clear()

    def read_on(self) -> None:
        """Read again after `stall`."""
        self._reads.set()

    def hang_up(self) -> None:
        """Close the terminal under the program, as a lost connection does."""
        if not self._closed:
            self._closed = True
            self._reads.set()
            self._reader.join(PATIENCE)
            os.close(self.master)

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the program."""
        self.process.send_signal(number)

    # What a person sees

    def lines(self) -> list[str]:
        """The screen's lines, without trailing blanks."""
        with self._news:
            buffer, columns = self._screen.buffer, range(self._screen.columns)
            return ["".join([buffer[y][x].data for x in columns]).rstrip() for y in range(self._screen.lines)]

    def text(self) -> str:
        """The whole screen."""
        return "\n".join(self.lines())

    def cells(self) -> list[Char]:
        """Every cell with its look; of a blank only what shows."""
        with self._news:
            buffer, columns = self._screen.buffer, range(self._screen.columns)
            return [_as_it_shows(buffer[y][x]) for y in range(self._screen.lines) for x in columns]

    def wait_quiet(self, seconds: float = 0.4) -> None:
        """Wait until the program has written nothing for so long."""
        with self._news:
            while self._news.wait(seconds):
                pass

    def wait_text(self, pattern: str) -> str:
        """Wait until the screen shows something that matches; the screen."""
        self.wait_for(lambda: re.search(pattern, self.text()) is not None, f"{pattern!r} on the screen")
        return self.text()

    def wait_gone(self, pattern: str) -> None:
        """Wait until the screen shows nothing that matches."""
        self.wait_for(lambda: re.search(pattern, self.text()) is None, f"no {pattern!r} on the screen")

    def wait_for(self, happened: Callable[[], bool], what: str) -> None:
        """Wait for anything that the program's output brings about."""
        end = time.monotonic() + PATIENCE
        with self._news:
            while not happened():
                assert time.monotonic() < end, f"waited in vain for {what}:\n{self.text()}"
                self._news.wait(0.5)

    def exit_status(self, patience: float = PATIENCE) -> int:
        """Wait for the end; the exit status, negative for a signal."""
        status = self.process.wait(patience)
        self._drain()
        return status

    # What is left behind

    def modes_left_on(self) -> set[int]:
        """DEC private modes that the program has switched and not switched back; the cursor (25) is on at first."""
        modes = {25: True, 7: True}
        first = dict(modes)
        for numbers, letter in _MODES.findall(bytes(self.raw)):
            for number in numbers.split(b";"):
                modes[int(number)] = letter == b"h"
        return {number for number, on in modes.items() if on is not first.get(number, False)}

    def kitty_keys_left_on(self) -> int:
        """How often the program asked for the extended keyboard without giving it back."""
        return len(re.findall(rb"\x1b\[>\d*u", self.raw)) - len(re.findall(rb"\x1b\[<\d*u", self.raw))

    def termios_is_restored(self) -> bool:
        """Whether the terminal's line settings are those from before."""
        return bool(termios.tcgetattr(self.master) == self.termios_before)

    def kinds_of_sequences(self) -> set[tuple[bytes, ...]]:
        """The kinds of control sequences that the program has written, without their numbers."""
        return {match.groups(b"") for match in _SEQUENCE.finditer(_without_text(bytes(self.raw)))}

    # Below

    def _read(self) -> None:
        while not self._closed:
            self._reads.wait()
            ready, _, _ = select.select([self.master], [], [], 0.1)
            if self._closed or not self._reads.is_set() or not ready:
                continue
            try:
                data = os.read(self.master, 65536)
            except OSError:  # the last program has closed the other end
                break
            with self._news:
                self.raw += data
                self._feed(data)
                self._news.notify_all()

    def _feed(self, data: bytes) -> None:
        data = self._decoder_rest + data
        whole = len(data)
        while whole > len(data) - 4 and whole > 0 and not _ends_whole(data[:whole]):
            whole -= 1
        text, self._decoder_rest = data[:whole].decode(errors="replace"), data[whole:]
        text = self._pending + text
        cut = _UNFINISHED.search(text)
        at = cut.start() if cut else len(text)
        text, self._pending = text[:at], text[at:]
        self._stream.feed(_UNKNOWN_TO_PYTE.sub("", text))

    def _drain(self) -> None:
        """Take what the program wrote last."""
        if self._reads.is_set():
            self._reader.join(5)


def start_viptui(*arguments: str, home: Path, **options: Any) -> Terminal:
    """The program as a person starts it."""
    return Terminal([sys.executable, "-m", "viptui", *arguments], home=home, **options)


def _as_it_shows(cell: Char) -> Char:
    if cell.data != " " or cell.underscore or cell.reverse or cell.strikethrough:
        return cell
    return cell._replace(fg="default", bold=False, italics=False)


def _environment(home: Path) -> dict[str, str]:
    """An environment in which nothing outside ``home`` is read or written."""
    return {
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_STATE_HOME": str(home / "state"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "PATH": os.defpath,
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "TZ": "UTC",
    }


def _ends_whole(data: bytes) -> bool:
    """Whether UTF-8 text does not end within a character."""
    try:
        data[-4:].decode()
    except UnicodeDecodeError as error:
        return error.reason != "unexpected end of data"
    return True


def _without_text(raw: bytes) -> bytes:
    """The output with every character beyond ASCII taken out, so that its bytes are not taken for C1 controls."""
    text = raw.decode(errors="replace")
    return re.sub(r"[^\x00-\x9f]", "", text).encode("latin-1")
