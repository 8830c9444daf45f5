"""The listing commands in a real terminal, and in a pipe whose reader goes away."""

from __future__ import annotations

import errno
import os
import pty
import subprocess
import sys
from datetime import date

import pytest

from tests.support.records import add_customer, authorize
from viptui.data.database import write_transaction
from viptui.data.models import Customer
from viptui.data.sql import execute

pytestmark = pytest.mark.parametrize("target", ["sqlite"], indirect=True)

VIPTUI = [sys.executable, "-m", "viptui"]
TODAY = ["--as-of", "2026-11-21"]


def on_a_terminal(database: str, *words: str, columns: int = 120, no_color: bool = False, today: bool = True) -> str:
    """What somebody at a terminal sees of the program, standard error included."""
    master, slave = pty.openpty()
    environment = ["env", "-u", "NO_COLOR", f"COLUMNS={columns}", *(["NO_COLOR=1"] if no_color else [])]
    command = [*environment, *VIPTUI, *(TODAY if today else []), "--database", database, *words]
    with subprocess.Popen(command, stdout=slave, stderr=slave, stdin=slave):
        os.close(slave)
        seen = b"".join(iter(lambda: _read(master), b""))
    os.close(master)
    return seen.decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError as error:
        if error.errno == errno.EIO:  # the program has gone
            return b""
        raise


@pytest.fixture
def late(database: str) -> str:
    """A database with a customer that is past due."""
    authorize(add_customer("Łate", vip_id="LATE"), date(2026, 10, 11), {"Photoshop": 1})
    return database


def test_state_and_heading_stand_out_and_the_number_is_told(late: str) -> None:
    heading, row, told = on_a_terminal(late, "list").splitlines()
    assert heading.startswith("\x1b[1mCustomer")
    assert "\x1b[33mOVERDUE 41d" in row
    assert told == "1 customer"


def test_no_color_means_no_colour(late: str) -> None:
    assert "\x1b" not in on_a_terminal(late, "list", no_color=True)
    assert "\x1b" not in on_a_terminal(late, "show", "late", no_color=True)


@pytest.mark.parametrize("columns", [70, 80, 100, 140, 300])
def test_rows_fit_the_terminal(late: str, columns: int) -> None:
    for line in on_a_terminal(late, "list", columns=columns, no_color=True).splitlines():
        assert len(line) <= columns


def test_empty_list_says_why_and_what_to_do(late: str) -> None:
    assert "No customer here is called 'x'." in on_a_terminal(late, "list", "--search", "x")
    assert "'viptui counts'" in on_a_terminal(late, "list", "--filter", "no-products")


def test_some_of_many_are_told_as_such(late: str) -> None:
    add_customer("Another")
    assert on_a_terminal(late, "list", "--limit", "1").splitlines()[-1] == "1 of 2 customers"


def test_data_in_a_pipe_stand_alone(late: str) -> None:
    done = subprocess.run([*VIPTUI, *TODAY, "--database", late, "list"], capture_output=True, text=True, check=True)
    assert (len(done.stdout.splitlines()), done.stderr) == (2, "")
    assert "\x1b" not in done.stdout


def test_reader_of_a_pipe_may_leave(late: str) -> None:
    with write_transaction():
        row = Customer.get().__data__
        made = [row | {"vip_id": f"N{n}", "vip_key": f"n{n}"} for n in range(3000)]
        Customer.insert_many([{key: each[key] for key in each if key != "id"} for each in made]).execute()
    words = " ".join([*VIPTUI, *TODAY, "--database", late, "list", "--json"])
    done = subprocess.run(
        ["bash", "-c", f"{words} | head -1; echo ${{PIPESTATUS[0]}}"], capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("[\n0\n", "")


def test_an_update_of_the_database_is_told_at_a_terminal(database: str) -> None:
    execute("DELETE FROM schema_migration WHERE name = '0011_open_by_anniversary'")
    told = on_a_terminal(database, "counts", today=False)
    assert told.startswith(f"viptui: Updating {database} to this version.")
    assert "Updating" not in on_a_terminal(database, "counts", today=False)
