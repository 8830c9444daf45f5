"""The commands on the team, codes, products, reports and the history, as they are typed."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.support.builders import Portfolio, Requested
from tests.support.sheets import Workbook
from viptui.cli import run
from viptui.config import Overrides, load_settings
from viptui.data.database import open_database
from viptui.data.models import AuditEntry, Customer, Product

Shell = Callable[..., str]

on_sqlite = pytest.mark.parametrize("target", ["sqlite"], indirect=True)


@pytest.fixture
def place(database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """Three customers of Ana, who is the primary admin, and Ben; the value names the database."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("VIPTUI_CONFIG", raising=False)
    portfolio = Portfolio()
    portfolio.member("ana", "Ana Kovac", role="primary_admin")
    portfolio.member("ben", "Ben Adler")
    for vip_id in "ABC":
        requested = [Requested(days_ago=40)] if vip_id == "A" else []
        portfolio.customer(f"Company {vip_id}", vip_id=vip_id, managed_by="ana", requested=requested)
    return database


@pytest.fixture
def viptui(place: str, capsys: pytest.CaptureFixture[str]) -> Shell:
    """The program: words in, standard output out; it must succeed."""

    def shell(*words: str) -> str:
        status = run(["--database", place, "--me", "ana", *words])
        captured = capsys.readouterr()
        assert status == 0, captured.err
        return captured.out

    return shell


@pytest.fixture
def refused(place: str, capsys: pytest.CaptureFixture[str]) -> Shell:
    """The program refusing: words in, its sentences out."""

    def shell(*words: str) -> str:
        assert run(["--database", place, "--me", "ana", *words]) == 1
        captured = capsys.readouterr()
        assert captured.out == ""
        return captured.err

    return shell


def test_several_customers_are_handed_over(viptui: Shell, refused: Shell, place: str) -> None:
    told = "Ben Adler now manages 2 customers: Company A, Company B.\n"
    assert viptui("reassign", "A", "B", "--to", "ben", "--dry-run") == f"Nothing was done. Without --dry-run:\n{told}"
    assert viptui("reassign", "A", "B", "--to", "ben") == told
    assert [(each["login"], each["customers"]) for each in json.loads(viptui("team", "--json"))] == [
        ("ana", 1),
        ("ben", 2),
    ]
    assert "ana    Ana Kovac  ana@reseller.example  primary admin  active          1" in viptui("team")
    assert json.loads(viptui("counts", "--managed-by", "ben", "--json"))["past-due"] == 1
    assert refused("reassign", "C", "X", "--to", "ben") == (
        "viptui: There is no customer X: look it up with / in the list.\n"
    )


def test_the_team_is_changed(viptui: Shell, refused: Shell) -> None:
    viptui("add-member", "--login", "eva", "--email", "eva@reseller.example")
    viptui("change-role", "eva", "--role", "primary_admin")
    viptui("map-login", "eva", "--new-login", "elind")
    assert "Eva" not in viptui("deactivate-member", "ana", "--to", "elind", "--me", "elind")
    assert refused("add-member", "--login", "x") == (
        "viptui: Only the primary admin may change the team: ask them to do it.\n"
    )


def test_a_customer_comes_with_its_code(viptui: Shell, refused: Shell, place: str) -> None:
    sent = json.loads(viptui("send-change-code", "--vip-id", "4F00", "--admin-email", "admin@x.example", "--json"))
    assert sent["mails"][0]["to"] == "admin@x.example"
    (listed,) = json.loads(viptui("change-codes", "--json"))
    assert listed["code"] in sent["mails"][0]["body"]
    assert (listed["state"], listed["vip_id"], listed["requested_by"]) == ("valid", "4F00", "ana")
    assert timedelta(hours=71, minutes=50) < timedelta(seconds=listed["seconds_left"]) <= timedelta(hours=72)
    assert "valid" in viptui("change-codes")
    words = ("complete-change", "--code", listed["code"], "--organization-name", "Dahlia Media")
    more = ("--market-segment", "com", "--offering-type", "team", "--contact-name", "Kim")
    assert "Dahlia Media (4F00) has moved here" in viptui(*words, *more, "--anniversary-on", "2026-06-15")
    assert "has been used" in refused(*words, *more)
    assert "used" in viptui("change-codes")
    assert "4F00" in viptui("list")


