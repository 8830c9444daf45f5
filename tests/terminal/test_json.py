"""``docs/json.md`` says what ``--json`` prints: every field under its name, with its type, and no other."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from viptui.actions import BY_WORD
from viptui.cli.words import program
from viptui.data.database import open_database
from viptui.data.views import save_view
from viptui.rules.filters import CustomerFilter
from viptui.rules.listing import SortColumn
from viptui.rules.requests import part_of
from viptui.rules.views import View, saved

DOCUMENT = Path(__file__).parents[2] / "docs" / "json.md"
ROW = re.compile(r"^\| `(?P<field>[^`]+)` \| (?P<type>[^|]+) \| [^|]*\|$", re.MULTILINE)

LATER = ("--as-of", "2099-12-01")
"""When there is an evaluation to look back at."""

COMMANDS = {
    "counts": [["counts"]],
    "dashboard": [["dashboard"]],
    "list": [["list"]],
    "show": [["show", "{ordered}"], ["show", "{waiting}"]],
    "order-sheet": [["order-sheet", "{authorization}"], ["order-sheet", "{order}"]],
    "evaluate": [["evaluate"], ["evaluate", "--as-of", "2026-12-24"]],
    "team": [["team"]],
    "change-codes": [["change-codes"]],
    "products": [["products"]],
    "audit": [["audit"]],
    "outbox": [["outbox"]],
    "deliver": [["deliver"]],
    "import": [["import", "{folder}/customers.csv", "--dry-run"]],
    "import-products": [["import-products", "{folder}/price list.csv"]],
    "report": [["report", "--output", "{folder}/report.csv"]],
    "report --weekly": [["report", "--weekly", "--managed-by", "idris.kone"], ["report", "--weekly", *LATER]],
    "views": [["views"]],
    "keys": [["keys"]],
    "config": [["config", "show"]],
    "doctor": [["doctor"]],
    "Actions": [
        ["remind", "{invited}", "--dry-run"],
        ["note", "{ordered}", "--body", "Called twice."],
        ["send-change-code", "--vip-id", "F6538B59EB12AABAD57F", "--admin-email", "a@b.example"],
    ],
    "Taking back as a whole": [["undo", "--whole"], ["redo", "--whole", "--dry-run"]],
    "Refused actions": [["invite"]],
}
"""What is asked, by the section that describes the answer."""


@cache
def tables() -> Mapping[str, Mapping[str, str]]:
    """Fields and types by section; `show` has those of `list` too, and a whole those of each of its actions."""
    found: dict[str, Mapping[str, str]] = {}
    for section in re.split(r"^## ", DOCUMENT.read_text(), flags=re.MULTILINE)[1:]:
        title = section.partition("\n")[0].removeprefix("viptui ")
        found[title] = {row["field"]: row["type"] for row in ROW.finditer(section)}
    done = {f"done[].{field}": kind for field, kind in found["Actions"].items()}
    whole = {**found["Taking back as a whole"], **done}
    return {**found, "show": {**found["list"], **found["show"]}, "Taking back as a whole": whole}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a database of made-up customers."""
    home = tmp_path_factory.mktemp("home")
    run("demo", "--customers", "120", "--into", str(home / "vip.db"), home=home)
    with closing(open_database(str(home / "vip.db"))):
        view = View(CustomerFilter.PAST_DUE, sort=SortColumn.NAME)
        save_view("greta.holm", saved("by name", view), datetime(2026, 3, 20, tzinfo=UTC))
    run("evaluate", home=home)
    (home / "customers.csv").write_text("vip_id,organization_name,market_segment\nNEW1,Aster,Commercial\n")
    (home / "price list.csv").write_text("sku,name\nNEWSKU,Something\n")
    return home


