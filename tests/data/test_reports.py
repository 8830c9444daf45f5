"""Customer reports: whole files for nobody else to read, never over one that is there."""

from __future__ import annotations

import csv
import os
import stat
from contextlib import closing
from datetime import UTC, date, timedelta
from pathlib import Path

import pytest

from tests.support.acting import history
from tests.support.builders import Contact, Portfolio, Requested
from tests.support.clock import TODAY
from viptui.clock import FixedDay
from viptui.customer_views import CUSTOMER_FIELDS
from viptui.data.audit import list_activity
from viptui.data.proxy import database_proxy
from viptui.errors import ReportFailed
from viptui.reports import file_name, write_report
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
        report = write_report(["a,b\n", "1,2\n"], tmp_path / "exports", "all.csv")
    finally:
        os.umask(umask)
    assert (report.path.read_text(), report.customers) == ("a,b\n1,2\n", 1)
    assert stat.S_IMODE(report.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(report.path.parent.stat().st_mode) == 0o700
    assert list(report.path.parent.iterdir()) == [report.path]


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "all.csv").write_text("precious")
    (tmp_path / "all-2.csv").symlink_to(tmp_path / "elsewhere.csv")
    assert write_report(["a\n"], tmp_path, "all.csv").path == tmp_path / "all-3.csv"
    assert (tmp_path / "all.csv").read_text() == "precious"
    assert not (tmp_path / "elsewhere.csv").exists()


def test_nothing_is_left_of_a_report_that_fails(tmp_path: Path) -> None:
    def lines() -> object:
        yield "a\n"
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError):
        write_report(lines(), tmp_path, "all.csv")  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ReportFailed, match=r"No file can be written in .*file/exports: Not a directory"):
        write_report([], tmp_path / "file" / "exports", "all.csv")


@pytest.fixture
def services(database: str, tmp_path: Path) -> Services:
    portfolio = Portfolio()
    formula = Contact(email="=cmd@x.example")
    portfolio.customer("Zinnia, Ltd", vip_id="Z", requested=[Requested(days_ago=40)])
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
        services.opened_read_only = True
        assert services.write_report(Listing()).customers == 3
        assert history() == []


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
