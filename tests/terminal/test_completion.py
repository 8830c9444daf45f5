"""Shells complete the command line's words: bash is really asked, the others as far as they are here."""

from __future__ import annotations

import os
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


def test_choices_are_completed_behind_a_comma(completed) -> None:
    assert completed("viptui list --columns vi") == ["vip-id"]
    assert completed("viptui list --columns name,vi") == ["name,vip-id"]
    assert completed("viptui list --columns = name,state,ma") == ["name,state,managed-by"]
    assert "name,email" in completed("viptui report --columns name,")


def test_options_are_offered_before_a_word_of_ones_own_only_if_one_is_begun(completed) -> None:
    assert completed('viptui show ""') == []
    assert "--json" in completed("viptui show --")
    assert completed('viptui completion ""') == list(SHELLS)
    assert "--json" in completed('viptui counts ""')


@pytest.mark.skipif(not shutil.which("fish"), reason="fish is not installed")
def test_fish_completes_commands_options_and_choices(tmp_path: Path) -> None:
    script = tmp_path / "viptui.fish"
    script.write_text("\n".join(SCRIPTS["fish"](program())) + "\n")

    def completed(typed: str) -> list[str]:
        asked = f"source {script}; complete -C '{typed}'"
        done = subprocess.run(
            ["fish", "--no-config", "-c", asked],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "HOME": str(tmp_path)},
        )
        return [line.split("\t")[0] for line in done.stdout.splitlines()]

    assert completed("viptui li") == ["list"]
    assert completed("viptui --me ana.kovac li") == ["list"]
    assert completed("viptui --me ana.kovac list --fil") == ["--filter"]
    assert completed("viptui show counts --js") == ["--json"]
    assert completed("viptui list --filter p") == ["past-due", "pending-requests"]
    assert completed("viptui list --columns name,vi") == ["name,vip-id"]
    assert completed("viptui list --columns=name,vi") == ["--columns=name,vip-id"]
    assert "name" in completed("viptui list --columns ")


@pytest.mark.skipif(not shutil.which("zsh"), reason="zsh is not installed")
def test_zsh_takes_the_script_before_its_completion_system_is_loaded(tmp_path: Path) -> None:
    script = tmp_path / "viptui.zsh"
    script.write_text("\n".join(SCRIPTS["zsh"](program())) + "\n")
    asked = f'eval "$(<{script})"; print $_comps[viptui]'
    environment = {**os.environ, "HOME": str(tmp_path), "ZDOTDIR": str(tmp_path)}
    done = subprocess.run(["zsh", "-f", "-c", asked], capture_output=True, text=True, check=True, env=environment)
    assert (done.stdout, done.stderr) == ("_viptui\n", "")


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