def test_products_are_imported_and_listed(viptui: Shell, refused: Shell, tmp_path: Path) -> None:
    prices = tmp_path / "prices.csv"
    prices.write_text("sku,name,price,currency\nX1,=Sum,12.5,EUR\n")
    table = (
        "                              added    changed  unchanged\n"
        "Products                          1          0          0\n"
    )
    assert viptui("import-products", str(prices), "--dry-run") == f"Would be imported (nothing was written):\n{table}"
    assert viptui("import-products", str(prices)) == f"Imported:\n{table}"
    again = json.loads(viptui("import-products", str(prices), "--json"))
    assert again == {"dry_run": False, "repeated": False, "added": 0, "changed": 0, "unchanged": 1}
    listed = json.loads(viptui("products", "--search", "x1", "--json"))
    assert [(each["sku"], each["price"], each["pa_allowed"]) for each in listed] == [("X1", "12.50", True)]
    assert "X1,'=Sum,,,12.50,EUR,true,false,true\n" in viptui("products", "--csv")
    viptui("deactivate-product", "X1")
    assert "=Sum" not in viptui("products")
    assert "no longer sold" in viptui("products", "--inactive")
    prices.write_text("sku,name\n,Y\n")
    told = f"viptui: {prices}, line 2, column sku: Enter a value.\n"
    assert refused("import-products", str(prices)).startswith(told)
    assert "There are 2 products already" in refused("import-products", "--starting-catalogue")


def test_what_products_print_can_be_imported_again(viptui: Shell, tmp_path: Path) -> None:
    viptui("add-product", "--sku", "X1", "--name", '+Plus, "quoted"', "--price", "5", "--currency", "EUR")
    copy = tmp_path / "copy.csv"
    copy.write_text(viptui("products", "--csv"))
    assert json.loads(viptui("import-products", str(copy), "--json"))["unchanged"] == 2


def test_what_is_not_there_is_refused_in_json_too(
    viptui: Shell, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--database", place, "note", "nobody", "--body", "x", "--json"]) == 1
    (refusal,) = json.loads(capsys.readouterr().out)["refused"]
    assert (refusal["code"], refusal["field"]) == ("not_found", None)
    assert refusal["message"].startswith("There is no customer nobody")


def test_a_report_is_written_to_the_exports_folder(viptui: Shell, refused: Shell, tmp_path: Path) -> None:
    written = json.loads(viptui("report", "--filter", "past-due", "--json"))
    path = Path(written["path"])
    assert (path.parent, written["customers"]) == (tmp_path / "viptui-exports", 1)
    assert path.read_text() == viptui("list", "--filter", "past-due", "--csv")
    assert viptui("report", "--filter", "past-due") == f"Wrote 1 customer to {path.with_stem(path.stem + '-2')}\n"
    again = json.loads(viptui("report", "--filter", "past-due", "--dry-run", "--json"))
    assert again["path"] == str(path.with_stem(path.stem + "-3"))
    assert (again["customers"], again["dry_run"], again["repeated"]) == (1, True, False)
    assert not Path(again["path"]).exists()
    mine = tmp_path / "mine.csv"
    assert viptui("report", "--mine", "--output", str(mine)) == f"Wrote 3 customers to {mine}\n"
    assert mine.read_text() == viptui("report", "--mine", "--output", "-")
    assert refused("report", "--output", str(mine / "x.csv")).startswith("viptui: No file can be written in ")


def test_a_report_has_the_form_that_is_asked_for(viptui: Shell, refused: Shell, tmp_path: Path) -> None:
    workbook = tmp_path / "x.xlsx"
    assert viptui("report", "--output", str(workbook)) == f"Wrote 3 customers to {workbook}\n"
    shown = [each["organization_name"] for each in json.loads(viptui("list", "--json"))]
    assert [row[1] for row in Workbook(workbook).rows()[1:]] == shown
    assert viptui("report", "--format", "json", "--output", "-") == viptui("list", "--json")
    assert viptui("report", "--excel", "--output", "-").startswith("\ufeffvip_id;organization_name;")
    written = json.loads(viptui("report", "--format", "xlsx", "--limit", "1", "--json"))
    assert (Path(written["path"]).suffix, written["customers"]) == (".xlsx", 1)


@on_sqlite
@pytest.mark.parametrize("is_terminal", [False, True])
def test_somebody_at_a_terminal_is_told_how_far_a_report_is(
    place: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, is_terminal: bool
) -> None:
    monkeypatch.setattr("viptui.cli.reporting.PATIENCE", 0)
    monkeypatch.setattr("viptui.reports.CUSTOMERS_BETWEEN", 2)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: is_terminal)
    assert run(["--database", place, "report"]) == 0
    told = "\r2 customers written"
    assert capsys.readouterr().err == (f"{told}\r{' ' * (len(told) - 1)}\r" if is_terminal else "")


