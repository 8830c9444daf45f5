"""``viptui order``, ``order-sheet`` and their kin: what stands on standard output and standard error."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.records import add_customer, authorize, order
from viptui.cli import run
from viptui.clock import SystemClock
from viptui.config import Overrides, load_settings

Shell = Callable[..., tuple[int, str, str]]


@pytest.fixture
def viptui(database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """The program: words in; exit status, standard output and standard error out."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv("VIPTUI_CONFIG", raising=False)
    today = SystemClock(load_settings(Overrides(), {}).zone).today()
    elm = add_customer("=Elm", vip_id="ELM", anniversary_on=today + timedelta(days=20), contact_email="kim@elm.example")
    order(elm, today - timedelta(days=300), {"Photoshop": 2}, number="A-1")
    authorize(elm, today - timedelta(days=40), {"Photoshop": 3}, number="PA1", po_number="\x1b[31m+7")

    def shell(*words: str) -> tuple[int, str, str]:
        status = run(["--database", database, "--me", "ana.kovac", *words])
        told = capsys.readouterr()
        return status, told.out, told.err

    return shell


def test_everything_that_is_wrong_is_said_at_once_with_the_value_it_is_about(viptui: Shell) -> None:
    words = ("order", "ELM", "--line", "SKU-Photoshop=0", "--line", "SKU-Nothing=1", "--ordered-on", "soon")
    status, out, err = viptui(*words, "--number", "A-1", "--authorization", "PA9")
    assert (status, out) == (1, "")
    told = [line.removeprefix("viptui: ") for line in err.splitlines()]
    assert told[:2] == [
        "--line SKU-Photoshop=0: Enter a number from 1 to 599,000.",
        "--ordered-on: Enter a date such as 2026-03-20.",
    ]
    assert told[2].startswith("--authorization PA9: There is no Purchase Authorization PA9")
    assert told[3].startswith("--number: A-1 is an order of =Elm of ")
    status, out, _ = viptui(*words, "--json")
    assert [each["field"] for each in json.loads(out)["refused"]] == ["lines.0", "ordered_on"]
    _, _, err = viptui("order", "OAK", "--ordered-on", "soon")
    assert [line.partition(":")[2] for line in err.splitlines()] == [
        " --ordered-on: Enter a date such as 2026-03-20.",
        " There is no customer OAK: look it up with 'viptui list --search'.",
    ]


def test_an_order_from_the_sheet_to_the_return(viptui: Shell) -> None:
    status, before, _ = viptui("order-sheet", "pa1")
    assert status == 0
    assert before.startswith("Customer: =Elm\nVIP ID: ELM\nOrder: not placed yet\n\nPA1, PO number \u241b[31m+7, ")
    status, out, _ = viptui("order", "elm", "--number", "A-2", "--line", "SKU-Photoshop=1", "--authorization", "PA1")
    assert status == 0
    assert out.startswith("Ordered A-2 of =Elm for PA1: 4 x Photoshop, ")
    assert "Mail to kim@elm.example: Your order A-2: =Elm" in out
    status, out, err = viptui("order", "elm", "--authorization", "PA1")
    assert (status, out) == (1, "")
    assert err.startswith("viptui: --authorization PA1: PA1 was ordered by ana.kovac at ")
    status, out, _ = viptui("order-sheet", "PA1", "--csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [(each["order_number"], each["authorization_number"], each["quantity"]) for each in rows] == [
        ("A-2", "PA1", "3"),
        ("A-2", "", "1"),
    ]
    assert rows[0]["customer"] == "'=Elm"
    status, out, _ = viptui("return-order", "A-2", "--json", "--dry-run")
    assert json.loads(out)["after"]["lines"] == {"SKU-Photoshop": 4}
    assert viptui("return-order", "A-2")[0] == 0
    assert viptui("return-order", "A-2")[0] == 1


def test_the_sheet_as_json(viptui: Shell) -> None:
    status, out, _ = viptui("order-sheet", "PA1", "--json")
    sheet = json.loads(out)
    assert (status, sheet["customer"], sheet["order_number"]) == (0, "=Elm", "")
    assert (sheet["lines"][0]["sku"], sheet["lines"][0]["quantity"]) == ("SKU-Photoshop", 3)
    assert viptui("order-sheet", "4711")[0] == 1


def test_a_renewal_and_a_note(viptui: Shell) -> None:
    status, out, _ = viptui("notify", "ELM")
    assert (status, out.splitlines()[0].split(": ")[0]) == (0, "Told kim@elm.example of =Elm")
    status, out, _ = viptui("renew", "ELM", "--line", "SKU-Photoshop=1")
    assert "Note: Still to be renewed until " in out
    status, out, _ = viptui("note", "ELM", "--body", "Waits for\nthe budget")
    assert (status, out) == (0, "Noted for =Elm: Waits for the budget\n")
    status, out, _ = viptui("show", "ELM", "--json")
    (note,) = json.loads(out)["notes"]
    assert (note["author"], note["body"]) == ("ana.kovac", "Waits for\nthe budget")
    assert viptui("remove-note", str(note["number"]))[0] == 0
    assert viptui("remove-note", str(note["number"]))[0] == 1
    status, out, _ = viptui("assign-licences", "ELM", "--line", "SKU-Photoshop=2")
    assert out == "Assigned to users of =Elm: 2 x Photoshop.\n"
