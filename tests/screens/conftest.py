"""Databases for the interface's tests: made once, copied for each test."""

from __future__ import annotations

import shutil
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from tests.support.builders import Portfolio, crowd, one_of_each
from tests.support.clock import FixedClock
from viptui.data.database import open_database
from viptui.data.models import Product


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
def shop(small: Path) -> Path:
    """The same, and products to choose from."""
    with closing(open_database(str(small))):
        for number, name in enumerate(("InCopy", "InDesign", "Illustrator", "Photoshop"), start=1):
            Product.create(
                sku=f"6529{number}BC01",
                sku_key=f"6529{number}bc01",
                name=name,
                unit_price=Decimal("23.50"),
                currency="EUR",
            )
        name = "Creative Cloud for enterprise"
        Product.create(sku="65304ENT", sku_key="65304ent", name=name, pa_allowed=False)
    return small


@pytest.fixture
def many(crowd_file: Path, tmp_path: Path) -> Path:
    """A database with 1,500 customers."""
    return Path(shutil.copy(crowd_file, tmp_path / "many.db"))


@pytest.fixture
def empty(empty_file: Path, tmp_path: Path) -> Path:
    """A database without customers."""
    return Path(shutil.copy(empty_file, tmp_path / "empty.db"))
