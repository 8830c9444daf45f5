"""``viptui init`` and ``viptui demo --into``, run as commands."""

from __future__ import annotations

import json
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from viptui.cli import INTERRUPTED, run
from viptui.config import Settings
from viptui.data.database import create_database, open_database
from viptui.data.models import Customer


def viptui(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "viptui", *words], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )


def customers_in(target: str) -> int:
    database = open_database(target)
    try:
        return int(Customer.select().count())
    finally:
        database.close()


def test_init_makes_an_empty_database(target: str) -> None:
    done = viptui("init", "--database", target)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Made a new, empty database")
    assert done.stdout.count("\n") == 1
    assert customers_in(target) == 0


def test_init_refuses_a_database_that_is_there(target: str) -> None:
    create_database(target)
    done = viptui("init", "--database", target)
    assert done.returncode == 1
    assert "already" in done.stderr
    assert not done.stdout


@pytest.mark.parametrize("content", ["", "precious"], ids=["empty", "foreign"])
def test_init_never_overwrites_a_file(tmp_path: Path, content: str) -> None:
    path = tmp_path / "there.db"
    path.write_text(content)
    assert viptui("init", "--database", str(path)).returncode == 1
    assert path.read_text() == content


def test_init_writes_nothing_as_of_another_day(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    assert viptui("init", "--database", str(path), "--as-of", "2026-03-20").returncode == 1
    assert not path.exists()


def test_init_says_when_no_server_answers() -> None:
    done = viptui("init", "--database", "postgresql://nobody:secret@127.0.0.1:1/none")
    assert done.returncode == 3
    assert "secret" not in done.stderr


def test_demo_into_makes_a_lasting_database(target: str) -> None:
    done = viptui("demo", "--customers", "45", "--into", target)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Made 45 customers (")
    assert done.stdout.count("\n") == 1
    assert not done.stderr
    assert customers_in(target) == 45


def test_demo_into_refuses_what_is_there(target: str) -> None:
    assert viptui("demo", "--customers", "3", "--into", target).returncode == 0
    done = viptui("demo", "--customers", "5", "--into", target)
    assert done.returncode == 1
    assert not done.stdout
    assert customers_in(target) == 3


def test_demo_into_leaves_one_private_file(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "it's.db"
    done = viptui("demo", "--customers", "3", "--into", str(path))
    assert done.returncode == 0, done.stderr
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_demo_into_stands_as_of_its_day(tmp_path: Path) -> None:
    path = str(tmp_path / "then.db")
    done = viptui("demo", "--customers", "60", "--into", path, "--as-of", "2027-03-20")
    promised = re.search(r"\((\d+) past due", done.stdout)
    assert promised
    counts = viptui("counts", "--database", path, "--as-of", "2027-03-20", "--json")
    assert json.loads(counts.stdout)["past-due"] == int(promised[1])


@pytest.mark.parametrize("outcome", [0, KeyboardInterrupt], ids=["left", "ctrl+c"])
def test_demo_opens_on_a_throw_away_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, outcome: int | type[BaseException]
) -> None:
    seen: list[Settings] = []

    def interface(settings: Settings, *, tour: bool) -> int:
        assert tour
        folder = Path(settings.database).parent
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert customers_in(settings.database) == 5
        seen.append(settings)
        if outcome is KeyboardInterrupt:
            raise KeyboardInterrupt
        return 0

    monkeypatch.setattr("viptui.cli.interface.open_interface", interface)
    assert run(["demo", "--customers", "5", "--as-of", "2026-03-20"]) == (0 if outcome == 0 else INTERRUPTED)
    assert seen[0].read_only
    assert not seen[0].database_is_default
    assert not Path(seen[0].database).parent.exists()