@pytest.fixture(scope="module")
def names(home: Path) -> dict[str, str]:
    """What the questions are about."""
    customers = [json.loads(run("show", each["vip_id"], "--json", home=home)) for each in listed(home)]
    waiting = next(each for each in customers if each["licences_waiting"])
    ordered = next(each for each in customers if each["orders"])
    return {
        "waiting": waiting["vip_id"],
        "authorization": next(each["number"] for each in waiting["authorizations"] if each["status"] == "open"),
        "ordered": ordered["vip_id"],
        "order": ordered["orders"][0]["number"],
        "invited": next(each["vip_id"] for each in listed(home, "all") if each["invitation_status"] == "Pending"),
        "folder": str(home),
    }


def listed(home: Path, tab: str = "past-due") -> list[dict[str, Any]]:
    tabs = [tab] if tab == "all" else [tab, "ready-for-renewal"]
    limit = "200" if tab == "all" else "3"
    return [
        each for tab in tabs for each in json.loads(run("list", "--json", "--filter", tab, "--limit", limit, home=home))
    ]


def run(*words: str, home: Path, status: int = 0) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("VIPTUI", "XDG"))}
    done = subprocess.run(
        [sys.executable, "-m", "viptui", *words],
        capture_output=True,
        text=True,
        check=False,
        env={**kept, "HOME": str(home), "VIPTUI_DATABASE": str(home / "vip.db"), "VIPTUI_ME": "greta.holm"},
    )
    assert done.returncode == status, done.stderr
    return done.stdout


def described(value: Any, types: Mapping[str, str], before: str = "") -> Iterator[tuple[str, Any]]:
    """Every field of an answer with its value, as far down as the document goes."""
    if isinstance(value, list):
        for each in value:
            if isinstance(each, dict):
                yield from described(each, types, f"{before}[]." if before else "")
    else:
        for key, each in value.items():
            field = f"{before}{key}"
            yield field, each
            if isinstance(each, dict) and types.get(field) != "any object":
                yield from described(each, types, f"{field}.")
            elif isinstance(each, list):
                yield from described(each, types, field)


def is_type(value: Any, wanted: str) -> bool:
    """Whether a value is what the document says."""
    kind, _, or_null = wanted.strip().partition(" or ")
    if value is None:
        return or_null == "null" or wanted.strip() == "any"
    match kind:
        case "any":
            return True
        case "true":
            return isinstance(value, bool)
        case "number":
            return type(value) is int
        case "array":
            return isinstance(value, list)
        case "object" | "any object":
            return isinstance(value, dict)
        case "text":
            return isinstance(value, str)
        case "amount":
            return isinstance(value, str) and str(Decimal(value)) == value
        case "date":
            return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
        case "instant":
            return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    raise ValueError(wanted)


@pytest.mark.parametrize("section", COMMANDS)
def test_answers_are_as_they_are_described(section: str, home: Path, names: dict[str, str]) -> None:
    types, seen = tables()[section], set()
    if section == "change-codes":
        run("send-change-code", "--vip-id", "AAAA8B59EB12AABAD57F", "--admin-email", "a@b.example", home=home)
    if section == "Taking back as a whole":
        for vip_id in (names["ordered"], names["waiting"]):
            run("note", vip_id, "--body", "To many.", "--request-id", part_of("0" * 32, vip_id), home=home)
    for words in COMMANDS[section]:
        status = 1 if section == "Refused actions" else 0
        answer = json.loads(run(*(word.format(**names) for word in words), "--json", home=home, status=status))
        for field, value in described(answer, types):
            assert field in types, f"{field} of {section} is not described"
            assert is_type(value, types[field]), f"{field} of {section} is {value!r}"
            seen.add(field)
    nested = {field for field in types if "[]" in field}
    assert types.keys() - seen <= nested, f"{section} has no {types.keys() - seen}"


def test_every_command_with_json_is_described() -> None:
    with_json = {each.name for each in program().commands if any("--json" in option.names for option in each.options)}
    actions = {word for word, action in BY_WORD.items() if not action.has_own_door}
    assert with_json - actions <= tables().keys()
    assert tables().keys() == COMMANDS.keys()
