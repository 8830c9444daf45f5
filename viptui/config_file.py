"""The settings file: finding it, and reading it as TOML."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from viptui.config_table import TOP_KEYS
from viptui.errors import SettingsError


def default_config() -> Path:
    """Where the settings file lies when nobody names one."""
    from platformdirs import user_config_path

    return user_config_path("viptui", appauthor=False) / "config.toml"


def path_of(named: str | None) -> Path:
    """The settings file that is meant, whether it is there or not."""
    return Path(os.path.expanduser(named)) if named else default_config()  # noqa: PTH111


def read_file(named: str | None) -> tuple[Path, Mapping[str, Any]]:
    """The settings file and what it says; only one that is named has to be there.

    Raises:
        SettingsError: it cannot be read, or has a key at its top that there is not.
    """
    path = path_of(named)
    try:
        table = _toml(path.read_bytes(), path)
    except OSError as error:
        if isinstance(error, FileNotFoundError) and not named:
            return path, {}
        raise SettingsError(f"{path} cannot be read: {error.strerror}.") from error
    for key in table:
        if key not in TOP_KEYS:
            raise SettingsError(f"{path}: unknown key {key!r}; there are {', '.join(sorted(TOP_KEYS))}")
    return path, table


def table_of(table: Mapping[str, Any], key: str, path: Path) -> Mapping[str, Any]:
    """A table within the file; empty if it is not there."""
    value = table.get(key, {})
    if not isinstance(value, dict):
        raise SettingsError(f"{path}: {key} must be a table, written as [{key}]")
    return value


def keys_of(table: Mapping[str, Any], path: Path) -> dict[str, str]:
    """The table of keys; ``list.search = "x"`` says without quotation marks the same as ``"list.search" = "x"``."""
    found: dict[str, str] = {}
    for name, value in _flat(table, ""):
        if not isinstance(value, str) or not value.strip():
            raise SettingsError(f"{path}: keys: {name} must be a text with one key or several, not {value!r}")
        found[name] = value
    return found


def _flat(table: Mapping[str, Any], before: str) -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value


def _toml(content: bytes, path: Path) -> Mapping[str, Any]:
    import tomllib  # most have no settings file

    try:
        return tomllib.loads(content.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not valid TOML: {error}.") from error
