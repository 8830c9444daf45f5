"""Importing on both engines: what is stored, what a second import changes, that nothing is stored by halves."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from functools import partial
from multiprocessing import Pipe
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
import pytest
from peewee import Database

from tests.support.portfolio import Row, authorization, customer, order, write_portfolio
from tests.support.records import add_customer
from viptui.data.database import is_postgres, open_database, write_transaction
from viptui.data.facts import recomputed_facts
from viptui.data.models import AuditEntry, Authorization, Customer, Order, OrderLine, Product, TeamMember
from viptui.data.queries import count_customers, list_customers
from viptui.data.sql import execute
from viptui.errors import ImportRejected, StorageUnavailable
from viptui.importing import Changes, Counts, FaultyFiles, Progress, Source, import_files, search_apart
from viptui.importing.bulk import straight_into_the_file
from viptui.rules.facts import CustomerFacts
from viptui.rules.listing import Listing
from viptui.rules.policy import AnniversaryBase, VipPolicy

NOW = datetime(2026, 3, 20, 9, tzinfo=UTC)

PORTFOLIO: dict[str, list[Row]] = {
    "customers": [customer(), customer(vip_id="B2", organization_name="Bolt", anniversary_date="", managed_by="")],
    "authorizations": [
        authorization(),
        authorization(product="Illustrator for Teams", sku="65304475CA01A12", quantity="2"),
        authorization(authorization_number="PA2", vip_id="B2", created_on="2026-02-28", status="cancelled"),
    ],
    "orders": [order(), order(sku="65304475CA01A12", product="Illustrator for Teams", quantity="3", assigned="0")],
}


def run(folder: Path, *, policy: VipPolicy | None = None, dry_run: bool = False, **rows: list[Row]) -> Changes:
    path = write_portfolio(folder, **rows)
    source = Source(paths=(path,))
    policy = policy or VipPolicy()
    return import_files(source, policy=policy, now=NOW, actor="mia.member", dry_run=dry_run).changes


def find(vip_id: str) -> Any:
    return Customer.get(Customer.vip_id == vip_id)


def stored_facts() -> dict[int, CustomerFacts]:
    names = CustomerFacts._fields
    return {each.id: CustomerFacts(**{name: getattr(each, name) for name in names}) for each in Customer.select()}


def counted(changes: Changes) -> tuple[Counts, Counts, Counts]:
    return changes.customers, changes.authorizations, changes.orders


def counts(added: int = 0, changed: int = 0, unchanged: int = 0) -> Counts:
    return Counts(added=added, changed=changed, unchanged=unchanged)


def test_everything_is_stored(database: str, tmp_path: Path) -> None:
    changes = run(tmp_path, **PORTFOLIO)
    assert counted(changes) == (counts(2), counts(2), counts(1))
    assert (changes.products_added, changes.team_members_added) == (2, 1)
    stored = find("A1")
    assert stored.organization_name == "Łódź Widgets"
    assert (stored.offering_type, stored.market_segment) == ("Team", "Commercial")
    assert (stored.sort_name, stored.vip_key) == ("lodz widgets", "a1")
    assert stored.search_text.splitlines() == [
        "lodz widgets", "lodz widgets", "ada nowak", "ada@widgets.example", "a1", "lodz"
    ]  # fmt: skip
    assert (stored.invited_on, stored.accepted_on) == (date(2025, 12, 1), date(2025, 12, 3))
    assert (stored.anniversary_on, stored.anniversary_given, stored.version) == (date(2027, 1, 10), True, 1)
    assert stored.managed_by.login == "mia.member"
    assert find("B2").managed_by is None
    lines = sorted((line.product.sku, line.quantity, line.assigned) for line in OrderLine.select())
    assert lines == [("65304472CA01A12", 10, 4), ("65304475CA01A12", 3, 0)]
    assert [line.quantity for line in Authorization.get(number="PA1").lines] == [5, 2]


def test_facts_are_those_of_the_rows(database: str, tmp_path: Path) -> None:
    run(tmp_path, **PORTFOLIO)
    ids = [each.id for each in Customer.select()]
    assert stored_facts() == recomputed_facts(ids)
    assert find("A1").open_licences == 7
    run(tmp_path, authorizations=[authorization(status="cancelled")], orders=[order(kind="renewal", quantity="6")])
    assert stored_facts() == recomputed_facts(ids)
    assert find("A1").open_licences == 0


def test_a_second_import_changes_nothing(database: str, tmp_path: Path) -> None:
    run(tmp_path, **PORTFOLIO)
    changes = run(tmp_path, **PORTFOLIO)
    assert counted(changes) == (counts(unchanged=2), counts(unchanged=2), counts(unchanged=1))
    assert not changes
    assert [find(each).version for each in ("A1", "B2")] == [1, 1]
    assert AuditEntry.select().count() == 1


def test_what_changed_is_updated_and_nothing_else(database: str, tmp_path: Path) -> None:
    run(tmp_path, **PORTFOLIO)
    changed = customer(city="Gdańsk", managed_by="Noa.New", accepted_on="")
    changes = run(
        tmp_path,
        customers=[changed, customer(vip_id="b2", organization_name="Bolt", anniversary_date="", managed_by="")],
        authorizations=[authorization(po_number="PO-9"), *PORTFOLIO["authorizations"][1:]],
        orders=[order(quantity="12"), PORTFOLIO["orders"][1]],
    )
    # B2's VIP ID is the same in another case; PA1 now has the PO numbers of both of its lines
    assert counted(changes) == (counts(changed=2), counts(changed=1, unchanged=1), counts(changed=1))
    assert changes.team_members_added == 1
    stored = find("A1")
    assert (stored.city, stored.managed_by.login, stored.accepted_on, stored.version) == ("Gdańsk", "Noa.New", None, 2)
    assert stored.search_text.endswith("\na1\ngdansk")
    assert (Authorization.get(number="PA1").po_number, Authorization.get(number="PA1").version) == ("PO-9, PO-1", 2)
    assert sorted(line.quantity for line in OrderLine.select()) == [3, 12]


def test_records_that_no_file_has_are_left_alone(database: str, tmp_path: Path) -> None:
    run(tmp_path / "first", **PORTFOLIO)
    run(tmp_path / "second", customers=[customer(vip_id="C3")])
    assert (Customer.select().count(), Authorization.select().count(), Order.select().count()) == (3, 2, 1)


def test_columns_that_a_file_lacks_are_left_alone(database: str, tmp_path: Path) -> None:
    run(tmp_path / "first", **PORTFOLIO)
    short = {name: customer()[name] for name in ("vip_id", "market_segment")} | {"organization_name": "Renamed"}
    lines = [{name: row[name] for name in row if name not in ("assigned", "po_number")} for row in PORTFOLIO["orders"]]
    changes = run(tmp_path / "second", customers=[short], orders=lines)
    assert counted(changes) == (counts(changed=1), counts(), counts(unchanged=1))
    stored = find("A1")
    assert (stored.city, stored.managed_by.login, stored.anniversary_on) == ("Łódź", "mia.member", date(2027, 1, 10))
    assert stored.search_text.splitlines()[0] == "renamed"
    assert stored.search_text.endswith("lodz")


def test_one_fault_in_the_last_line_leaves_nothing(database: str, tmp_path: Path) -> None:
    faulty = [*PORTFOLIO["orders"], order(order_number="O2", quantity="none")]
    with pytest.raises(ImportRejected):
        run(tmp_path, **PORTFOLIO | {"orders": faulty})
    assert [table.select().count() for table in (Customer, Authorization, Order, Product, TeamMember)] == [0] * 5


def test_a_dry_run_says_the_same_and_leaves_nothing(database: str, tmp_path: Path) -> None:
    announced = run(tmp_path, **PORTFOLIO, dry_run=True)
    assert [table.select().count() for table in (Customer, Product, TeamMember, AuditEntry)] == [0] * 4
    assert announced == run(tmp_path, **PORTFOLIO)


def test_an_import_is_recorded(database: str, tmp_path: Path) -> None:
    source = Source(paths=(write_portfolio(tmp_path, **PORTFOLIO),))
    import_files(source, policy=VipPolicy(), now=NOW, actor="mia.member", origin="cli from 192.0.2.1")
    (entry,) = AuditEntry.select()
    assert (entry.at, entry.actor, entry.action) == (NOW, "mia.member", "import")
    assert entry.origin == "cli from 192.0.2.1"
    assert '"customers": {"added": 2' in entry.after


NAMING: list[Row] = [order(authorization_number="pa1")]


def test_an_authorization_that_an_order_names_is_ordered(database: str, tmp_path: Path) -> None:
    rows = PORTFOLIO | {"orders": NAMING}
    run(tmp_path, **rows)
    stored = Authorization.get(number="PA1")
    assert (stored.status, stored.order.number, stored.version) == ("ordered", "O1", 1)
    assert not run(tmp_path, **rows)
    assert find("A1").open_licences == 0


def test_so_is_one_that_the_database_has_already(database: str, tmp_path: Path) -> None:
    run(tmp_path / "first", customers=PORTFOLIO["customers"], authorizations=PORTFOLIO["authorizations"])
    changes = run(tmp_path / "second", orders=NAMING)
    assert counted(changes) == (counts(), counts(changed=1), counts(added=1))
    assert (Authorization.get(number="PA1").status, find("A1").open_licences) == ("ordered", 0)


def test_its_old_file_does_not_open_it_again(database: str, tmp_path: Path) -> None:
    run(tmp_path / "first", **PORTFOLIO | {"orders": NAMING})
    assert not run(tmp_path / "second", authorizations=PORTFOLIO["authorizations"])
    assert Authorization.get(number="PA1").status == "ordered"


def test_a_blank_anniversary_follows_from_the_first_purchase(database: str, tmp_path: Path) -> None:
    rows = PORTFOLIO | {"customers": [customer(anniversary_date=""), PORTFOLIO["customers"][1]]}
    assert run(tmp_path, **rows).anniversaries_set == 1
    stored = find("A1")
    assert (stored.anniversary_on, stored.anniversary_given) == (date(2027, 1, 5), False)
    assert find("B2").anniversary_on is None  # a cancelled authorization sets nothing
    assert stored_facts()[stored.id].renewal_due_on == date(2027, 1, 5)
    assert not run(tmp_path, **rows)


def test_the_policy_says_what_the_first_purchase_is(database: str, tmp_path: Path) -> None:
    rows = PORTFOLIO | {"customers": [customer(anniversary_date="", term_months="24"), PORTFOLIO["customers"][1]]}
    run(tmp_path, **rows, policy=VipPolicy(anniversary_base=AnniversaryBase.ORDER))
    assert find("A1").anniversary_on == date(2028, 1, 20)


def test_a_blank_anniversary_leaves_a_stored_one_alone(database: str, tmp_path: Path) -> None:
    run(tmp_path, **PORTFOLIO)
    assert not run(tmp_path, customers=[customer(anniversary_date="")])
    assert find("A1").anniversary_on == date(2027, 1, 10)


def test_another_anniversary_that_is_given_is_stored(database: str, tmp_path: Path) -> None:
    run(tmp_path, **PORTFOLIO)
    assert run(tmp_path, customers=[customer(anniversary_date="2027-02-01")]).customers == counts(changed=1)
    assert find("A1").anniversary_on == date(2027, 2, 1)
    assert stored_facts() == recomputed_facts([each.id for each in Customer.select()])


def test_the_rows_of_a_record_need_not_stand_together(database: str, tmp_path: Path) -> None:
    first, second, other = PORTFOLIO["authorizations"]
    run(tmp_path, customers=PORTFOLIO["customers"], authorizations=[first, other, second])
    assert sorted(line.quantity for line in Authorization.get(number="PA1").lines) == [2, 5]


def test_the_rows_of_a_record_may_stand_in_two_files(database: str, tmp_path: Path) -> None:
    first, second, _ = PORTFOLIO["authorizations"]
    paths = (
        write_portfolio(tmp_path / "a", customers=[customer()], authorizations=[first]),
        write_portfolio(tmp_path / "b", authorizations=[second]),
    )
    import_files(Source(paths=paths), policy=VipPolicy(), now=NOW, actor="mia.member")
    assert sorted(line.quantity for line in Authorization.get(number="PA1").lines) == [2, 5]


def test_the_first_name_of_a_product_counts(database: str, tmp_path: Path) -> None:
    run(tmp_path, customers=[customer()], orders=[order(), order(order_number="O2", product="Photoshop, renamed")])
    assert [product.name for product in Product.select()] == ["Photoshop for Teams"]


def test_misread_windows_characters_are_put_right(database: str, tmp_path: Path) -> None:
    path = write_portfolio(tmp_path, customers=[customer(organization_name="Academy \x93Ludwik\x94")])
    result = import_files(Source(paths=(path,)), policy=VipPolicy(), now=NOW, actor="mia.member")
    assert find("A1").organization_name == "Academy “Ludwik”"
    assert [cells for _, cells in result.repaired] == [1]


NAMES_WITH_MARKS = {
    "an escape sequence": ("Foo \x1b[2J Ltd", "Foo \u241b[2J Ltd"),
    "a title change": ("\x1b]0;x\x07Acme", "\u241b]0;x\u2407Acme"),
    "a direction override": ("Acme \u202egnp", "Acme \ufffdgnp"),
    "a line break": ("Acme\nLtd", "Acme\u240aLtd"),
}


@pytest.mark.parametrize(("given", "stored"), NAMES_WITH_MARKS.values(), ids=NAMES_WITH_MARKS)
def test_what_cannot_be_shown_in_a_name_is_marked(database: str, tmp_path: Path, given: str, stored: str) -> None:
    path = write_portfolio(tmp_path, customers=[customer(organization_name=given)])
    result = import_files(Source(paths=(path,)), policy=VipPolicy(), now=NOW, actor="mia.member")
    assert find("A1").organization_name == stored
    assert [cells for _, cells in result.repaired] == [1]


def test_a_refusal_shows_twenty_faults_and_counts_the_others(database: str, tmp_path: Path) -> None:
    customers = [customer(vip_id=f"A{number}", term_months="99", country="x" * 101) for number in range(15)]
    orders = [order(order_number=f"O{number}", vip_id="nobody") for number in range(30)]
    with pytest.raises(FaultyFiles) as refused:
        run(tmp_path, customers=customers, orders=orders)
    assert refused.value.total == 60
    assert [fault.line for fault in refused.value.faults] == [line for line in range(2, 12) for _ in range(2)]
    assert refused.value.lines[-1] == "and 40 more"


def indexes() -> set[str]:
    return {index.name for index in Customer._meta.database.get_indexes("customer")}


def test_a_first_import_leaves_all_indexes_in_place(database: str, tmp_path: Path) -> None:
    before = indexes()
    run(tmp_path, **PORTFOLIO, dry_run=True)
    assert indexes() == before
    run(tmp_path, **PORTFOLIO)
    assert indexes() == before
    assert len(before) > 10


@pytest.mark.parametrize("times", [1, 2])
def test_the_search_finds_what_was_imported(database: str, tmp_path: Path, times: int) -> None:
    for vip_id in ("A1", "A2")[:times]:
        run(tmp_path, customers=[customer(vip_id=vip_id, organization_name=f"Widgets {vip_id}")])
    add_customer("Gadgets")
    for text, number in (("widg", times), ("gadg", 1), ("a2", times - 1)):
        found = list_customers(Listing(search=text), NOW.date(), VipPolicy(), limit=5)
        assert len(found) == count_customers(Listing(search=text), NOW.date(), VipPolicy()) == number
    if not is_postgres(database):
        with write_transaction():
            execute("INSERT INTO customer_search (customer_search, rank) VALUES ('integrity-check', 1)")


def _disk_is_full(_: Path) -> None:
    raise sqlite3.OperationalError("database or disk is full")


APART = {
    "taken over": ("MANY", 1),
    "made here, as the other process fails": ("_give_texts", lambda file: file.write_bytes(b"no database")),
    "made here, as there is no room for the texts": ("_give_texts", _disk_is_full),
    "made here, as there is no place for a file": ("TemporaryDirectory", partial(TemporaryDirectory, dir="/dev/null")),
}


@pytest.mark.parametrize(("name", "replacement"), APART.values(), ids=APART)
def test_the_search_index_of_many_customers_is_made_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, replacement: object
) -> None:
    monkeypatch.setattr(search_apart, "MANY", 1)
    monkeypatch.setattr(search_apart, name, replacement)
    with closing(open_database(str(tmp_path / "own.db"), create=True)):
        run(tmp_path, customers=[customer(vip_id=f"A{each}", organization_name=f"Widgets {each}") for each in range(9)])
        assert count_customers(Listing(search="widg"), NOW.date(), VipPolicy()) == 9
        with write_transaction():
            execute("INSERT INTO customer_search (customer_search, rank) VALUES ('integrity-check', 1)")


def test_a_process_that_cannot_make_the_index_says_so_quietly(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "search.db").write_bytes(b"no database")
    with search_apart._maker(str(tmp_path)) as maker:
        maker.send(None)
        assert maker.recv() is False
    assert capfd.readouterr() == ("", "")


def test_a_process_that_makes_the_index_for_nobody_stops_in_the_middle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_apart, "STEPS_BETWEEN_LOOKS", 1)
    ours, theirs = Pipe()
    with closing(open_database(str(tmp_path / "own.db"), create=True)), closing(ours), closing(theirs):
        run(tmp_path, customers=[customer(vip_id=f"A{each}") for each in range(9)])
        file = tmp_path / "search.db"
        search_apart._give_texts(file)
        assert search_apart._is_made(file, theirs)
        ours.close()
        assert not search_apart._is_made(file, theirs)


def test_a_server_that_goes_is_told_in_a_sentence(new_postgres_database: str, tmp_path: Path) -> None:
    path = write_portfolio(tmp_path, **PORTFOLIO)

    def end_session(progress: Progress) -> None:
        if progress.step == "storing orders":
            with psycopg.connect(new_postgres_database, autocommit=True) as other:
                other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")

    with (
        closing(open_database(new_postgres_database, create=True)),
        pytest.raises(StorageUnavailable, match=r"^Nothing"),
    ):
        import_files(Source(paths=(path,)), policy=VipPolicy(), now=NOW, actor="mia", report=end_session)


def test_a_file_that_cannot_be_tidied_up_does_not_hide_what_went_wrong(tmp_path: Path) -> None:
    def lose(file: Database) -> None:
        with straight_into_the_file():
            file.connection().close()
            raise ZeroDivisionError

    with closing(open_database(str(tmp_path / "own.db"), create=True)) as database, pytest.raises(ZeroDivisionError):
        lose(database)
