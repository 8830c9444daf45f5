"""Programs in a pseudo-terminal and commands that end by themselves; nothing here depends on how fast they are."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from time import monotonic

import pytest

import viptui
from benchmarks import processes
from benchmarks.programs import PREVIEW_FROM, PREVIEW_LINES, Program, environment
from benchmarks.steps import stripped
from benchmarks.terminal import Session, Size, Unmeasurable
from viptui.screens.preview_pane import FROM_HEIGHT

ECHO = """
import os, sys, tty
tty.setraw(0)
os.write(1, b"ready \\x1b[?2026$p")
while (key := os.read(0, 99)) != b"q":
    os.write(1, b"<" + key.replace(b"\\x1b", b"ESC") + b">")
"""

SIZE = Size(120, 40)


def program(tmp_path: Path, script: str) -> Program:
    command = (sys.executable, "-S", "-E", "-c", script)
    return Program(name="echo", command=command, environment=environment(tmp_path), first_row="ready")


def test_key_is_answered_and_measured(tmp_path: Path) -> None:
    with Session(program(tmp_path, ECHO), SIZE, tmp_path) as session:
        assert session.wait_for("ready", longest=60) > 0
        session.settle()
        step = session.press(b"x", patience=60)
        assert b"".join(chunk.data for chunk in step.chunks) == b"<x>"
        assert 0 < step.answered_ms <= step.settled_ms
        assert session.memory_mb() > 1
        assert session.cpu_seconds() > 0
        assert session.quit(longest=60) is not None


THINKER = """
import os, time, tty
tty.setraw(0)
os.write(1, b"ready")
os.read(0, 1)
os.write(1, b"hm")
end = time.process_time() + 1
while time.process_time() < end:
    pass
os.write(1, b"answer")
os.read(0, 1)
"""


def test_silent_program_that_computes_is_waited_for(tmp_path: Path) -> None:
    with Session(program(tmp_path, THINKER), SIZE, tmp_path) as session:
        session.wait_for("ready", longest=60)
        session.settle()
        step = session.press(b"x", patience=60)
        assert b"".join(chunk.data for chunk in step.chunks) == b"hmanswer"


def test_terminal_answers_what_a_program_asks(tmp_path: Path) -> None:
    with Session(program(tmp_path, ECHO), SIZE, tmp_path) as session:
        session.wait_for(r"ESC\[\?2026;2\$y", longest=60)


def test_held_key_is_pressed_as_often_as_told(tmp_path: Path) -> None:
    with Session(program(tmp_path, ECHO), SIZE, tmp_path) as session:
        session.wait_for("ready", longest=60)
        session.settle()
        steps = session.hold(b"x", 5, per_second=50, quiet=1)
        assert len(steps) == 5
        assert sum(step.size for step in steps) >= len(b"<xxxxx>")


def test_program_has_the_terminal_that_it_was_given(tmp_path: Path) -> None:
    script = (
        "import os; size = os.get_terminal_size(); print('ready', size.columns, size.lines, os.ttyname(0)); input()"
    )
    with Session(program(tmp_path, script), Size(80, 24), tmp_path) as session:
        session.wait_for("ready 80 24 /dev/", longest=60)


def test_session_ends_with_all_its_processes(tmp_path: Path) -> None:
    script = "import os, time; child = os.fork(); print('ready', os.getpid(), '.', flush=True); time.sleep(600)"
    with Session(program(tmp_path, script), SIZE, tmp_path) as session:
        session.wait_for(r"ready \d+ \.\s+ready \d+ \.", longest=60)
        output = stripped(b"".join(chunk.data for chunk in session.chunks))
    processes_left = [int(number) for number in re.findall(r"ready (\d+)", output)]
    assert len(processes_left) == 2
    end = monotonic() + 60
    while any(lives(pid) for pid in processes_left):
        assert monotonic() < end


def lives(pid: int) -> bool:
    """Whether there is such a process; one that only waits for somebody to take note of its end does not count."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_preview_is_where_viptui_paints_it() -> None:
    assert PREVIEW_FROM == FROM_HEIGHT
    styles = (Path(viptui.__file__).parent / "viptui.tcss").read_text()
    assert f"#preview {{ height: {PREVIEW_LINES};" in styles


def test_program_that_does_not_come_is_too_slow(tmp_path: Path) -> None:
    with Session(program(tmp_path, "print('something else')"), SIZE, tmp_path) as session, pytest.raises(Unmeasurable):
        session.wait_for("ready", longest=60)


def test_command_is_measured(tmp_path: Path) -> None:
    output = tmp_path / "output"
    command = (sys.executable, "-S", "-E", "-c", "print(len(bytes(50_000_000)))")
    finished = processes.run(command, environment(tmp_path), output=output)
    assert output.read_text() == "50000000\n"
    assert finished.seconds > 0
    assert finished.cpu_seconds > 0


def test_command_that_fails_says_why(tmp_path: Path) -> None:
    command = (sys.executable, "-S", "-E", "-c", "import sys; sys.exit('no such file')")
    with pytest.raises(processes.CommandFailed, match="ended with 1: no such file"):
        processes.run(command, environment(tmp_path))


def test_work_beside_ends_with_what_it_stood_beside(tmp_path: Path) -> None:
    command = (sys.executable, "-S", "-E", "-c", "import time; time.sleep(600)")
    with processes.beside(command, environment(tmp_path)) as process:
        assert process.poll() is None
    assert process.returncode is not None
