"""Customer reports: whole files for nobody else to read, never over one that is there."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
from contextlib import closing
from datetime import UTC, date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tests.support.acting import history
from tests.support.builders import Contact, Portfolio, Requested, crowd
from tests.support.clock import TODAY
from tests.support.sheets import Workbook
from viptui.clock import FixedDay
from viptui.customer_views import CUSTOMER_FIELDS
from viptui.data.audit import list_activity
from viptui.data.models import Customer
from viptui.data.proxy import database_proxy
from viptui.errors import ReportFailed
from viptui.report_forms import Form, ReportForm
from viptui.report_sheet import write_sheet
from viptui.reports import CUSTOMERS_BETWEEN, file_name, put_file, write_file
from viptui.rules.filters import CustomerFilter
from viptui.rules.listing import Listing, SortColumn
from viptui.rules.policy import VipPolicy
from viptui.services import Services

NAMES = {
    "all customers": (Listing(), "all-2026-11-21.csv"),
    "a tab": (Listing(filter=CustomerFilter.PAST_DUE), "past-due-2026-11-21.csv"),
    "a member's": (Listing(managed_by="Ana.Kovac"), "all-ana.kovac-2026-11-21.csv"),
    "a search": (Listing(search="Müller & Co."), "all-muller---co-2026-11-21.csv"),
    "a search that would lead elsewhere": (Listing(search="../../etc/passwd\n"), "all-etc-passwd-2026-11-21.csv"),
    "a long search": (Listing(search="x" * 300), f"all-{'x' * 60}-2026-11-21.csv"),
}


@pytest.mark.parametrize(("listing", "name"), NAMES.values(), ids=NAMES)
def test_a_file_is_called_after_its_list(listing: Listing, name: str) -> None:
    assert file_name(listing, date(2026, 11, 21)) == name


def test_a_report_is_for_nobody_else_to_read(tmp_path: Path) -> None:
    umask = os.umask(0)
    try:
        path = write_file(["a,b\n", "1,2\n"], tmp_path / "exports", "all.csv")
    finally:
        os.umask(umask)
    assert path.read_text() == "a,b\n1,2\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "all.csv").write_text("precious")
    (tmp_path / "all-2.csv").symlink_to(tmp_path / "elsewhere.csv")
    assert write_file(["a\n"], tmp_path, "all.csv") == tmp_path / "all-3.csv"
    assert (tmp_path / "all.csv").read_text() == "precious"
    assert not (tmp_path / "elsewhere.csv").exists()


def test_nothing_is_left_of_a_report_that_fails(tmp_path: Path) -> None:
    def lines() -> object:
        yield "a\n"
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError):
        write_file(lines(), tmp_path, "all.csv")  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ReportFailed, match=r"No file can be written in .*file/exports: Not a directory"):
        write_file([], tmp_path / "file" / "exports", "all.csv")


@pytest.fixture
def services(database: str, tmp_path: Path) -> Services:
    portfolio = Portfolio()
    formula = Contact(email="=cmd@x.example")
    portfolio.product("Priced", price=Decimal("617.25"))
    priced = Requested(days_ago=40, quantity=2, product="Priced")
    portfolio.customer("Zinnia, Ltd", vip_id="Z", requested=[priced])
    portfolio.customer('=1+1"Fir', vip_id="F", requested=[Requested(days_ago=61)], contact=formula)
    portfolio.customer("Aster Clinic", vip_id="A")
    clock = FixedDay(UTC, TODAY)
    return Services(database_proxy.obj, clock=clock, policy=VipPolicy(), me="ana.kovac", exports=tmp_path / "exports")


def test_a_report_holds_what_the_list_shows(services: Services) -> None:
    with closing(services):
        report = services.write_report(Listing(filter=CustomerFilter.PAST_DUE, sort=SortColumn.NAME, reverse=True))
        with report.path.open(encoding="utf-8", newline="") as file:
            titles, *rows = csv.reader(file)
        assert (report.path.name, report.customers) == (f"past-due-{TODAY}.csv", 2)
        assert tuple(titles) == CUSTOMER_FIELDS
        assert [row[:3] for row in rows] == [
            ["Z", "Zinnia, Ltd", rows[0][2]],
            ["F", "'=1+1\"Fir", "'=cmd@x.example"],
        ]
        assert history() == [("report.export", "")]
        (entry,) = list_activity()
        assert entry.summary == f"Wrote 2 customers of Past Due Requests to {report.path}."
        assert services.write_report(Listing(), limit=1).customers == 1


def test_a_report_as_of_another_day_leaves_the_database_alone(services: Services) -> None:
    with closing(services):
        services.read_only_by = "--as-of"
        assert services.write_report(Listing()).customers == 3
        assert history() == []


def index(column: str) -> int:
    return CUSTOMER_FIELDS.index(column)


def test_a_workbook_has_dates_and_numbers(services: Services) -> None:
    with closing(services):
        report = services.write_report(Listing(), ReportForm(Form.XLSX))
    book = Workbook(report.path)
    titles, *rows = book.rows()
    aster, fir, zinnia = sorted(rows, key=lambda row: str(row[0]))
    assert (report.path.name, report.customers, len(book)) == (f"all-{TODAY}.xlsx", 3, 1)
    assert tuple(titles) == CUSTOMER_FIELDS
    assert fir[1:3] == ['=1+1"Fir', "=cmd@x.example"]  # as it is: a text is never a formula here
    assert zinnia[index("invited_on")] == TODAY - timedelta(days=400)
    assert zinnia[index("authorization_age")] == 40
    assert (zinnia[index("amount_waiting")], zinnia[index("currency")]) == (1234.5, "EUR")
    assert zinnia[index("partially_renewed")] is False
    assert zinnia[index("filters")] == "past-due all"
    assert aster[index("authorization_state")] is None
    assert book.has("pane", state="frozen", ySplit="1")
    assert book.has("autoFilter", ref=f"A1:{chr(ord('A') + len(CUSTOMER_FIELDS) - 1)}4")
    assert stat.S_IMODE(report.path.stat().st_mode) == 0o600
    assert list(report.path.parent.iterdir()) == [report.path]  # nothing it was made of is left


CELLS = {
    "a number": (7, 7.0),
    "an amount": (Decimal("12.3456"), 12.3456),
    "an amount that no number of Excel holds": (Decimal("1234567890123.4567"), "1234567890123.4567"),
    "a day that programs disagree about": (date(1900, 2, 28), "1900-02-28"),
    "a day": (date(2026, 2, 28), date(2026, 2, 28)),
    "nothing": (None, None),
    "a formula": ("=1+1", "=1+1"),
    "an address of the web": ("https://x.example", "https://x.example"),
    "digits": ("00123", "00123"),
    "spaces at the ends": ("  x ", "  x "),
    "many scripts": ("Łódź 株式会社 🙂 عمان <&>", "Łódź 株式会社 🙂 عمان <&>"),
    "more than a cell holds": ("x" * 40_000, "x" * 32_767),
}


@pytest.mark.parametrize(("value", "read"), CELLS.values(), ids=CELLS)
def test_a_cell_of_a_workbook(tmp_path: Path, value: object, read: object) -> None:
    path = put_file(lambda file: write_sheet(["a", "b"], [[value, 1]], file, tmp_path), tmp_path, "x.xlsx")
    _, row = Workbook(path).rows()
    assert row == [read, 1]


def test_control_characters_break_no_workbook(tmp_path: Path) -> None:
    text = "a\x1b[2J\x00\x07\x0b\ud800b"
    path = put_file(lambda file: write_sheet(["a", "b"], [[text, 1]], file, tmp_path), tmp_path, "x.xlsx")
    ((_, _), (read, _)) = Workbook(path).rows()
    assert "\x1b" not in str(read)
    assert str(read).startswith("a")


def test_more_rows_than_a_sheet_holds_go_onto_the_next(tmp_path: Path) -> None:
    rows = [[number, "x"] for number in range(7)]
    path = put_file(lambda file: write_sheet(["a", "b"], rows, file, tmp_path, 4), tmp_path, "x.xlsx")
    book = Workbook(path)
    sheets = [book.rows(sheet) for sheet in range(len(book))]
    assert [len(sheet) for sheet in sheets] == [4, 4, 2]
    assert all(sheet[0] == ["a", "b"] for sheet in sheets)
    assert [row[0] for sheet in sheets for row in sheet[1:]] == list(range(7))


def test_a_workbook_on_a_full_disk_is_refused_in_words(tmp_path: Path) -> None:
    class Full(io.BytesIO):
        def write(self, _data: object) -> int:
            raise OSError(28, "No space left on device")

    def write(_file: object) -> None:
        write_sheet(["a"], [["x"]], Full(), tmp_path)

    with pytest.raises(ReportFailed, match=r"No file can be written in .*: No space left on device\."):
        put_file(write, tmp_path / "exports", "x.xlsx")


def test_csv_for_excel(services: Services) -> None:
    with closing(services):
        report = services.write_report(Listing(filter=CustomerFilter.PAST_DUE), ReportForm(Form.EXCEL))
        text = report.path.read_bytes().decode()
        assert text.startswith("\ufeffvip_id;organization_name;")
        _, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";")
        fir, zinnia = rows
        assert (fir[1], zinnia[1]) == ("'=1+1\"Fir", "Zinnia, Ltd")
        assert zinnia[index("amount_waiting")] == "1234,50"
        assert text.count("\r\n") == 3
        comma = services.write_report(Listing(filter=CustomerFilter.PAST_DUE), ReportForm(Form.EXCEL, ","))
        with comma.path.open(encoding="utf-8-sig", newline="") as file:
            assert [row[index("amount_waiting")] for row in csv.reader(file)][-1] == "1234.50"


def test_json_is_what_the_list_prints(services: Services) -> None:
    with closing(services):
        report = services.write_report(Listing(filter=CustomerFilter.PAST_DUE), ReportForm(Form.JSON))
        rows = json.loads(report.path.read_text())
        assert [row["organization_name"] for row in rows] == ['=1+1"Fir', "Zinnia, Ltd"]
        assert (rows[1]["amount_waiting"], rows[1]["authorization_age"]) == ("1234.50", 40)
        assert tuple(rows[0]) == CUSTOMER_FIELDS
        nobody = services.write_report(Listing(managed_by="nobody"), ReportForm(Form.JSON))
        assert json.loads(nobody.path.read_text()) == []


def test_a_report_has_marked_customers_in_their_order_whichever_list_has_them(services: Services) -> None:
    with closing(services):
        ids = {each.vip_id: each.id for each in Customer.select()}
        marked = [ids["Z"], 10**6, ids["A"]]
        report = services.write_report(Listing(filter=CustomerFilter.PAST_DUE), marked=marked)
        assert (report.customers, report.path.name) == (2, "marked-2026-03-20.csv")
        assert [line.partition(",")[0] for line in report.path.read_text().splitlines()] == ["vip_id", "Z", "A"]
        again = services.write_report(Listing(), ReportForm(Form.JSON), marked=marked, dry_run=True)
        assert (again.customers, again.path.name) == (2, "marked-2026-03-20.json")


def test_whoever_waits_is_told_how_far_it_is(database: str, tmp_path: Path) -> None:
    crowd(Portfolio(), 2 * CUSTOMERS_BETWEEN + 1)
    told: list[int] = []
    clock = FixedDay(UTC, TODAY)
    with closing(
        Services(database_proxy.obj, clock=clock, policy=VipPolicy(), me="ana.kovac", exports=tmp_path)
    ) as services:
        services.write_report(Listing(), told=told.append)
    assert told == [CUSTOMERS_BETWEEN, 2 * CUSTOMERS_BETWEEN]


def test_leaving_waits_for_no_report(database: str, tmp_path: Path) -> None:
    crowd(Portfolio(), 2 * CUSTOMERS_BETWEEN)
    clock = FixedDay(UTC, TODAY)
    services = Services(database_proxy.obj, clock=clock, policy=VipPolicy(), me="ana.kovac", exports=tmp_path / "x")

    def leave(_customers: int) -> None:
        services._is_over = True

    with closing(services):
        for form in Form:
            services._is_over = False
            with pytest.raises(ReportFailed, match="the program was left"):
                services.write_report(Listing(), ReportForm(form), told=leave)
        assert list((tmp_path / "x").iterdir()) == []


def test_a_dry_run_foretells_the_report(services: Services) -> None:
    listing = Listing(filter=CustomerFilter.PAST_DUE)
    with closing(services):
        for _ in range(2):  # the second one finds the name taken
            foretold = services.write_report(listing, dry_run=True)
            assert not foretold.path.exists()
            assert services.write_report(listing) == foretold
        assert history() == [("report.export", "")] * 2


def test_a_report_of_a_day_that_is_looked_at_has_its_standings(services: Services) -> None:
    with closing(services):
        services.look_at(TODAY - timedelta(days=30))
        report = services.write_report(Listing(filter=CustomerFilter.PAST_DUE))
        assert (report.path.name, report.customers) == (f"past-due-{TODAY - timedelta(days=30)}.csv", 1)
        assert history() == []
        services.look_at(TODAY)
        assert not services.is_away
