"""Databases for the interface's tests: made once, copied for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.builders import Portfolio, crowd, one_of_each
from tests.support.clock import FixedClock
from viptui.data.database import open_database


@pytest.fixture
def clock() -> FixedClock:
    """The clock that the interface of a test goes by."""
    return FixedClock()


@pytest.fixture(scope="session")
def small_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("small") / "small.db"
    database = open_database(str(path), create=True)
    one_of_each(Portfolio())
    database.close()
    return path


@pytest.fixture(scope="session")
def crowd_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("crowd") / "crowd.db"
    database = open_database(str(path), create=True)
    crowd(Portfolio(), 1500)
    database.close()
    return path


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    open_database(str(path), create=True).close()
    return path


@pytest.fixture
def small(small_file: Path, tmp_path: Path) -> Path:
    """A database with a customer of each state (see `one_of_each`)."""
    return Path(shutil.copy(small_file, tmp_path / "small.db"))


@pytest.fixture
def many(crowd_file: Path, tmp_path: Path) -> Path:
    """A database with 1,500 customers."""
    return Path(shutil.copy(crowd_file, tmp_path / "many.db"))


@pytest.fixture
def empty(empty_file: Path, tmp_path: Path) -> Path:
    """A database without customers."""
    return Path(shutil.copy(empty_file, tmp_path / "empty.db"))
