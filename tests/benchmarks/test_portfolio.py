"""Made-up portfolios: they are imported without a fault, spread as they are told to be, and the same every time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from benchmarks.portfolio import FILES, LIST, TEAM, write_portfolio
from viptui.data.database import open_database
from viptui.data.models import Authorization, Customer, OrderLine, TeamMember
from viptui.data.queries import count_filters
from viptui.importing import Source, import_files
from viptui.rules.filters import CustomerFilter
from viptui.rules.policy import VipPolicy
from viptui.workers.reevaluate import reevaluate

CUSTOMERS = 3_000
CROSSING = 60
TODAY = date(2026, 3, 20)
NOW = datetime(2026, 3, 20, 9, tzinfo=UTC)
POLICY = VipPolicy()


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("portfolio")
    write_portfolio(folder, CUSTOMERS, TODAY, crossing=CROSSING)
    return folder


@pytest.fixture(scope="module")
def imported(portfolio: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """An open database with the portfolio."""
    database = open_database(str(tmp_path_factory.mktemp("database") / "test.db"), create=True)
    take_over(portfolio)
    yield
    database.close()


def take_over(folder: Path) -> int:
    source = Source(paths=(str(folder / FILES),))
    return import_files(source, policy=POLICY, now=NOW, actor=TEAM[0]).changes.customers.added


SHARES = {
    CustomerFilter.NO_PRODUCTS: (0.13, 0.17),
    CustomerFilter.PENDING_REQUESTS: (0.08, 0.13),
    CustomerFilter.PAST_DUE: (0.08, 0.13),
    CustomerFilter.UPCOMING_RENEWALS: (0.05, 0.15),
    CustomerFilter.READY_FOR_RENEWAL: (0.05, 0.15),
    CustomerFilter.ALL: (1, 1),
}


@pytest.mark.usefixtures("imported")
@pytest.mark.parametrize(("tab", "share"), SHARES.items(), ids=str)
def test_tabs_hold_their_share(tab: CustomerFilter, share: tuple[float, float]) -> None:
    least, most = share
    assert least <= count_filters(TODAY, POLICY)[tab] / CUSTOMERS <= most


@pytest.mark.usefixtures("imported")
def test_records_belong_to_customers_of_a_whole_team() -> None:
    assert 0.4 <= Authorization.select().count() / CUSTOMERS <= 0.6
    assert 1.1 <= OrderLine.select().count() / CUSTOMERS <= 1.5
    assert {member.login for member in TeamMember.select()} == set(TEAM)
    names = [customer.organization_name for customer in Customer.select()]
    assert 0.2 <= sum(not name.isascii() for name in names) / CUSTOMERS <= 0.8


@pytest.mark.usefixtures("imported")
def test_as_many_customers_cross_a_line_as_were_wanted() -> None:
    for day in (TODAY - timedelta(days=1), TODAY):
        done = reevaluate(now=NOW, today=day, policy=POLICY, evaluator="test")
    assert sum(done.crossings.values()) == CROSSING
    assert len(done.crossings) == 6  # every kind


@pytest.mark.usefixtures("imported")
def test_portfolios_with_other_numbers_share_no_customer(tmp_path: Path) -> None:
    write_portfolio(tmp_path, 50, TODAY, seed=2, first=CUSTOMERS)
    assert take_over(tmp_path) == 50


def test_list_shows_every_customer_once(portfolio: Path) -> None:
    lines = (portfolio / LIST).read_text(encoding="utf-8").splitlines()
    assert len(lines) == CUSTOMERS + 1
    assert {line.count("\t") for line in lines} == {7}
    assert len({line.partition("\t")[0] for line in lines}) == CUSTOMERS + 1


def test_same_seed_makes_the_same_files(tmp_path: Path) -> None:
    for name in ("first", "second"):
        write_portfolio(tmp_path / name, 100, TODAY, seed=3)
    first, second = (
        {file.name: file.read_bytes() for file in (tmp_path / name / FILES).iterdir()} for name in ("first", "second")
    )
    assert first == second
    assert len(first) == 3
