"""The commands start without what they do not need: Textual, an event loop, another engine's driver."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.records import add_customer

COMMANDS = {
    "--help": ["--help"],
    "--version": ["--version"],
    "counts": ["counts"],
    "counts --json": ["counts", "--json"],
    "list": ["list"],
    "list --json": ["list", "--json"],
    "list --csv": ["list", "--csv"],
    "show": ["show", "ONE"],
    "show --json": ["show", "ONE", "--json"],
    "config show": ["config", "show"],
    "completion": ["completion", "bash"],
    "man": ["man"],
}

LOADED = """
import json, sys
from viptui.cli import run
try:
    run(sys.argv[1:])
finally:
    print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""

PRINTS_A_TABLE = {"counts", "list", "show", "config show"}


def loaded_by(*words: str) -> set[str]:
    """Names of the packages and modules that are in memory after a command."""
    done = subprocess.run([sys.executable, "-c", LOADED, *words], capture_output=True, text=True, check=True)
    return set(json.loads(done.stderr.splitlines()[-1]))


@pytest.mark.parametrize("target", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", COMMANDS)
def test_command_loads_only_what_it_needs(name: str, database: str) -> None:
    add_customer("One", vip_id="ONE")
    loaded = loaded_by("--database", database, "--as-of", "2026-11-21", *COMMANDS[name])
    assert loaded.isdisjoint({"textual", "asyncio", "psycopg", "psycopg2", "viptui.data.models"})
    if name not in PRINTS_A_TABLE:
        assert "rich" not in loaded
    if name.startswith("counts"):
        assert "pendulum" not in loaded


@pytest.mark.parametrize("words", [["keys"], ["config", "schema"]], ids=" ".join)
def test_what_is_told_of_keys_is_read_from_the_screens_and_so_loads_textual(words: list[str]) -> None:
    loaded = loaded_by(*words)
    assert "textual.screen" in loaded
    assert "viptui.app" not in loaded


@pytest.mark.parametrize("word", ["--help", "--version"])
def test_words_about_the_program_load_neither_database_nor_calendar(word: str, tmp_path: Path) -> None:
    assert loaded_by(word).isdisjoint({"peewee", "pendulum", "sqlite3", "asyncio", "rich"})
