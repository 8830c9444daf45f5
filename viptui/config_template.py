"""The settings file that says everything in comments: what is there to set, and what holds by itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from textwrap import wrap
from typing import Any, Final

from viptui.config_table import SETTINGS, TABLES, Setting

WIDTH: Final = 100


def template() -> str:
    """The file; as it stands it changes nothing."""
    return "\n".join(_lines()) + "\n"


def toml_value(value: Any) -> str:
    """A value as TOML writes it: the same as JSON for texts, whole numbers, truths and lists of them."""
    return json.dumps(value, ensure_ascii=False)


def _lines() -> Iterator[str]:
    yield from _comment("Settings of viptui. As it stands this file changes nothing: take the # away before a line.")
    yield from _comment("'viptui config show' says what holds, and who says so.")
    written = [each for each in SETTINGS if each.in_file]
    for table, settings in groupby(written, key=lambda each: each.table):
        if table:
            yield from _head(table)
        for each in settings:
            yield from _setting(each)
    yield from _head("keys")
    yield ""
    yield '#"list.search" = "slash,ctrl+f"'


def _head(table: str) -> Iterator[str]:
    yield ""
    yield f"[{table}]"
    yield from _comment(TABLES[table])


def _setting(setting: Setting) -> Iterator[str]:
    yield ""
    choices = f". One of {', '.join(setting.choices)}" if setting.choices else ""
    otherwise = f". Otherwise {setting.otherwise}" if setting.otherwise else ""
    before = f". {setting.variable} and {setting.option} go before it" if setting.variable else ""
    yield from _comment(f"{setting.help}{choices}{otherwise}{before}.")
    value = setting.example if setting.default is None else setting.default
    yield f"#{setting.key} = {toml_value(value)}"


def _comment(text: str) -> list[str]:
    return [f"# {line}" for line in wrap(text, WIDTH - 2)]
