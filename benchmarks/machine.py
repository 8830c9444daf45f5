"""On what, with what and when it was measured; nothing that tells whose machine it is."""

from __future__ import annotations

import os
import platform
import re
import sqlite3
import subprocess
from collections.abc import Iterator
from datetime import UTC
from importlib.metadata import version
from pathlib import Path

from benchmarks.bench import Options
from benchmarks.programs import found
from viptui.clock import SystemClock


def described(options: Options) -> list[str]:
    """The head of a report, as a list in Markdown."""
    return [f"- {line}" for line in _lines(options)]


def _lines(options: Options) -> Iterator[str]:
    yield f"date: {SystemClock(UTC).today()}"
    columns, lines = options.size
    yield f"customers: {options.customers:,}; terminal {columns}x{lines}; rounds {options.rounds}"
    processor = _first(r"model name\s*:\s*(.*)", Path("/proc/cpuinfo"))
    yield f"processor: {processor}, {os.cpu_count()} cores"
    memory = int(_first(r"MemTotal:\s*(\d+)", Path("/proc/meminfo")))
    yield f"memory: {memory / 1024 / 1024:.0f} GB"
    yield f"load average at the beginning: {os.getloadavg()[0]:.2f}"
    yield f"system: {platform.freedesktop_os_release()['PRETTY_NAME']}, Linux {platform.release()}"
    yield f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, " + ", ".join(
        f"{package} {version(package)}" for package in ("textual", "rich", "peewee", "pendulum")
    )
    yield ", ".join(_peers(options))


def _peers(options: Options) -> Iterator[str]:
    for title, name, named in (("fzf", "fzf", options.fzf), ("VisiData", "vd", options.visidata)):
        program = found(name, named)
        if program is None:
            yield f"{title} not installed"
        else:
            said = subprocess.run((program, "--version"), capture_output=True, text=True, check=False).stdout
            number = re.search(r"\d+(\.\d+)+", said)
            yield f"{title} {number[0] if number else 'of an unknown version'}"


def _first(pattern: str, file: Path) -> str:
    found_there = re.search(pattern, file.read_text(encoding="utf-8"))
    return found_there[1] if found_there else "0"
