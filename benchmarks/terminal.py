"""A program in a pseudo-terminal, its keys and the times of its bytes.

Nothing is parsed while a key is measured: reads are stamped and kept, and looked at afterwards.
"""

from __future__ import annotations

import fcntl
import os
import re
import select
import signal
import struct
import termios
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from time import perf_counter, sleep
from types import TracebackType
from typing import Final, NamedTuple, Self

from benchmarks.programs import Program
from benchmarks.steps import Chunk, Step, first_showing, split

QUIET: Final = 0.2
"""Seconds without a byte after which an answer is over; viptui's late preview comes within."""

PATIENCE: Final = 1.0
"""Seconds that a key may stay without an answer."""

LOOK: Final = 0.05
"""Seconds of a look at whether a silent program still computes."""

BUSY: Final = 0.05
"""The share of a processor from which it does; one that waits for a key uses a thousandth."""

LONGEST_ANSWER: Final = 120.0
"""Seconds after which an answer is over although the program is never quiet."""


class Unmeasurable(Exception):
    """A program has ended, or never showed what it was waited for."""


class Size(NamedTuple):
    """A terminal's size in cells."""

    columns: int
    lines: int


class Session:
    """A program from its start to its end."""

    def __init__(self, program: Program, size: Size, home: Path) -> None:
        self.program = program
        self.chunks: list[Chunk] = []
        self._late_rows = program.late_rows(size.lines)
        self.started_at = perf_counter()
        self.pid, self._fd = os.forkpty()
        if self.pid == 0:
            _become(program, size, home)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.killpg(self.pid, signal.SIGKILL)  # the group is there as long as nobody has taken note of its leader's end
        os.waitpid(self.pid, 0)
        os.close(self._fd)

    def wait_for(self, pattern: str, *, quiet: float = 0.3, longest: float) -> float:
        """Read until the output has shown a text that matches; the milliseconds from the start to that read.

        Raises:
            Unmeasurable: it did not within ``longest`` seconds, or the program has ended.
        """
        end = perf_counter() + longest
        while perf_counter() < end:
            self._read_until_quiet(min(end, perf_counter() + quiet), quiet)
            if (at := first_showing(pattern, self.chunks)) is not None:
                return (at - self.started_at) * 1000
            if self._has_ended():
                break
        raise Unmeasurable(f"{self.program.name} never showed {pattern!r}")

    def press(self, key: bytes, *, quiet: float = QUIET, patience: float = PATIENCE) -> Step:
        """Press a key and read until the program has been quiet for so many seconds.

        With a `quiet` of at least `QUIET` a program that is silent but computes is waited for, too.

        Raises:
            Unmeasurable: the program has ended.
        """
        first, pressed_at = len(self.chunks), perf_counter()
        self._write(key)
        self._read_until_quiet(pressed_at + patience, quiet)
        while quiet >= QUIET and perf_counter() < pressed_at + LONGEST_ANSWER and self._computes():
            self._read_until_quiet(perf_counter() + quiet, quiet)
        return self._step(pressed_at, first)

    def hold(self, key: bytes, times: int, *, per_second: float, quiet: float = 0.5) -> list[Step]:
        """Press a key at a rate, whatever the program does meanwhile; the last step is what came after the last."""
        steps, began = [], perf_counter()
        for turn in range(times):
            first, pressed_at = len(self.chunks), perf_counter()
            self._write(key)
            if turn == times - 1:
                self._read_until_quiet(pressed_at + quiet, quiet)
            else:
                while self._read(began + (turn + 1) / per_second):
                    pass
            steps.append(self._step(pressed_at, first))
        return steps

    def hide_preview(self) -> None:
        """Do without the program's preview: from now on nothing comes late."""
        if self._late_rows:
            self.press(self.program.key("preview"))
            self._late_rows = range(0)

    def idle(self, seconds: float) -> Step:
        """Press nothing for so many seconds."""
        first, began = len(self.chunks), perf_counter()
        while self._read(began + seconds):
            pass
        return Step(began, tuple(self.chunks[first:]))

    def settle(self, quiet: float = 0.5) -> None:
        """Read until the program has been quiet for so many seconds."""
        self._read_until_quiet(perf_counter() + quiet, quiet)

    def quit(self, *, longest: float = 5.0) -> float | None:
        """Press the key that ends the program; milliseconds to its end, None if it stays."""
        pressed_at = perf_counter()
        self._write(self.program.key("quit"))
        while perf_counter() < pressed_at + longest:
            if not self._read(perf_counter() + 0.02) and self._has_ended():
                return (perf_counter() - pressed_at) * 1000
        return None

    def memory_mb(self) -> float:
        """Resident memory now."""
        return _status_mb(self.pid, "VmRSS")

    def cpu_seconds(self) -> float:
        """CPU time of all the program's threads so far."""
        return sum(int(told.split()[0]) for told in self._threads("schedstat")) / 1e9

    def _computes(self) -> bool:
        """Whether the program writes, uses the processor or waits for it while it is looked at for a moment."""
        had, before = len(self.chunks), self.cpu_seconds()
        end = perf_counter() + LOOK
        while self._read(end):
            pass
        if len(self.chunks) > had or self.cpu_seconds() - before > BUSY * LOOK:
            return True
        return any(told.rpartition(")")[2].split()[0] in "RD" for told in self._threads("stat"))

    def _threads(self, name: str) -> Iterator[str]:
        """What the kernel tells of each thread under that name."""
        for task in Path(f"/proc/{self.pid}/task").iterdir():
            with suppress(FileNotFoundError, ProcessLookupError):  # a thread that has just ended
                yield (task / name).read_text()

    def _step(self, pressed_at: float, first: int) -> Step:
        return Step(pressed_at, *split(self.chunks[first:], self._late_rows))

    def _read_until_quiet(self, deadline: float, quiet: float) -> None:
        end = perf_counter() + LONGEST_ANSWER
        while perf_counter() < end and self._read(deadline):
            deadline = self.chunks[-1].at + quiet

    def _read(self, deadline: float) -> bool:
        """Take what there is, waiting for it until ``deadline``; whether there was something."""
        ready, _, _ = select.select([self._fd], [], [], max(0.0, deadline - perf_counter()))
        if not ready:
            return False
        try:
            data = os.read(self._fd, 65_536)
        except OSError:  # the program has closed its end
            data = b""
        if not data:
            sleep(0.005)
            return False
        self.chunks.append(Chunk(perf_counter(), data))
        for query in _QUERIES.findall(data):
            self._write(_REPLIES[query])
        return True

    def _write(self, data: bytes) -> None:
        try:
            os.write(self._fd, data)
        except OSError as error:
            raise Unmeasurable(f"{self.program.name} has ended") from error

    def _has_ended(self) -> bool:
        return os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _become(program: Program, size: Size, home: Path) -> None:
    """In the child: set the terminal up and become the program."""
    try:
        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", size.lines, size.columns, 0, 0))
        os.chdir(home)
        if program.stdin is not None:
            os.dup2(os.open(program.stdin, os.O_RDONLY), 0)
        os.execve(program.command[0], program.command, program.environment)
    finally:
        os._exit(127)


def _status_mb(pid: int, name: str) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / 1024
    raise ProcessLookupError(pid)


_REPLIES: Final = {
    b"\x1b[?2026$p": b"\x1b[?2026;2$y",  # synchronized output: known, and off
    b"\x1b[?2048$p": b"\x1b[?2048;0$y",  # reports of a new size: not known
    b"\x1b[6n": b"\x1b[1;1R",
    b"\x1b[c": b"\x1b[?62;22c",
    b"\x1b[0c": b"\x1b[?62;22c",
}
"""What a terminal answers to what programs ask."""

_QUERIES: Final = re.compile(b"|".join(re.escape(query) for query in _REPLIES))
