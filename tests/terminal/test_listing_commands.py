"""``viptui counts``, ``list`` and ``show``: what stands on standard output, for people and for programs."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from tests.support.records import add_customer, add_member, authorize, order
from viptui.cli import run
from viptui.data.database import write_transaction
from viptui.data.models import Customer, Note

TODAY = date(2026, 11, 21)
MANY = 1_000
"""More rows than are read at once."""

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
FILTERS = ["no-products", "pending-requests", "past-due", "upcoming-renewals", "ready-for-renewal", "all"]

Shell = Callable[..., str]


@pytest.fixture
def portfolio(database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """One customer for each filter, and a hostile one; the value names the database."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv("VIPTUI_CONFIG", raising=False)
    ana, ben = add_member("ana"), add_member("Ben")
    add_customer("Invited", managed_by=ana, invited_on=date(2026, 11, 1), invitation_status="Pending")
    authorize(add_customer("Pending", managed_by=ana, vip_id="PEND"), TODAY, {"Photoshop": 2})
    late = add_customer("Łate", managed_by=ben, vip_id="LaTe", contact_email="late@l.example")
    authorize(late, TODAY - timedelta(days=41), {"Photoshop": 1000, "Acrobat": 1}, number="PA-41", po_number="PO-9")
    for name, days in (("Upcoming", 40), ("Ready", 3)):
        customer = add_customer(name, anniversary_on=TODAY + timedelta(days=days), vip_id=name.upper())
        order(customer, TODAY - timedelta(days=300), {"Photoshop": 5}, assigned=3, number=f"ORD-{name}")
    add_customer("=1+1\x1b[2J\u202e", contact_email="@SUM(A1)", invited_on=date(2026, 11, 2))
    return database


@pytest.fixture
def viptui(portfolio: str, capsys: pytest.CaptureFixture[str]) -> Shell:
    """The program: words in, standard output out; it must succeed."""

    def shell(*words: str) -> str:
        assert run(["--database", portfolio, "--as-of", str(TODAY), *words]) == 0
        return capsys.readouterr().out

    return shell


