"""``viptui config`` and ``viptui keys`` as somebody calls them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.terminal import start_viptui


def viptui(*words: str, home: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("VIPTUI", "XDG"))}
    return subprocess.run(
        [sys.executable, "-m", "viptui", *words],
        capture_output=True,
        text=True,
        check=False,
        env={**kept, "HOME": str(home), **variables},
    )


def test_settings_file_is_written_once_and_for_oneself_alone(tmp_path: Path) -> None:
    done = viptui("config", "init", home=tmp_path)
    file = tmp_path / ".config" / "viptui" / "config.toml"
    assert (done.returncode, done.stdout) == (0, f"Wrote {file}: take the # away before what is to differ.\n")
    assert file.stat().st_mode & 0o777 == 0o600
    file.write_text('me = "anna"\n')
    again = viptui("config", "init", home=tmp_path)
    assert (again.returncode, again.stdout) == (1, "")
    assert again.stderr == f"viptui: There is already something at {file}: nothing was written.\n"
    assert file.read_text() == 'me = "anna"\n'


def test_settings_file_is_written_where_it_is_wanted(tmp_path: Path) -> None:
    viptui("config", "init", "--config", str(tmp_path / "mine.toml"), home=tmp_path)
    viptui("config", "init", home=tmp_path, VIPTUI_CONFIG=str(tmp_path / "theirs.toml"))
    assert (tmp_path / "mine.toml").read_text() == (tmp_path / "theirs.toml").read_text()
    refused = viptui("config", "init", "--config", "/proc/mine.toml", home=tmp_path)
    assert (refused.returncode, refused.stderr.startswith("viptui: /proc/mine.toml cannot be written")) == (1, True)


def test_dangling_link_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").symlink_to(tmp_path / "elsewhere.toml")
    done = viptui("config", "init", "--config", str(tmp_path / "mine.toml"), home=tmp_path)
    assert done.returncode == 1
    assert not (tmp_path / "elsewhere.toml").exists()


def test_what_holds_is_shown_with_who_says_so(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text('theme = "light"\n')
    done = viptui(
        "config", "show", "--json", "--config", str(tmp_path / "s.toml"), home=tmp_path,
        VIPTUI_DATABASE="postgresql://ana:hunter2@host/vip",
    )  # fmt: skip
    found = {each["name"]: each for each in json.loads(done.stdout)}
    assert found["database"]["value"] == "postgresql://ana:***@host/vip"
    assert found["database"]["origin"] == "environment, VIPTUI_DATABASE"
    assert found["theme"] == {
        "name": "theme",
        "value": "light",
        "origin": f"file, {tmp_path / 's.toml'}",
        "is_hidden": False,
    }
    table = viptui("config", "show", home=tmp_path).stdout
    assert "\x1b" not in table
    assert ["theme", "auto", "default"] in [line.split() for line in table.splitlines()]


def test_options_that_do_not_belong_together_are_refused(tmp_path: Path) -> None:
    done = viptui("config", "init", "--json", home=tmp_path)
    assert (done.returncode, done.stderr) == (2, "viptui: --json belongs to 'viptui config show'.\n")


# Keys


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    file = tmp_path / "s.toml"
    file.write_text('[keys]\n"list.serch" = "x"\n"list.sort" = "alt+x"\n')
    return file


def test_keys_are_printed_as_they_are_bound(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text('[keys]\n"list.search" = "&,slash"\n')
    done = viptui("keys", "--json", "--config", str(tmp_path / "s.toml"), home=tmp_path)
    found = {each["id"]: each for each in json.loads(done.stdout)}
    assert found["list.search"] == {
        "id": "list.search",
        "keys": ["ampersand", "slash"],
        "usual_keys": ["slash"],
        "does": "Search while typing",
        "screens": ["customers"],
        "part": None,
    }
    table = viptui("keys", home=tmp_path).stdout
    lines = [each.split() for each in table.splitlines()]
    assert ["customers", "/", "list.search", "Search", "while", "typing"] in lines


def test_faulty_keys_are_all_named_by_the_check(tmp_path: Path, faulty: Path) -> None:
    done = viptui("keys", "--check", "--config", str(faulty), home=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    first, second = done.stderr.splitlines()
    assert first.startswith(f"viptui: {faulty}: keys: 'list.serch' is nothing that has a key; is 'list.search' meant?")
    assert second.startswith(f"viptui: {faulty}: keys: list.sort cannot be on 'alt+x'")
    assert viptui("keys", "--check", home=tmp_path).returncode == 0


def test_map_is_printed_beside_faulty_keys(tmp_path: Path, faulty: Path) -> None:
    done = viptui("keys", "--config", str(faulty), home=tmp_path)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 2)
    assert "list.search" in done.stdout


def test_table_of_keys_holds_texts(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text('[keys]\n"list.search" = ["x"]\n')
    done = viptui("counts", "--config", str(tmp_path / "s.toml"), home=tmp_path)
    assert (done.returncode, "keys: list.search must be a text" in done.stderr) == (2, True)


def test_interface_does_not_open_with_faulty_keys(tmp_path: Path, faulty: Path) -> None:
    with start_viptui("--database", str(tmp_path / "x.db"), "--config", str(faulty), home=tmp_path) as terminal:
        assert terminal.exit_status() == 2
        told = "".join(terminal.text().split())  # a long line is broken anywhere
    assert "keys: 'list.serch' is nothing that has a key; is 'list.search' meant?".replace(" ", "") in told
    assert "'viptui keys --check' names all 2.".replace(" ", "") in told