@on_sqlite
def test_a_report_for_nobody_is_wrong_usage(place: str, capsys: pytest.CaptureFixture[str]) -> None:
    for words, message in {
        ("--excel", "--format", "json"): "--excel is about CSV, not about json",
        ("--mail", "--filter", "past-due"): "--filter is about a report that is a file",
        ("--mail", "--where", "mine"): "--where is about a report that is a file",
        ("--mail", "--managed-by", "ben"): "--managed-by is about a report that is a file",
        ("--mail", "--request-id", "x"): "one request already",
        ("--mail", "--weekly"): "leave out one of them",
        ("--weekly", "--sort", "name"): "--sort is about a report that is a file: leave it out with --weekly",
        ("--mail", "--as-of", "2026-03-20"): "Mail is written on the day it is",
    }.items():
        assert run(["--database", place, "report", *words]) == 2
        assert message in capsys.readouterr().err


def test_the_weekly_report_is_mailed_once_a_day(viptui: Shell, place: str) -> None:
    looked_at = viptui("report", "--mail", "--dry-run")
    assert looked_at.startswith("Nothing was written. Without --dry-run:\nMail to ana@reseller.example: VIP on ")
    assert "this is how the 3 customers of the team stand on" in looked_at
    assert json.loads(viptui("outbox", "--json")) == []
    assert viptui("report", "--mail").count("Mail to ") == 2
    assert viptui("report", "--mail").splitlines() == [
        "ana has this day's report already; nothing was written.",
        "ben has this day's report already; nothing was written.",
    ]
    assert [(each["login"], each["repeated"]) for each in json.loads(viptui("report", "--mail", "--json"))] == [
        ("ana", True),
        ("ben", True),
    ]
    mails = json.loads(viptui("outbox", "--json"))
    assert sorted(each["recipient"] for each in mails) == ["ana@reseller.example", "ben@reseller.example"]
    assert len({each["message_id"] for each in mails}) == 2


def test_the_weekly_report_is_printed_as_it_is_mailed(viptui: Shell, refused: Shell) -> None:
    mails = {each["login"]: each["mails"][0] for each in json.loads(viptui("report", "--mail", "--dry-run", "--json"))}
    assert viptui("report", "--weekly", "--managed-by", "ben") == mails["ben"]["body"]
    assert viptui("report", "--weekly", "--me", "ana") == mails["ana"]["body"]
    told = json.loads(viptui("report", "--weekly", "--json", "--me", "ana"))
    assert told["counts"]["all"] == 3
    assert refused("report", "--weekly", "--me", "nobody").startswith("viptui: nobody is not in the team")
    assert json.loads(viptui("outbox", "--json")) == []


