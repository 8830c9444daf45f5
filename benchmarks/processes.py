"""Commands that end by themselves: how long they take, how much processor and memory."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from time import perf_counter, sleep
from typing import IO, Any, Final

LOOK_EVERY: Final = 0.02
"""Seconds between two looks at a command's memory."""


class CommandFailed(Exception):
    """A command that the measurement needs has ended with an error."""


@dataclass(frozen=True, slots=True)
class Finished:
    """What a command took."""

    seconds: float
    cpu_seconds: float
    peak_mb: float
    """Highest resident memory, but for its last `LOOK_EVERY` seconds."""


def run(command: Sequence[str], environment: Mapping[str, str], *, output: Path | None = None) -> Finished:
    """Run a command to its end; its output is dropped or written to a file.

    Raises:
        CommandFailed: its exit status is not 0.
    """
    with Path(output or os.devnull).open("wb") as file, TemporaryFile() as errors:
        began = perf_counter()
        process = _start(command, environment, stdout=file, stderr=errors)
        try:
            peak, status, cpu = _follow(process.pid)
            seconds = perf_counter() - began
            process.returncode = os.waitstatus_to_exitcode(status)
        finally:
            _end(process)
        if process.returncode:
            errors.seek(0)
            said = errors.read().decode(errors="replace")
            raise CommandFailed(f"{' '.join(command)} ended with {process.returncode}: {said}")
    return Finished(seconds, cpu, peak)


@contextmanager
def beside(command: Sequence[str], environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A command that runs beside what is measured, and is killed with all its children in the end."""
    process = _start(command, environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        _end(process)


def _start(
    command: Sequence[str], environment: Mapping[str, str], *, stdout: int | IO[bytes], stderr: int | IO[bytes]
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command, env=dict(environment), stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr, start_new_session=True
    )


def _end(process: subprocess.Popen[Any]) -> None:
    if process.returncode is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _follow(pid: int) -> tuple[float, int, float]:
    """Watch a process to its end: its peak memory in MB, its wait status, its CPU seconds."""
    peak = 0.0
    while True:
        peak = max(peak, _peak_mb(pid))
        ended, status, usage = os.wait4(pid, os.WNOHANG)
        if ended:
            return peak, status, usage.ru_utime + usage.ru_stime
        sleep(LOOK_EVERY)


def _peak_mb(pid: int) -> float:
    """The kernel's high-water mark; what it tells at the end would count the memory of who started the process."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0
