"""Faulty files: for each kind of fault the file, the line, the column and a sentence; and never a traceback."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from tests.data.test_import import NOW
from tests.support.portfolio import AUTHORIZATION, CUSTOMER, ORDER, Row, authorization, csv_text, customer, order
from viptui.data.models import Customer
from viptui.importing import FaultyFiles, Source, import_files
from viptui.importing.columns import KINDS, Kind
from viptui.rules.parsing import ParseError
from viptui.rules.policy import VipPolicy

Files = Mapping[str, str | bytes]

GOOD: Files = {"customers.csv": csv_text([customer(), customer(vip_id="B2", organization_name="Bolt")])}


def with_good(**files: str | bytes) -> Files:
    return GOOD | {f"{name}.csv": content for name, content in files.items()}


FAULTS: dict[str, tuple[Files, str]] = {
    "a date that is none": (
        {"c.csv": csv_text([customer(), customer(vip_id="B2", anniversary_date="2026-02-30")])},
        "c.csv, line 3, column anniversary_date: The calendar has no 2026-02-30",
    ),
    "a column by the name that the file gives it": (
        {"c.csv": csv_text([customer(contact_email="nobody")]).replace("contact_email", "E-Mail")},
        'c.csv, line 2, column E-Mail: Enter one e-mail address such as name@example.com. There is "nobody".',
    ),
    "an empty cell that must not be": (
        {"c.csv": csv_text([customer(organization_name=" ")])},
        "c.csv, line 2, column organization_name: Enter a value.",
    ),
    "a row of too few cells": (
        with_good(orders=csv_text([order()]) + "O2,A1\n"),
        "orders.csv, line 3: The row has 2 cells, the header 10",
    ),
    "a row of too many cells": (
        with_good(orders=csv_text([order()]).rstrip() + ",x\n"),
        "orders.csv, line 2: The row has 11 cells, the header 10",
    ),
    "a customer twice": (
        {"c.csv": csv_text([customer(), customer(vip_id="a1")])},
        'c.csv, line 3, column vip_id: "a1" is in line 2 of c.csv already',
    ),
    "a customer in two files": (
        {"c.csv": csv_text([customer()]), "d.csv": csv_text([customer()])},
        'd.csv, line 2, column vip_id: "A1" is in line 2 of c.csv already',
    ),
    "an order of nobody": (
        with_good(orders=csv_text([order(vip_id="Z9")])),
        'orders.csv, line 2, column vip_id: No customer has the VIP ID "Z9"',
    ),
    "an authorization of nobody": (
        with_good(pas=csv_text([authorization(), authorization(authorization_number="PA2", vip_id="Z9")])),
        'pas.csv, line 3, column vip_id: No customer has the VIP ID "Z9"',
    ),
    "an unknown authorization": (
        with_good(orders=csv_text([order(authorization_number="PA7")])),
        'orders.csv, line 2, column authorization_number: There is no Purchase Authorization "PA7"',
    ),
    "an authorization of another customer": (
        with_good(pas=csv_text([authorization(vip_id="B2")]), orders=csv_text([order(authorization_number="PA1")])),
        'orders.csv, line 2, column authorization_number: The Purchase Authorization "PA1" is of another customer, B2',
    ),
    "a cancelled authorization": (
        with_good(
            pas=csv_text([authorization(status="cancelled")]), orders=csv_text([order(authorization_number="PA1")])
        ),
        'orders.csv, line 2, column authorization_number: The Purchase Authorization "PA1" is cancelled',
    ),
    "rows of one authorization that disagree": (
        with_good(pas=csv_text([authorization(), authorization(created_on="2026-01-06")])),
        'pas.csv, line 3, column created_on: "2026-01-06" disagrees with "2026-01-05" in line 2 of pas.csv',
    ),
    "rows of one order that disagree": (
        with_good(orders=csv_text([order(), order(vip_id="B2")])),
        'orders.csv, line 3, column vip_id: "B2" disagrees with "A1" in line 2 of orders.csv',
    ),
    "more assigned than ordered": (
        with_good(orders=csv_text([order(quantity="3")])),
        "orders.csv, line 2, column assigned: More licences are assigned than the quantity says.",
    ),
    "more assigned than authorized": (
        with_good(pas=csv_text([authorization(assigned="6")])),
        "pas.csv, line 2, column assigned: More licences are assigned than the quantity says.",
    ),
    "a return of an unknown order": (
        with_good(orders=csv_text([order(kind="return", returned_order="O7")])),
        'orders.csv, line 2, column returned_order: There is no order "O7": import it first or in the same run',
    ),
    "a return of another customer's order": (
        with_good(
            orders=csv_text(
                [
                    order(vip_id="B2", returned_order=""),
                    order(order_number="R1", kind="return", returned_order="O1", assigned=""),
                ]
            )
        ),
        'orders.csv, line 3, column returned_order: The order "O1" is of another customer, B2.',
    ),
    "a return of a return": (
        with_good(
            orders=csv_text(
                [
                    order(kind="return", returned_order=""),
                    order(order_number="R2", kind="return", returned_order="O1"),
                ]
            )
        ),
        'orders.csv, line 3, column returned_order: The order "O1" is a return itself',
    ),
    "an order that returns one": (
        with_good(orders=csv_text([order(returned_order=""), order(order_number="O2", returned_order="O1")])),
        "orders.csv, line 3, column returned_order: Only a return names the order that it undoes",
    ),
    "an unknown status": (
        with_good(pas=csv_text([authorization(status="lost")])),
        'pas.csv, line 2, column status: Enter open, ordered or cancelled. There is "lost".',
    ),
    "more PO numbers than fit": (
        with_good(pas=csv_text([authorization(po_number=f"{number:035}") for number in range(8)])),
        "pas.csv, line 2, column po_number: The rows of this number have more PO numbers than can be kept",
    ),
    "a quote that is never closed": (
        with_good(orders=csv_text([order()]) + 'O2,"A1,initial\nO3,A1\n'),
        "orders.csv, line 3: The row has a quote that is never closed",
    ),
    "another encoding": (
        {"c.csv": csv_text([customer(city="Zürich")]).encode("cp1252", "replace")},
        "c.csv, line 2: The line is not utf-8: name the encoding of the file, for example --encoding cp1252.",
    ),
    "an empty file": (with_good(orders=b""), "orders.csv: The file is empty"),
    "no known kind": (with_good(orders="a,b\n1,2\n"), "orders.csv: The columns are of no known kind"),
    "a column that is missing": (
        {"c.csv": "vip_id,organization_name\nA1,x\n"},
        'c.csv: As a file of customers it lacks market_segment: name the column with --map. The file has "vip_id", ',
    ),
    "a column twice": (
        {"c.csv": "vip_id,VIP ID,organization_name,segment\n"},
        'c.csv: The columns "vip_id" and "VIP ID" both mean vip_id',
    ),
    "an empty folder": ({}, "holds no CSV files"),
}


def refusal(files: Files, folder: Path, monkeypatch: pytest.MonkeyPatch, **source: tuple[str, ...]) -> FaultyFiles:
    write(files, folder)
    monkeypatch.chdir(folder)
    with pytest.raises(FaultyFiles) as refused:
        import_files(Source(paths=tuple(files) or (".",), **source), policy=VipPolicy(), now=NOW, actor="mia")
    assert Customer.select().count() == 0
    return refused.value


def write(files: Files, folder: Path) -> None:
    for name, content in files.items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)


@pytest.mark.parametrize(("files", "sentence"), FAULTS.values(), ids=FAULTS)
def test_faults_say_where_and_why(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: Files, sentence: str
) -> None:
    (tmp_path / "here").mkdir()
    refused = refusal(files, tmp_path / "here", monkeypatch)
    assert sentence in refused.lines[0]
    assert refused.total == 1


def test_a_map_names_a_field_and_a_column_that_exist(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unknown = refusal(GOOD, tmp_path, monkeypatch, column_map=("city=town",))
    assert '"town" is no field; write COLUMN=FIELD with one of ' in unknown.lines[0]
    unused = refusal(GOOD, tmp_path, monkeypatch, column_map=("Ort=city",))
    assert 'No file has a column "ort" to be read as city' in unused.lines[0]


def test_a_path_that_does_not_exist_is_named(database: str, tmp_path: Path) -> None:
    with pytest.raises(FaultyFiles, match=r"gone\.csv.*No such file"):
        import_files(Source(paths=(str(tmp_path / "gone.csv"),)), policy=VipPolicy(), now=NOW, actor="mia")


def test_a_record_may_not_move_to_another_customer(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(with_good(orders=csv_text([order()])), tmp_path)
    monkeypatch.chdir(tmp_path)
    import_files(Source(paths=(".",)), policy=VipPolicy(), now=NOW, actor="mia")
    write({"orders.csv": csv_text([order(vip_id="B2")])}, tmp_path)
    with pytest.raises(FaultyFiles, match='"O1" belongs to the customer A1 in the database'):
        import_files(Source(paths=(".",)), policy=VipPolicy(), now=NOW, actor="mia")


def test_rows_that_could_not_be_read_do_not_accuse_others(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"c.csv": csv_text([customer()]) + "B2,x\n", "o.csv": csv_text([order(vip_id="B2")])}
    assert refusal(files, tmp_path, monkeypatch).total == 1


TEXTS = (
    "Acme [/foo]", "[@click=app.quit]x[/]", "\x1b]0;x\x1b\\", "\x1b[2J", "\x9b2J", "\x9dx\x9c", "\0", "\b",
    "\r", "\n", "\x7f", "\x85", "\u2028", "\u202eabc", "\u2066", "\u200b", "\u200d", "\ufeff", "\U000e0041",
    "Аdobe", "Mu\u0308ller", "a" + "\u0301" * 1000, "👨‍👩‍👧‍👦", "漢字", "\uffff", "%", "_", "\\",
    "'; DROP TABLE customer; --", "*", "=HYPERLINK(1)", "+1", "-1", "@SUM", "\t=1", "a\r\nBcc: x@y.example",
    "a@b.example, c@d.example", '"a@b"@c.example', "x" * 100_000, "x" * 140_000, "", "   ", "../../x",
    "/etc/passwd", "１２３", "1_000", "NaN", "1e999", "-0", "9" * 5000, "2026-02-29", "0001-01-01", "9999-12-31",
    '"', '""', "'", "'=1",
)  # fmt: skip

CONTENTS = (
    b"\0" * 100, b"\xff\xfe", b"\xff\xfea", b"\xef\xbb\xbf", b"\xfe\xff\xd8\x00", b'"' * 1001, b"," * 100, b"\n" * 100,
    b'vip_id\n"', b"vip_id;organization_name,market_segment\nA1\n", b"\r\r\r", b"sep=;\nvip_id;b\n",
    b"vip_id,organization_name,segment\n" + b"A1,x,COM\r" * 3, b"PK\x03\x04" + bytes(range(256)),
    ",".join(f"c{number}" for number in range(5000)).encode(),
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_no_cell_brings_the_import_down(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: Kind
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = [GOOD_ROWS[kind.name] | {field.name: text} for text in TEXTS for field in kind.fields]
    write({"b.csv": csv_text(rows)}, tmp_path)
    with pytest.raises(FaultyFiles):
        attempt("b.csv")
    write({"a.csv": csv_text([customer()]), "b.csv": csv_text(list(acceptable(kind)))}, tmp_path)
    attempt("a.csv", "b.csv")


GOOD_ROWS: Mapping[str, Row] = {"customers": CUSTOMER, "authorizations": AUTHORIZATION, "orders": ORDER}


def acceptable(kind: Kind) -> Iterator[Row]:
    """Rows with every text of the corpus in every field that takes it."""
    for number, text in enumerate(TEXTS):
        for field in kind.fields[1:]:
            if (
                field.name in ("vip_id", "authorization_number", "returned_order")
                or "\0" in text
                or len(text) > 100_000
            ):
                continue
            with suppress(ParseError):
                field.parse(text)
                yield GOOD_ROWS[kind.name] | {kind.fields[0].name: f"{number}-{field.name}", field.name: text}


def test_no_file_brings_the_import_down(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for number, content in enumerate(CONTENTS):
        write({f"{number}.csv": content}, tmp_path)
    for encoding in (None, "cp1252", "utf-7"):
        with pytest.raises(FaultyFiles) as refused:
            attempt(".", encoding=encoding)
        assert all(refused.value.lines)
        assert refused.value.total >= len(CONTENTS)


def attempt(*paths: str, encoding: str | None = None) -> None:
    """Import and take it back."""
    source = Source(paths=paths, encoding=encoding)
    import_files(source, policy=VipPolicy(), now=NOW, actor="mia", dry_run=True)
    assert Customer.select().count() == 0
