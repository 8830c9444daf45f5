"""Shells complete the command line's words: bash is really asked, the others as far as they are here."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from viptui.cli.about import SHELLS
from viptui.cli.completion import SCRIPTS
from viptui.cli.options import FILTERS, SORTS
from viptui.cli.words import program

ASK = """
source {script}
COMP_WORDS=({words})
COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
cd {folder}
_viptui
for each in "${{COMPREPLY[@]}}"; do printf '%s\\n' "$each"; done
"""


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What ``viptui completion bash`` prints."""
    path = tmp_path_factory.mktemp("completion") / "viptui.bash"
    command = [sys.executable, "-m", "viptui", "completion", "bash"]
    path.write_text(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return path


@pytest.fixture
def completed(script: Path, tmp_path: Path):
    """What bash offers behind these words."""
    (tmp_path / "price list.csv").touch()

    def complete(words: str) -> list[str]:
        asked = ASK.format(script=script, words=words, folder=tmp_path)
        done = subprocess.run(["bash", "--norc", "-c", asked], capture_output=True, text=True, check=True)
        assert not done.stderr
        return done.stdout.split("\n")[:-1]

    return complete


def test_commands_are_completed(completed) -> None:
    assert completed("viptui li") == ["list"]
    offered = completed('viptui ""')
    assert {"list", "counts", "keys", "invite", "--database"} <= {*offered}
    assert {each.name for each in program().commands} <= {*offered}


def test_options_are_completed(completed) -> None:
    assert completed("viptui list --man") == ["--managed-by"]
    assert completed("viptui list --as") == ["--as-of"]
    assert completed("viptui --database x.db list --fi") == ["--filter"]
    assert completed("viptui --database = x.db list --fi") == ["--filter"]
    assert completed("viptui undo --dr") == ["--dry-run"]


def test_choices_are_completed(completed) -> None:
    assert completed("viptui list --filter p") == ["pending-requests", "past-due"]
    assert completed("viptui list --filter = past") == ["past-due"]
    assert completed("viptui list --filter =") == list(FILTERS)
    assert completed('viptui list --sort ""') == list(SORTS)
    assert completed('viptui invite --market-segment ""') == ["Commercial", "Education", "Government"]
    assert completed("viptui completion f") == ["fish"]
    assert completed("viptui config s") == ["show", "schema"]


def test_files_are_completed_where_one_is_wanted(completed) -> None:
    assert completed("viptui import pri") == ["price list.csv"]
    assert completed("viptui --config pri") == ["price list.csv"]
    assert completed("viptui import --encoding pri") == []
    assert completed("viptui show pri") == []


CHECKS = {"bash": ["bash", "-n"], "zsh": ["zsh", "-n"], "fish": ["fish", "--no-execute"]}


@pytest.mark.parametrize("shell", SHELLS)
def test_script_names_every_command_and_is_well_formed(shell: str, tmp_path: Path) -> None:
    text = "\n".join(SCRIPTS[shell](program())) + "\n"
    file = tmp_path / "script"
    file.write_text(text)
    for command in program().commands:
        assert command.name in text
        for option in command.options:
            assert all(name.lstrip("-") in text for name in option.names)
    if shutil.which(shell):
        subprocess.run([*CHECKS[shell], str(file)], check=True)
    else:  # quoted alike in all of them
        subprocess.run(["bash", "-c", f"read -r -d '' -a words < {file}; xargs -n1 < {file} > /dev/null"], check=True)
