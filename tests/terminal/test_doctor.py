"""``viptui doctor``: what it tells, where it asks the terminal, and how it leaves it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.terminal import ROOT, start_viptui
from viptui.data.database import create_database
from viptui.round_trip import WHERE_IS_THE_CURSOR

CANARY = "canary-5b1f0c"


@pytest.fixture
def place(tmp_path: Path) -> str:
    path = str(tmp_path / "vip.db")
    create_database(path)
    return path


def doctor(place: str, *words: str, **variables: str) -> tuple[int, str]:
    """Exit status and standard output of the command in a pipe."""
    environment = {"HOME": str(Path(place).parent), "PATH": os.defpath, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
    done = subprocess.run(
        [sys.executable, "-m", "viptui", "doctor", "--database", place, *words],
        capture_output=True,
        text=True,
        env={**environment, "TERM": "xterm-256color", "VIP_MAIL": CANARY, **variables},
        timeout=60,
        check=False,
    )
    assert not done.stderr
    return done.returncode, done.stdout


def found(place: str, *words: str, **variables: str) -> dict[str, tuple[str, str, str]]:
    """State, finding and advice by what they are about."""
    _, out = doctor(place, "--json", *words, **variables)
    return {each["about"]: (each["state"], each["found"], each["advice"]) for each in json.loads(out)}


def test_in_a_pipe_it_is_quiet(place: str) -> None:
    status, out = doctor(place)
    assert (status, "\x1b" in out) == (0, False)
    assert " + ok    round trip   not looked at: this is no terminal" in out
    assert " + ok    database " in out
    assert out.endswith(" could be better.\n")


def test_at_a_terminal_it_asks_once_how_far_that_is(place: str, tmp_path: Path) -> None:
    with start_viptui("doctor", "--database", place, home=tmp_path) as terminal:
        terminal.wait_for(lambda: WHERE_IS_THE_CURSOR in terminal.raw, "the question")
        terminal.write(b"x\x1b[7;1R")
        terminal.wait_text(r"ok +round trip +\d+ ms to the terminal and back")
        assert terminal.exit_status() == 0
        assert terminal.raw.count(WHERE_IS_THE_CURSOR) == 1
        assert terminal.termios_is_restored()
        assert "120x40" in terminal.text()


def test_a_terminal_that_does_not_answer_is_not_waited_for(place: str, tmp_path: Path) -> None:
    with start_viptui("doctor", "--database", place, home=tmp_path, size=(50, 20)) as terminal:
        terminal.wait_text("could be|not work")
        assert terminal.exit_status() == 1
        assert terminal.termios_is_restored()
        assert b"did not say" in terminal.raw
        assert b"make it 60x15 at least" in terminal.raw


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_leaves_the_terminal_as_it_was(place: str, tmp_path: Path, number: signal.Signals) -> None:
    with start_viptui("doctor", "--database", place, home=tmp_path) as terminal:
        terminal.wait_for(lambda: WHERE_IS_THE_CURSOR in terminal.raw, "the question")
        assert not terminal.termios_is_restored()
        terminal.signal(number)
        assert terminal.exit_status() == (130 if number is signal.SIGINT else -number)
        assert terminal.termios_is_restored()


TERMINALS = {
    "no name": ({"TERM": ""}, "terminal", "look", "TERM is not set"),
    "a wrong name within tmux": ({"TMUX": "x"}, "terminal", "look", "TERM=xterm-256color within tmux"),
    "sixteen colours": ({"TERM": "xterm"}, "colours", "look", "16"),
    "every colour": ({"COLORTERM": "truecolor"}, "colours", "ok", "16 million, as COLORTERM=truecolor says"),
    "no colours": ({"NO_COLOR": "1"}, "colours", "ok", "none, as NO_COLOR says"),
    "another encoding": ({"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0"}, "encoding", "bad", "ANSI_X3.4-1968"),
    "screen": ({"STY": "1.x"}, "clipboard", "look", "screen hands nothing on to the terminal's clipboard"),
    "SSH": ({"SSH_CONNECTION": "203.0.113.9 1 2 3"}, "line", "ok", "over SSH from 203.0.113.9"),
    "no delay": ({"ESCDELAY": "soon"}, "ESCDELAY", "look", "'soon' is no number of milliseconds"),
}


@pytest.mark.parametrize(("variables", "about", "state", "told"), TERMINALS.values(), ids=TERMINALS)
def test_the_environment_tells(place: str, variables: dict[str, str], about: str, state: str, told: str) -> None:
    is_told = found(place, **variables)[about]
    assert is_told[0] == state
    assert is_told[1].startswith(told)
    assert is_told[2] or state == "ok"


@pytest.mark.parametrize(
    ("takes", "passes", "state"), [("on", "off", "ok"), ("external", "on", "ok"), ("external", "off", "look")]
)
def test_tmux_itself_is_asked(place: str, tmp_path: Path, takes: str, passes: str, state: str) -> None:
    script = tmp_path / "tmux"
    script.write_text(f'#!/bin/sh\ncase "$*" in *set-clipboard) echo {takes};; *) echo {passes};; esac\n')
    script.chmod(0o755)
    told = found(place, TMUX="x", PATH=f"{tmp_path}:{os.defpath}")["clipboard"]
    assert told[:2] == (
        state,
        f"tmux: set-clipboard {takes}, allow-passthrough {passes}; what is copied "
        + ("goes to the terminal" if state == "ok" else "may not arrive"),
    )
    assert ("set -g set-clipboard on" in told[2]) is (state == "look")


SETTINGS = {
    "an unknown key": ("colour = 1", "settings", "bad", "unknown key 'colour'"),
    "a key that nobody can press": ('[keys]\n"list.down" = "nonsense"', "settings", "bad", "keys: "),
    "mail without a server": ('[mail]\ntransport = "folder"', "mail", "ok", "mails become files in "),
    "mail by a server": (
        '[mail]\ntransport = "smtp"\nhost = "smtp.example"\nfrom = "r@reseller.example"',
        "mail",
        "ok",
        "smtp.example:587 (starttls), from r@reseller.example",
    ),
}
LOGIN = '[mail]\ntransport = "smtp"\nhost = "smtp.example"\nfrom = "r@reseller.example"\nuser = "ana"\n'
PASSWORDS = {
    "in a variable": (LOGIN + 'password_env = "VIP_MAIL"', "password", "ok", "of ana: from the variable VIP_MAIL"),
    "in no variable": (LOGIN + 'password_env = "VIP_NO"', "password", "bad", "mail: password_env VIP_NO is not set"),
    "in a file": (LOGIN + 'password_file = "{folder}/secret"', "password", "ok", "of ana: from the file "),
    "of a command": (LOGIN + 'password_command = ["no-such-pass", "x"]', "password", "ok", "of ana: what the command"),
}


@pytest.mark.parametrize(
    ("text", "about", "state", "told"), [*SETTINGS.values(), *PASSWORDS.values()], ids=[*SETTINGS, *PASSWORDS]
)
def test_the_settings_tell(place: str, tmp_path: Path, text: str, about: str, state: str, told: str) -> None:
    secret, config = tmp_path / "secret", tmp_path / "config.toml"
    secret.write_text(CANARY)
    secret.chmod(0o600)
    config.write_text(text.replace("{folder}", str(tmp_path)))
    is_told = found(place, "--config", str(config))
    assert is_told[about][0] == state
    assert told in is_told[about][1]
    assert CANARY not in str(is_told)
    status, out = doctor(place, "--config", str(config))
    assert (status, CANARY in out) == (int(state == "bad"), False)


def test_a_database_that_is_not_there_is_bad(tmp_path: Path) -> None:
    told = found(str(tmp_path / "none.db"))
    assert told["database"][:2] == ("bad", f"There is no database at {tmp_path / 'none.db'}. " + _MAKE)
    assert doctor(str(tmp_path / "none.db"))[0] == 1


_MAKE = "'viptui init', 'viptui import' and 'viptui demo --into' make one."
