"""The live search: what it finds, how it is edited, and what it says when it finds nobody."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from tests.support.builders import Contact, Portfolio
from tests.support.desk import desk_on
from viptui.data.database import open_database
from viptui.data.queries import count_customers
from viptui.screens import customer_list


@pytest.fixture(scope="module")
def world_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("world") / "world.db"
    database = open_database(str(path), create=True)
    portfolio = Portfolio()
    portfolio.customer("University of Łódź", contact=Contact(name="Żaneta Ćwik"))
    portfolio.customer("Universidad Técnica", contact=Contact(email="INFO@tecnica.example"))
    portfolio.customer("Straße & Söhne", vip_id="ABCDEF0123456789ABCD")
    portfolio.customer("東京大学", contact=Contact(english="Tokyo University"))
    portfolio.customer("100 % Design_Büro")
    database.close()
    return path


@pytest.fixture
def world(world_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(world_file, tmp_path / "world.db"))


FOUND: Mapping[str, tuple[str, list[str]]] = {
    "a part of a name": ("univers", ["Universidad Técnica", "University of Łódź", "東京大学"]),
    "without accents": ("lodz", ["University of Łódź"]),
    "with accents and capitals": ("SÖHNE", ["Straße & Söhne"]),
    "another spelling of the same letters": ("strasse", ["Straße & Söhne"]),
    "an address": ("info@tec", ["Universidad Técnica"]),
    "a person": ("zaneta", ["University of Łódź"]),
    "a VIP ID": ("abcdef0123", ["Straße & Söhne"]),
    "another script": ("東京", ["東京大学"]),
    "a percent sign is itself": ("%", ["100 % Design_Büro"]),
    "an underscore is itself": ("n_buro", ["100 % Design_Büro"]),
    "brackets find nobody": ("[/]", []),
    "digits and letters that are keys elsewhere": ("100", ["100 % Design_Büro"]),
}


async def test_typing_narrows_the_list_at_once(world: Path) -> None:
    async with desk_on(world) as desk:
        await desk.press("6")
        for text, names in FOUND.values():
            await desk.press("/", "ctrl+u")
            await desk.type(text)
            assert (desk.search(), desk.names()) == (text, names)
            assert f"{len(names)} of 5" in desk.status()
            await desk.press("down")


async def test_the_search_line_is_edited_at_its_end(world: Path) -> None:
    async with desk_on(world) as desk:
        await desk.press("6", "/")
        await desk.type("university of lodzz")
        assert desk.names() == []
        await desk.press("backspace")
        assert (desk.search(), desk.names()) == ("university of lodz", ["University of Łódź"])
        await desk.press("ctrl+w")
        assert (desk.search(), desk.names()) == ("university of", ["University of Łódź"])
        await desk.press("ctrl+u", "backspace", "ctrl+w")
        assert (desk.search(), len(desk.names())) == ("", 5)
        await desk.paste("lodz\nand a second line")
        assert (desk.search(), desk.names()) == ("lodz", ["University of Łódź"])
        await desk.paste("\x1b]0;x\x07")
        assert desk.names() == []


@pytest.mark.parametrize("key", ["enter", "down"])
async def test_back_to_the_list_with_the_search_kept(world: Path, key: str) -> None:
    async with desk_on(world) as desk:
        await desk.press("6", "/", *"uni", key, "j")
        assert desk.names() == ["Universidad Técnica", "University of Łódź", "東京大学"]
        assert desk.cursor() == "University of Łódź"
        assert "(esc clears)" in desk.status()


async def test_enter_opens_the_only_customer_found(world: Path) -> None:
    async with desk_on(world) as desk:
        await desk.press("6", "/", *"lodz", "enter")
        assert "University of Łódź" in desk.title()
        await desk.press("q")
        assert (desk.search(), desk.cursor()) == ("lodz", "University of Łódź")
        await desk.press("escape")
        await desk.burst("/", *"tokyo", "enter")
        assert "東京大学" in desk.title()


async def test_enter_without_a_text_only_goes_to_the_list(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("4", "m")
        assert len(desk.names()) == 1
        await desk.press("/", "enter", "m")
        assert not desk.mine()


async def test_escape_clears_and_keeps_the_customer(world: Path) -> None:
    async with desk_on(world) as desk:
        await desk.press("6", "/", *"lodz", "escape")
        assert (desk.search(), len(desk.names()), desk.cursor()) == ("", 5, "University of Łódź")
        await desk.press("g", "/", *"tokyo", "down", "escape")
        assert (desk.search(), len(desk.names()), desk.cursor()) == ("", 5, "東京大学")
        await desk.press("escape", "k")
        assert desk.cursor() == "University of Łódź"


async def test_each_tab_has_its_own_search(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("6", "/", *"late", "down", "3")
        assert (desk.search(), len(desk.names())) == ("", 2)
        await desk.press("6")
        assert desk.names() == ["Ivy Late"]


async def test_no_hit_says_why_and_what_to_do(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("m", "/", *"zz[/]z")
        assert 'Nobody in Past Due Requests is called "zz[/]z".' in desk.empty_text()
        assert "Esc clears the search, 6 searches all customers, m includes everybody's." in desk.empty_text()
        await desk.press("escape", "4", "m", "6", "/", *"qq")
        assert 'Nobody in All Customers is called "qq".' in desk.empty_text()
        assert desk.empty_text().endswith("Esc clears the search.")
        await desk.press("enter", "enter", "j", "G", "R")
        assert desk.names() == []


async def test_keys_of_the_list_are_text_in_the_search_and_not_offered_there(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("/", *"mspRq6?-")
        assert desk.search() == "mspRq6?-"
        assert "mine" not in desk.footer()
        assert "to the list" in desk.footer()


@pytest.fixture
def crowd(tmp_path: Path) -> Path:
    """More customers of one kind than two screens hold."""
    path = tmp_path / "crowd.db"
    with closing(open_database(str(path), create=True)):
        portfolio = Portfolio()
        for number in range(300):
            portfolio.customer(f"Customer {number:03}")
    return path


async def test_the_first_page_stands_before_the_hits_are_counted(crowd: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = Event()

    def count_slowly(*question: Any) -> int:
        counted.wait()
        return count_customers(*question)

    monkeypatch.setattr(customer_list, "count_customers", count_slowly)
    async with desk_on(crowd) as desk:
        try:
            await desk.press("6", "/")
            await desk.strike("c", "enter")
            await desk.until(lambda: desk.search() == "c" and "1 / … of 300" in desk.status())
            assert desk.names()[0] == "Customer 000"
            await desk.strike("pagedown", "pagedown", "pagedown")
            await desk.until(lambda: (desk.cursor() or "") > "Customer 060")
            await desk.strike("G")
        finally:
            counted.set()
        await desk.until(lambda: desk.cursor() == "Customer 299")
        assert "300 / 300 of 300" in desk.status()


async def test_typing_on_drops_a_count_that_has_not_begun(crowd: Path) -> None:
    async with desk_on(crowd) as desk:
        await desk.press("6", "/")
        await desk.hurry(*"customer 12")
        assert "1 / 10 of 300" in desk.status()
