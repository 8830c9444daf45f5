"""Garbage is looked for between keys, not while one is answered."""

from __future__ import annotations

import asyncio
import gc

import pytest

from viptui.garbage import MOST_OBJECTS, GarbageCollector


async def test_it_is_looked_for_once_no_other_key_follows(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    monkeypatch.setattr("viptui.garbage.PAUSE", 0.1)
    monkeypatch.setattr("viptui.garbage.REST", 0.3)
    monkeypatch.setattr(gc, "collect", lambda *young: looked.append("at what is new" if young else "at all"))
    collector = GarbageCollector()
    for _ in range(3):
        collector.put_off()
    assert not looked
    async with asyncio.timeout(20):
        while "at all" not in looked:
            await asyncio.sleep(0.01)
    await asyncio.sleep(0.4)
    assert looked == ["at what is new", "at all"]


def test_python_looks_by_itself_less_often_and_not_at_what_the_start_has_made() -> None:
    before, was_on = gc.get_threshold(), gc.isenabled()
    try:
        gc.disable()
        GarbageCollector().begin()
        assert gc.isenabled()
        assert gc.get_threshold()[0] == MOST_OBJECTS
        assert gc.get_freeze_count() > 0
    finally:
        gc.set_threshold(*before)
        if not was_on:
            gc.disable()
