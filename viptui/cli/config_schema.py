"""The settings file as a JSON schema: editors complete and check TOML by it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from viptui.config_table import SETTINGS, TABLES, Kind, Setting
from viptui.screens.key_map import known


def schema() -> str:
    """The schema, draft 7, which most editors know."""
    tables = {name: _table(_of(name), title) for name, title in TABLES.items()}
    tables["keys"] = {
        "type": "object",
        "description": TABLES["keys"],
        "properties": {
            each.id: {"type": "string", "description": each.help, "default": ",".join(each.keys)}
            for each in known().values()
        },
        "additionalProperties": {"type": "object"},  # keys without quotation marks: each dot begins a table
    }
    top = _table(_of(""), "Settings of viptui")
    top["properties"] |= tables
    return (
        json.dumps({"$schema": "http://json-schema.org/draft-07/schema#", **top}, indent=2, ensure_ascii=False) + "\n"
    )


def _of(table: str) -> list[Setting]:
    return [each for each in SETTINGS if each.table == table and each.in_file]


def _table(settings: Iterable[Setting], title: str) -> dict[str, Any]:
    return {
        "type": "object",
        "description": title,
        "additionalProperties": False,
        "properties": {each.key: _property(each) for each in settings},
    }


def _property(setting: Setting) -> dict[str, Any]:
    described: dict[str, Any] = {"description": setting.help, **_values(setting)}
    if setting.default is not None:
        described["default"] = setting.default
    return described


def _values(setting: Setting) -> dict[str, Any]:
    words = {"type": "string", "enum": list(setting.choices)}
    match setting.kind:
        case Kind.NUMBER:
            return {"type": "integer", "minimum": setting.least, "maximum": setting.most}
        case Kind.TRUTH:
            return {"type": "boolean"}
        case Kind.CHOICE:
            return words
        case Kind.CHOICES:
            return {"oneOf": [words, {"type": "array", "items": words}]}
        case Kind.WORDS:
            return {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1}
    return {"type": "string", "minLength": 1}
