"""Where the password of the mail server is fetched from, each time it is needed."""

from __future__ import annotations

import os
import stat
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from viptui.errors import SettingsError

SECONDS_OF_A_COMMAND: Final = 15
"""How long a command may take to print the password."""

LONGEST: Final = 1_000
"""Characters; more than that is not a password but a wrong file."""


def from_file(path: Path) -> str:
    """The first line of a file that is nobody else's to read.

    Raises:
        SettingsError: it cannot be read, belongs to somebody else, or others may read it.
    """
    where = f"mail: password_file {path}"
    try:
        with path.open(encoding="utf-8") as file:
            state = os.fstat(file.fileno())
            if state.st_uid not in {0, os.geteuid()}:
                raise SettingsError(f"{where} belongs to somebody else: it must be your own.")
            if stat.S_IMODE(state.st_mode) & 0o077:
                raise SettingsError(f"{where} can be read by others: chmod 600 makes it yours alone.")
            text = file.read(LONGEST + 2)
    except OSError as error:
        raise SettingsError(f"{where} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise SettingsError(f"{where} is not a text.") from None
    return _password(text, where)


def from_command(words: Sequence[str]) -> str:
    """What a command prints, run without a shell and without a terminal.

    Raises:
        SettingsError: it cannot be run, fails, or takes too long; what it printed is not repeated.
    """
    where = f"mail: password_command {words[0]}"
    try:
        done = subprocess.run(  # noqa: S603 # the words are the user's own settings
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS_OF_A_COMMAND,
            start_new_session=True,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise SettingsError(f"{where} did not end within {SECONDS_OF_A_COMMAND} seconds.") from None
    except OSError as error:
        raise SettingsError(f"{where} cannot be run: {error.strerror}.") from None
    if done.returncode != 0:
        raise SettingsError(f"{where} ended with status {done.returncode}.")
    try:
        return _password(done.stdout.decode(), where)
    except UnicodeDecodeError:
        raise SettingsError(f"{where} printed no text.") from None


def from_variable(name: str, value: str | None) -> str:
    """The value of an environment variable.

    Raises:
        SettingsError: it is not set.
    """
    where = f"mail: password_env {name}"
    if not value:
        raise SettingsError(f"{where} is not set in the environment.")
    return _password(value, where)


def _password(text: str, where: str) -> str:
    """The first line, if there is no other."""
    password = text.removesuffix("\n").removesuffix("\r")
    if not password or len(password) > LONGEST or not password.isprintable():
        raise SettingsError(f"{where} does not hold a password: it must be one line of visible characters.")
    return password