@pytest.fixture
def refused(portfolio: str, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """The program refusing: words in, exit status and its sentence out."""

    def shell(*words: str) -> tuple[int, str]:
        status = run(["--database", portfolio, "--as-of", str(TODAY), *words])
        captured = capsys.readouterr()
        assert captured.out == ""
        return status, captured.err

    return shell


def names(text: str) -> list[str]:
    return [customer["organization_name"] for customer in json.loads(text)]


on_sqlite = pytest.mark.parametrize("target", ["sqlite"], indirect=True)


def test_counts_as_json_come_in_the_order_of_the_tabs(viptui: Shell) -> None:
    counts = json.loads(viptui("counts", "--json"))
    assert list(counts) == FILTERS
    assert list(counts.values()) == [2, 1, 1, 1, 1, 6]


COUNTS = {
    "one filter": (["--filter", "past-due"], {"past-due": 1}),
    "of one team member": (["--managed-by", "ANA"], {"no-products": 1, "pending-requests": 1, "all": 2}),
    "of mine": (["--mine", "--me", "ben"], {"past-due": 1, "all": 1}),
    "of what is searched": (["--search", "READY"], {"ready-for-renewal": 1, "all": 1}),
    "of what is searched in one filter": (["--search", "late", "--filter", "past-due"], {"past-due": 1}),
    "whatever the order and the limit": (["--filter", "all", "--limit", "1", "--sort=-name"], {"all": 6}),
}


@on_sqlite
@pytest.mark.parametrize(("words", "expected"), COUNTS.values(), ids=COUNTS)
def test_counts_of_a_selection(viptui: Shell, words: list[str], expected: dict[str, int]) -> None:
    counts = json.loads(viptui("counts", "--json", *words))
    assert {key: count for key, count in counts.items() if count} == expected
    assert len(counts) == (1 if "--filter" in words else len(FILTERS))


@on_sqlite
def test_counts_for_people_have_titles(viptui: Shell) -> None:
    lines = viptui("counts").splitlines()
    assert lines[0].split() == ["Filter", "Customers"]
    assert lines[3] == "Past Due Requests               1"


@on_sqlite
def test_counts_as_csv(viptui: Shell) -> None:
    rows = list(csv.reader(io.StringIO(viptui("counts", "--csv"))))
    assert rows[0] == ["filter", "customers"]
    assert rows[-1] == ["all", "6"]


def test_list_as_json_tells_the_standing(viptui: Shell) -> None:
    (late,) = json.loads(viptui("list", "--filter", "past-due", "--json"))
    assert late == {
        "vip_id": "LaTe",
        "organization_name": "Łate",
        "contact_email": "late@l.example",
        "market_segment": "Commercial",
        "managed_by": "Ben",
        "invitation_status": "Accepted",
        "invited_on": None,
        "anniversary_date": None,
        "days_to_anniversary": None,
        "authorization_state": "overdue",
        "authorization_age": 41,
        "days_past_due": 11,
        "licences_waiting": 1001,
        "amount_waiting": "10510.50",
        "currency": "EUR",
        "renewal_phase": "none",
        "partially_renewed": False,
        "grace_days_left": None,
        "filters": ["past-due", "all"],
    }


def test_list_tells_the_renewal(viptui: Shell) -> None:
    (ready,) = json.loads(viptui("list", "--filter", "ready-for-renewal", "--json"))
    assert (ready["anniversary_date"], ready["days_to_anniversary"]) == ("2026-11-24", 3)
    assert (ready["renewal_phase"], ready["filters"]) == ("ready", ["ready-for-renewal", "all"])


SELECTIONS = {
    "all by name": ([], ["=1+1\x1b[2J\u202e", "Invited", "Łate", "Pending", "Ready", "Upcoming"]),
    "reversed": (["--sort=-name", "--limit", "2"], ["Upcoming", "Ready"]),
    "by another column": (["--sort", "licences", "--limit", "9", "--managed-by", "ana"], ["Invited", "Pending"]),
    "a filter's own order": (["--filter", "no-products"], ["Invited", "=1+1\x1b[2J\u202e"]),
    "mine": (["--mine", "--me", "ana"], ["Invited", "Pending"]),
    "searched": (["--search", "LATE"], ["Łate"]),
    "searched with bytes that are no text": (["--search", "\udcff"], []),
    "nothing": (["--search", "%"], []),
}


@pytest.mark.parametrize(("words", "expected"), SELECTIONS.values(), ids=SELECTIONS)
def test_list_of_a_selection(viptui: Shell, words: list[str], expected: list[str]) -> None:
    assert names(viptui("list", "--json", *words)) == expected


@on_sqlite
def test_json_has_one_customer_a_line_and_nothing_that_drives_a_terminal(viptui: Shell) -> None:
    lines = viptui("list", "--json").splitlines()
    assert (lines[0], lines[-1], len(lines)) == ("[", "]", 8)
    assert all(line.isprintable() for line in lines)
    assert "Łate" in lines[3]


@on_sqlite
def test_csv_is_flat_and_harmless_in_a_spreadsheet(viptui: Shell) -> None:
    rows = list(csv.DictReader(io.StringIO(viptui("list", "--csv"))))
    hostile, late = rows[0], rows[2]
    assert hostile["organization_name"] == "'=1+1\x1b[2J\u202e"
    assert hostile["contact_email"] == "'@SUM(A1)"
    assert (late["filters"], late["amount_waiting"], late["managed_by"]) == ("past-due all", "10510.50", "Ben")
    assert (late["grace_days_left"], late["partially_renewed"]) == ("", "false")
    assert list(rows[0]) == list(json.loads(viptui("list", "--json"))[0])


@on_sqlite
def test_table_for_people_is_aligned_and_shows_data_as_text(viptui: Shell) -> None:
    heading, *lines = viptui("list").splitlines()
    titles = "Customer E-mail VIP ID Segment State Licences Amount Anniversary Days Renewal Managed by Invitation"
    assert " ".join(heading.split()) == titles
    assert lines[0].startswith("=1+1␛[2J\ufffd ")
    late = lines[2]
    assert late[heading.index("State") :].startswith("OVERDUE 41d")
    assert late[: heading.index("Licences") + 8].endswith(" 1,001")
    assert late[: heading.index("Amount") + 6].endswith("10,510.50 EUR")
    assert "\x1b" not in "".join(lines)


@on_sqlite
def test_list_longer_than_a_page_is_complete(viptui: Shell) -> None:
    with write_transaction():
        template = Customer.get(Customer.vip_key == "ready").__data__
        made = [template | {"id": None, "vip_id": f"N{n}", "vip_key": f"n{n}"} for n in range(2 * MANY)]
        Customer.insert_many([{key: row[key] for key in row if key != "id"} for row in made]).execute()
    rows = json.loads(viptui("list", "--json", "--filter", "ready-for-renewal", "--sort=-name"))
    assert len({row["vip_id"] for row in rows}) == len(rows) == 2 * MANY + 1
    assert len(json.loads(viptui("list", "--json", "--limit", str(MANY + 7)))) == MANY + 7


REFUSALS = {
    "an unknown team member": (["list", "--managed-by", "carl"], 1, "There are ana, Ben."),
    "me who is not in the team": (["counts", "--mine", "--me", "carl"], 1, "--me LOGIN"),
    "mine and somebody else's": (["list", "--mine", "--managed-by", "ana"], 2, "--mine and --managed-by"),
    "an unknown column": (["list", "--sort", "colour"], 2, "choose one of name, email"),
    "an unknown customer": (["show", "nobody"], 1, "viptui list --search"),
    "a VIP ID that is no text": (["show", "\udcff"], 1, "No customer has the VIP ID"),
}


@on_sqlite
@pytest.mark.parametrize(("words", "status", "sentence"), REFUSALS.values(), ids=REFUSALS)
def test_refusal_says_what_to_do(
    refused: Callable[..., tuple[int, str]], words: list[str], status: int, sentence: str
) -> None:
    given_status, said = refused(*words)
    assert given_status == status
    assert sentence in said
    assert said.startswith("viptui: ")


def test_missing_database_is_unavailable(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--database", str(tmp_path / "none.db"), "counts"]) == 3
    assert "viptui import" in capsys.readouterr().err


def test_show_as_json_tells_everything(viptui: Shell) -> None:
    ready = json.loads(viptui("show", "ready", "--json"))
    assert ready["organization_name"] == "Ready"
    assert ready["filters"] == ["ready-for-renewal", "all"]
    assert ready["products"] == [
        {"product": "Photoshop", "sku": "SKU-Photoshop", "total": 5, "active": 3, "available": 2, "pending": 0}
    ]
    assert [(each["number"], each["renewal"]) for each in ready["orders"]] == [("ORD-Ready", False)]
    (authorization,) = json.loads(viptui("show", "LATE", "--json"))["authorizations"]
    assert (authorization["number"], authorization["status"], authorization["state"]) == ("PA-41", "open", "overdue")
    assert (authorization["age"], authorization["po_number"]) == (41, "PO-9")
    assert (authorization["next_state"], authorization["next_state_on"]) == ("suspended", "2026-12-11")
    assert authorization["order_months"] == 12
    assert authorization["lines"][0]["unit_price"] == "10.50"


@on_sqlite
def test_show_has_the_sections_of_the_console(viptui: Shell) -> None:
    text = viptui("show", "LaTe")
    sections = [after for before, after in pairwise(["", *text.splitlines()]) if not before]
    assert sections == [
        "Customer details",
        "Pending and overdue Purchase Authorizations",
        "Products",
        "Purchase Authorization history",
        "Orders",
        "Notes",
        "History",
    ]
    assert "OVERDUE 41d" in text
    assert "suspended on 2026-12-11" in text
    assert "Order PA-41 for 12 months: from 2026-10-11 to the anniversary date 2027-10-11." in text


@on_sqlite
def test_show_writes_notes_line_by_line_and_as_text(viptui: Shell) -> None:
    with write_transaction():
        late = Customer.get(Customer.vip_key == "late")
        Note.create(customer=late, author="ana", body="first\n\x1b[31msecond", written_at=NOON)
    lines = viptui("show", "late").splitlines()
    notes = lines[lines.index("Notes") + 1 :][:3]
    assert notes[0].endswith("  ana  #1")
    assert notes[1:] == ["  first", "  ␛[31msecond"]


@on_sqlite
def test_output_takes_any_text_whatever_the_terminal_can_show(viptui: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    for words, expected in ((("list", "--json"), b"\xc5\x81ate"), (("list",), b"?ate")):
        raw = io.BytesIO()
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="latin-1"))
        viptui(*words)
        assert expected in raw.getvalue()
        monkeypatch.undo()
