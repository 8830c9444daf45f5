"""Opening a database: what is made, what is refused."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import peewee
import psycopg
import pytest

import viptui
from viptui.data.database import (
    DataThread,
    create_database,
    open_database,
    write_transaction,
)
from viptui.data.models import Reseller, TeamMember
from viptui.data.proxy import database_proxy
from viptui.data.sqlite import APPLICATION_ID
from viptui.errors import StorageUnavailable

ROOT = Path(viptui.__file__).parents[1]


@pytest.fixture
def umask_000() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "test.db"


@pytest.fixture
def made(path: Path) -> Path:
    """A closed SQLite database of viptui's with something in it."""
    open_database(str(path), create=True)
    Reseller.insert_many([{"name": f"reseller {number}"} for number in range(5000)]).execute()
    database_proxy.close()
    return path


def refusal(target: str | Path, **options: bool) -> str:
    """The one sentence with which a database is refused, whose files stay as they were."""
    place = Path(target)
    before = _content(place)
    with pytest.raises(StorageUnavailable) as refused:
        open_database(str(target), **options)
    assert _content(place) == before
    sentence = str(refused.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def _bytes(seed: int, number: int) -> bytes:
    return Random(seed).randbytes(number)


def _content(place: Path) -> bytes | None:
    try:
        return place.read_bytes() if place.is_file() else None
    except OSError:
        return None


# What is made


def test_new_database_holds_nothing(database: str) -> None:
    assert TeamMember.select().count() == 0


def test_opening_again_keeps_what_is_there(database: str) -> None:
    Reseller.create(name="Ours")
    database_proxy.close()
    create_database(database)
    opened = open_database(database)
    assert [each.name for each in Reseller.select()] == ["Ours"]
    opened.close()


def test_new_files_are_private_whatever_the_umask(umask_000: None, path: Path) -> None:
    opened = open_database(str(path), create=True)
    Reseller.create(name="Ours")
    modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()}
    opened.close()
    assert modes == dict.fromkeys(("test.db", "test.db-wal", "test.db-shm"), 0o600)


def test_folders_are_made_private(umask_000: None, tmp_path: Path) -> None:
    create_database(str(tmp_path / "viptui" / "test.db"))
    assert stat.S_IMODE((tmp_path / "viptui").stat().st_mode) == 0o700


def test_failed_creation_leaves_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_database: Any) -> None:
        raise peewee.OperationalError("database or disk is full")

    monkeypatch.setattr("viptui.data.sqlite.run", fail)
    assert "disk is full" in refusal(path, create=True)
    assert list(path.parent.iterdir()) == []


@pytest.mark.parametrize("name", ["a b%?#.db", "[1].db", "Zürich 漢字.db", "-x.db"])
def test_any_file_name_will_do(tmp_path: Path, name: str) -> None:
    create_database(str(tmp_path / name))
    assert [each.name for each in tmp_path.iterdir()] == [name]
    open_database(str(tmp_path / name)).close()


def test_relative_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    create_database("test.db")
    assert (tmp_path / "test.db").is_file()


def test_new_file_carries_the_application_id(made: Path) -> None:
    assert int.from_bytes(made.read_bytes()[68:72], "big") == APPLICATION_ID


# What is refused: files


def test_url_of_something_else_is_refused_without_its_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for create in (False, True):
        told = refusal("mysql://ana:secret@host/viptui", create=create)
        assert "postgresql://user:password@host/database" in told
        assert "secret" not in told
    assert list(tmp_path.iterdir()) == []


def test_missing_file_is_not_made_unasked(path: Path) -> None:
    assert "There is no database at" in refusal(path)
    assert list(path.parent.iterdir()) == []


@pytest.mark.parametrize("create", [False, True])
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"vip_id,name\n1,Acme\n", "not a viptui database"),
        (b"SQLite format 3\0", "not a viptui database"),
        (b"SQLite format 3\0" + bytes(84), "of another program"),
    ],
    ids=["empty", "text", "first bytes only", "header of zeros"],
)
def test_other_file_is_refused_and_not_overwritten(path: Path, content: bytes, words: str, create: bool) -> None:
    path.write_bytes(content)
    assert words in refusal(path, create=create)


