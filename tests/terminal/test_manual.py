"""The manual page says what the command line takes."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from viptui.cli.manual import manual
from viptui.cli.words import program


@pytest.fixture(scope="module")
def page() -> str:
    return "\n".join(manual(program())) + "\n"


def test_page_names_every_command_and_option(page: str) -> None:
    plain = page.replace("\\-", "-")
    for command in program().commands:
        assert f".SS viptui {command.name}" in plain
        for option in command.options:
            assert all(f"\\fB{name}\\fR" in plain for name in option.names)


def test_page_names_every_exit_status(page: str) -> None:
    assert re.findall(r"^\\fB(\d+)\\fR$", page, re.MULTILINE) == ["0", "1", "2", "3", "4", "130"]


def test_no_line_is_taken_for_a_macro_that_is_none(page: str) -> None:
    macros = {line.split()[0] for line in page.splitlines() if line.startswith((".", "'"))}
    assert macros <= {".TH", ".SH", ".SS", ".TP", ".B"}


@pytest.mark.skipif(not shutil.which("groff"), reason="no groff here to set the page")
def test_page_is_set_without_complaints(page: str) -> None:
    done = subprocess.run(["groff", "-man", "-Tutf8", "-ww"], input=page, capture_output=True, text=True, check=True)
    assert not done.stderr
    assert "viptui" in done.stdout