def test_a_report_of_the_same_request_is_written_once(viptui: Shell, refused: Shell) -> None:
    first = json.loads(viptui("report", "--request-id", "monday", "--json"))
    again = json.loads(viptui("report", "--request-id", "monday", "--json"))
    assert again == first | {"repeated": True}
    assert viptui("report", "--request-id", "monday").startswith("This request had been carried out before;")
    assert len(list(Path(first["path"]).parent.iterdir())) == 1
    viptui("note", json.loads(viptui("list", "--json"))[0]["vip_id"], "--body", "x", "--request-id", "tuesday")
    assert "was used before for note.add" in refused("report", "--request-id", "tuesday")


def test_a_price_list_of_the_same_request_is_taken_over_once(viptui: Shell, tmp_path: Path) -> None:
    path = tmp_path / "prices.csv"
    path.write_text("sku,name\nNEW1,Something\n")
    first = json.loads(viptui("import-products", str(path), "--request-id", "a", "--json"))
    assert (first["added"], first["repeated"]) == (1, False)
    again = json.loads(viptui("import-products", str(path), "--request-id", "a", "--json"))
    assert again == first | {"repeated": True}


def test_the_dashboard_is_printed(viptui: Shell) -> None:
    figures = json.loads(viptui("dashboard", "--json"))
    assert [each["days"] for each in figures["ageing"]] == ["0-30", "31-60", "61+"]
    assert (len(figures["renewals"]), len(figures["past_due"])) == (13, 13)
    assert figures["past_due"][-1]["customers"] == json.loads(viptui("counts", "--json"))["past-due"] == 1
    assert [(each["login"], each["customers"]) for each in figures["team"]] == [("ana", 3), ("ben", 0)]
    tables = viptui("dashboard")
    assert [line.split()[0] for line in tables.splitlines() if line[:1].isalpha()][:5] == [
        "Days",
        "Renewals",
        "Managed",
        "ana",
        "ben",
    ]