def test_database_of_another_program_is_refused(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE customer (id)")
    other.close()
    assert "another program" in refusal(path, create=True)
    assert [each.name for each in path.parent.iterdir()] == ["test.db"]


@pytest.mark.parametrize("kept", [100, 512, 4096, 5000, 0.5, 0.99])
def test_truncated_file_is_refused(made: Path, kept: float) -> None:
    content = made.read_bytes()
    made.write_bytes(content[: int(kept if kept > 1 else len(content) * kept)])
    refusal(made)


@pytest.mark.parametrize("ending", ["-wal", "-journal"])
def test_size_is_open_while_a_log_or_a_journal_waits(made: Path, ending: str) -> None:
    short = made.read_bytes()[:-1]
    made.write_bytes(short)
    beside = made.with_name(made.name + ending)
    beside.touch()
    assert "its end is missing" in refusal(made)
    beside.write_bytes(b"nothing that SQLite takes for its own")
    open_database(str(made)).close()


@pytest.mark.parametrize("ending", ["-wal", "-journal"])
def test_no_database_is_made_beside_what_is_left_of_another(path: Path, ending: str) -> None:
    left = path.with_name(path.name + ending)
    left.write_bytes(b"left")
    assert "remove that file too" in refusal(path, create=True)
    left.write_bytes(b"")
    open_database(str(path), create=True).close()


@pytest.mark.parametrize("seed", range(10))
def test_random_bytes_after_the_header_are_refused(made: Path, seed: int) -> None:
    made.write_bytes(made.read_bytes()[:100] + _bytes(seed, 100_000))
    refusal(made)


def test_any_damaged_byte_of_the_header_is_survived(made: Path) -> None:
    content = made.read_bytes()
    refused = []
    for position in range(100):
        damaged = bytearray(content)
        damaged[position] ^= 0xFF
        made.write_bytes(damaged)
        try:
            open_database(str(made)).close()
        except StorageUnavailable:
            refused.append(position)
            assert made.read_bytes() == damaged
    assert set(range(16)) <= set(refused)  # the words "SQLite format 3"
    assert set(range(68, 72)) <= set(refused)  # the application id


def test_folder_is_refused(tmp_path: Path) -> None:
    assert "is not a file" in refusal(tmp_path, create=True)


def test_pipe_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "is not a file" in refusal(tmp_path / "pipe")


@pytest.mark.parametrize("name", ["x" * 300, "file/test.db", "dangling"])
def test_impossible_path_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    refusal(tmp_path / name)
    refusal(tmp_path / name, create=True)


def test_null_in_a_path_is_refused() -> None:
    with pytest.raises(StorageUnavailable):
        open_database("a\0b", create=True)


@pytest.mark.parametrize("unreadable", ["file", "folder"])
def test_unreadable_path_is_refused(made: Path, unreadable: str) -> None:
    locked = made if unreadable == "file" else made.parent
    made.parent.chmod(0o755)
    locked.chmod(0)
    try:
        done = _as_nobody(_OPEN, str(made))
    finally:
        locked.chmod(0o700)
    assert (done.stdout, done.stderr) == (f"{made} cannot be read: Permission denied.\n", "")


_OPEN = """
import sys
from viptui.data.database import open_database
from viptui.errors import StorageUnavailable
drop_rights()
try:
    open_database(sys.argv[1])
except StorageUnavailable as error:
    print(error)
"""


def _as_nobody(script: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a script without the rights of root, which may read everything; it drops them once all is imported."""
    imports = "import os, peewee, viptui.data.sqlite, viptui.data.failures, viptui.data.migrations\n"
    drop = (
        "def drop_rights():\n    if os.geteuid() == 0:\n        os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
    )
    command = [sys.executable, "-c", imports + drop + script, *words]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=60)


# What is refused: on both engines


def test_database_of_a_newer_version_is_refused(database: str) -> None:
    database_proxy.execute_sql("INSERT INTO schema_migration (name, applied) VALUES ('9999_x', '2030-01-01')")
    database_proxy.close()
    assert "newer viptui" in refusal(database)
    assert "newer viptui" in refusal(database, create=True)


def test_database_without_tables_is_filled_only_when_asked(target: str) -> None:
    refusal(target)
    create_database(target)
    open_database(target).close()


def test_read_only_refuses_writes_on_every_connection(database: str) -> None:
    Reseller.create(name="Ours")
    database_proxy.close()
    opened = open_database(database, read_only=True)
    for _ in range(2):
        with pytest.raises(StorageUnavailable, match="Nothing was written"), write_transaction():
            Reseller.create(name="Theirs")
        with pytest.raises((peewee.OperationalError, peewee.InternalError)):
            Reseller.create(name="Theirs")
        assert [each.name for each in Reseller.select()] == ["Ours"]
        opened.close()  # and the next connection is as read-only as the first
        opened.connect()
    opened.close()


async def test_read_only_refuses_writes_on_other_threads(database: str) -> None:
    database_proxy.close()
    opened = open_database(database, read_only=True)
    thread = DataThread(opened, "test")
    with pytest.raises(StorageUnavailable):
        await thread.run(Reseller.create, name="Theirs")
    assert await thread.run(Reseller.select().count) == 0
    thread.close()
    opened.close()


def test_read_only_makes_no_tables(new_postgres_database: str) -> None:
    refusal(new_postgres_database, read_only=True)
    with psycopg.connect(new_postgres_database) as connection:
        assert connection.execute("SELECT COUNT(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)


# What is refused: PostgreSQL


def test_foreign_tables_are_refused(new_postgres_database: str) -> None:
    with psycopg.connect(new_postgres_database) as connection:
        connection.execute("CREATE TABLE invoice (id INTEGER)")
    assert "tables of another program" in refusal(new_postgres_database, create=True)


WRONG_URLS = {
    "nobody answers": ("postgresql://anna:s3cr3t@127.0.0.1:1/vip", "127.0.0.1"),
    "no such host": ("postgresql://anna:s3cr3t@nowhere.invalid/vip", "nowhere.invalid"),
    "unknown parameter": ("postgresql://anna@localhost/vip?passwort=s3cr3t", "cannot be read"),
    "port is no number": ("postgresql://anna:s3cr3t@localhost:s3cr3t/vip", "cannot be read"),
    "slash in the password": ("postgresql://anna:1/s3cr3t@localhost/vip", "cannot be read"),
    "slash and word in the password": ("postgresql://anna:s3cr3t/1@localhost/vip", "cannot be read"),
    "at in the password": ("postgresql://anna:1@s3cr3t@localhost/vip", "cannot be read"),
    "question mark and slash": ("postgresql://anna:1/?s3cr3t@localhost/vip", "cannot be read"),
    "bad escape": ("postgresql://anna:%zzs3cr3t@localhost/vip", "cannot be read"),
}


@pytest.mark.parametrize(("url", "words"), WRONG_URLS.values(), ids=WRONG_URLS)
def test_wrong_url_is_refused_without_its_password(url: str, words: str) -> None:
    sentence = refusal(url)
    assert words in sentence
    assert "s3cr3t" not in sentence


def test_wrong_user_and_wrong_database_are_refused(postgres: str) -> None:
    server = psycopg.conninfo.conninfo_to_dict(postgres)
    host = f"?host={server['host']}&port={server.get('port', 5432)}"
    assert '"nobody_here" does not exist' in refusal(f"postgresql://nobody_here:s3cr3t@/vip{host}")
    assert '"no_such_database" does not exist' in refusal(f"postgresql://{server['user']}@/no_such_database{host}")