@on_sqlite
def test_the_exports_folder_can_be_set(place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = tmp_path / "config.toml"
    settings.write_text(f'exports = "{tmp_path}/elsewhere"\n')
    assert run(["--database", place, "--config", str(settings), "report"]) == 0
    assert len(list((tmp_path / "elsewhere").iterdir())) == 1


def test_the_history_is_printed(viptui: Shell, tmp_path: Path) -> None:
    viptui("reassign", "A", "--to", "ben")
    viptui("add-product", "--sku", "X1", "--name", "=Sum")
    customers = tmp_path / "customers.csv"
    customers.write_text("vip_id,organization_name,market_segment\nD,Dahlia Media,Commercial\n")
    viptui("import", str(customers))
    entries = json.loads(viptui("audit", "--json"))
    assert [(each["action"], each["origin"].partition(" ")[0], each["actor"]) for each in entries] == [
        ("import", "cli", "ana"),
        ("product.add", "cli", "ana"),
        ("customer.reassign", "cli", "ana"),
    ]
    assert entries[0]["summary"] == (
        "Imported files: 1 customers added and 0 changed, 0 Purchase Authorizations added and 0 changed, "
        "0 orders added and 0 changed."
    )
    assert entries[2]["before"] == {"managed_by": "ana"}
    assert (entries[2]["vip_id"], entries[2]["organization_name"]) == ("A", "Company A")
    assert "Ben Adler now manages Company A, no longer ana." in viptui("audit", "--customer", "a")
    assert len(json.loads(viptui("audit", "--limit", "1", "--json"))) == 1
    assert json.loads(viptui("audit", "--search", "nowhere", "--json")) == []
    assert "product.add,X1,,,Added =Sum (X1).,," in viptui("audit", "--search", "x1", "--csv")
    assert json.loads(viptui("audit", "--actor", "ben", "--json")) == []


def test_what_was_done_is_taken_back_and_done_again(viptui: Shell) -> None:
    viptui("reassign", "A", "--to", "ben")
    viptui("note", "A", "--body", "Called.")
    (noted, moved) = (each["number"] for each in json.loads(viptui("audit", "--json")))
    assert viptui("undo", "--dry-run").startswith(
        f"Nothing was done. Without --dry-run:\nTook entry {noted} back (Noted for Company A: Called)."
    )
    done = json.loads(viptui("undo", str(moved), "--json", "--request-id", "one"))
    assert (done["action"], done["undoes"], done["is_repeated"]) == ("customer.reassign", moved, False)
    assert json.loads(viptui("undo", str(moved), "--json", "--request-id", "one"))["is_repeated"]
    newest, *_, first = json.loads(viptui("audit", "--json"))
    assert (newest["undoes"], first["undone_by"], first["part_of"]) == (moved, newest["number"], None)
    assert viptui("undo").startswith(f"Took entry {noted} back")
    assert viptui("redo").startswith(f"Did entry {noted} again.")
    assert json.loads(viptui("show", "A", "--json"))["notes"][0]["body"] == "Called."


def test_what_cannot_be_taken_back_is_told(viptui: Shell, place: str, capsys: pytest.CaptureFixture[str]) -> None:
    viptui("add-product", "--sku", "X1", "--name", "Sum")
    assert run(["--database", place, "--me", "ana", "undo"]) == 1
    assert "A product stays on record: 'viptui deactivate-product X1' ends its sale." in capsys.readouterr().err


def test_all_that_one_action_did_to_many_is_taken_back_as_a_whole(
    viptui: Shell, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for vip_id in ("A", "B"):
        viptui("note", vip_id, "--body", "Called.", "--request-id", f"{'0123456789abcdef' * 2}-{vip_id}")
    told = viptui("undo", "--whole", "--dry-run")
    assert told.startswith("Nothing was done. Without --dry-run:\n")
    assert told.endswith("2 done, 0 refused.\n")
    assert viptui("undo", "--whole").count("Removed the note of ana for Company") == 2
    assert json.loads(viptui("show", "A", "--json"))["notes"] == []
    again = json.loads(viptui("redo", "--whole", "--json"))
    assert ([each["action"] for each in again["done"]], again["refused"]) == (["note.add", "note.add"], [])
    (note,) = json.loads(viptui("show", "A", "--json"))["notes"]
    viptui("remove-note", str(note["number"]))
    newest = max(each["number"] for each in json.loads(viptui("audit", "--json")) if each["action"] == "note.add")
    capsys.readouterr()
    assert run(["--database", place, "--me", "ana", "undo", "--whole", str(newest)]) == 1
    printed = capsys.readouterr()
    assert "1 done, 1 refused." in printed.out
    assert "There is no note" in printed.err


def test_what_was_done_by_itself_is_taken_back_as_ever(viptui: Shell) -> None:
    viptui("note", "A", "--body", "Called.")
    assert viptui("undo", "--whole").startswith("Took ")


def test_the_history_of_some_days(viptui: Shell, place: str, capsys: pytest.CaptureFixture[str]) -> None:
    viptui("reassign", "A", "--to", "ben")
    found = json.loads(viptui("audit", "--json"))
    zone = load_settings(Overrides()).zone
    day = datetime.fromisoformat(found[0]["at"]).astimezone(zone).date()
    assert json.loads(viptui("audit", "--since", str(day), "--until", str(day), "--json")) == found
    assert json.loads(viptui("audit", "--since", str(day + timedelta(days=1)), "--json")) == []
    assert json.loads(viptui("audit", "--until", str(day - timedelta(days=1)), "--json")) == []
    assert run(["--database", place, "audit", "--since", "2026-02-01", "--until", "2026-01-01"]) == 2
    assert "before --since" in capsys.readouterr().err


def test_a_new_database_knows_the_starting_catalogue(target: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init", "--database", target]) == 0
    assert capsys.readouterr().out.startswith("Made a new, empty database")
    database = open_database(target)
    try:
        assert Product.select().count() > 20
        assert Customer.select().count() == 0
        assert AuditEntry.get().action == "product.import"
    finally:
        database.close()
