"""The table of settings: it has all of them, and everything that is made from it holds."""

from __future__ import annotations

import json
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from viptui.cli.config_schema import schema
from viptui.cli.configuring import Held, settings_held, without_password
from viptui.config import Overrides, Settings, load_settings, read_sources, settings_from
from viptui.config_table import BY_NAME, SETTINGS, TABLES, Kind, Setting
from viptui.config_template import template, toml_value
from viptui.errors import SettingsError
from viptui.mail.settings import KEYS, MOST_SECONDS, SECURITIES
from viptui.rules.policy import VipPolicy
from viptui.screens.key_map import known


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, so that the settings of whoever runs the tests do not count."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "reseller-ca.pem").touch()
    (tmp_path / "vip" / "templates").mkdir(parents=True)
    return tmp_path


def held(text: str, tmp_path: Path, environment: dict[str, str] | None = None, **words: Any) -> dict[str, Held]:
    file = tmp_path / "settings.toml"
    file.write_text(text)
    sources = read_sources(Overrides(config=str(file), **words), environment or {})
    return {each.name: each for each in settings_held(sources, settings_from(sources))}


# The table


def test_table_has_every_number_of_the_policy_with_its_default() -> None:
    policy = {each.key: each for each in SETTINGS if each.table == "policy"}
    assert policy.keys() == {"preset", *(field.name for field in fields(VipPolicy))}
    assert all(each.help for each in SETTINGS)
    for field in fields(VipPolicy):
        assert policy[field.name].default == field.default


def test_table_has_every_key_of_the_mail() -> None:
    assert {each.key for each in SETTINGS if each.table == "mail"} == KEYS
    assert BY_NAME["mail.security"].choices == tuple(SECURITIES)
    assert BY_NAME["mail.timeout_seconds"].most == MOST_SECONDS


def test_every_setting_has_a_default_or_says_what_holds() -> None:
    for each in SETTINGS:
        assert each.default is not None or each.otherwise
        assert each.default is not None or each.example is not None or not each.in_file
        assert not each.table or each.table in TABLES


def test_top_settings_have_a_place_in_the_settings() -> None:
    top = {each.name for each in SETTINGS if not each.table}
    assert {name for name in top if not hasattr(Settings, name)} == {"business_timezone"}


def outside(setting: Setting) -> list[Any]:
    """Values that a setting cannot have."""
    match setting.kind:
        case Kind.NUMBER:
            return [setting.least - 1, setting.most + 1, "5", True]
        case Kind.TRUTH:
            return [1, "yes"]
        case Kind.CHOICE | Kind.CHOICES:
            return ["moon", 1]
        case Kind.WORDS:
            return ["pass", [], [1]]
    return [5, ""]


WRITTEN = [each for each in SETTINGS if each.in_file]


SERVER = {"transport": "smtp", "host": "x", "from": "a@b.example", "user": "u", "password_env": "X"}


@pytest.mark.parametrize("setting", WRITTEN, ids=lambda each: each.name)
def test_what_the_table_excludes_is_refused(setting: Setting, tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    beside = {} if setting.table != "mail" else SERVER
    if setting.is_secret:
        beside = {key: value for key, value in beside.items() if key != "password_env"}
    for value in outside(setting):
        lines = [f"{key} = {toml_value(each)}" for key, each in {**beside, setting.key: value}.items()]
        file.write_text("\n".join([f"[{setting.table}]"] * bool(setting.table) + lines))
        with pytest.raises(SettingsError, match=setting.key):
            load_settings(Overrides(config=str(file)), {})


COLUMNS_SAID = {
    "one": ('"vip-id"', ("vip-id",)),
    "one twice": ('["name", "state", "name"]', ("name", "state")),
    "none said": (None, ()),
}


@pytest.mark.parametrize(("said", "expected"), COLUMNS_SAID.values(), ids=COLUMNS_SAID)
def test_columns_are_those_that_are_named_once(said: str | None, expected: tuple[str, ...], tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("" if said is None else f"columns = {said}")
    assert load_settings(Overrides(config=str(file)), {}).columns == expected


@pytest.mark.parametrize("said", ["[]", '["name", "moon"]', "[1]", "{}"])
def test_columns_that_there_are_not_are_refused_with_those_that_there_are(said: str, tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(f"columns = {said}")
    with pytest.raises(SettingsError, match="columns must be some of name, email, state, "):
        load_settings(Overrides(config=str(file)), {})


def taken() -> str:
    """The commented file without its comment signs before lines."""
    lines = template().splitlines()
    return "\n".join(line[1:] if line[:1] == "#" and line[1:2] not in " #" else line for line in lines)


# The commented file


def test_commented_file_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(template())
    of_file, of_none = (load_settings(Overrides(config=name), {}) for name in (str(file), None))
    assert of_file.policy == of_none.policy
    assert of_file.mail == of_none.mail
    assert (of_file.database, of_file.theme, of_file.keys) == (of_none.database, of_none.theme, {})


def test_commented_file_names_every_setting() -> None:
    lines = template().splitlines()
    for each in WRITTEN:
        assert [line for line in lines if line.startswith(f"#{each.key} = ")]
    assert max(map(len, lines)) <= 100


def test_every_line_of_the_commented_file_can_be_taken(tmp_path: Path) -> None:
    text = taken()
    several = [line for line in text.splitlines() if not line.startswith(("password_file", "password_env"))]
    file = tmp_path / "settings.toml"
    file.write_text("\n".join(several).replace('transport = "folder"', 'transport = "smtp"'))
    settings = load_settings(Overrides(config=str(file)), {})
    assert settings.me == "ana.kovac"
    assert settings.mail is not None
    assert settings.mail.server is not None
    assert settings.keys == {"list.search": "slash,ctrl+f"}


# What holds, and who says so


def test_the_nearest_word_counts_and_is_named(tmp_path: Path) -> None:
    found = held(
        'database = "file.db"\nme = "file"\ntheme = "light"',
        tmp_path,
        {"VIPTUI_DATABASE": "environment.db", "VIPTUI_ME": "environment"},
        me="word",
    )
    assert (found["me"].value, found["me"].origin) == ("word", "command line, --me")
    assert (found["database"].value, found["database"].origin) == ("environment.db", "environment, VIPTUI_DATABASE")
    assert (found["theme"].value, found["theme"].origin) == ("light", f"file, {tmp_path / 'settings.toml'}")
    assert (found["evaluate_every_minutes"].value, found["evaluate_every_minutes"].origin) == (5, "default")


def test_numbers_of_a_preset_are_the_files(tmp_path: Path) -> None:
    found = held('policy.preset = "vip-14-60"\npolicy.grace_days = 3', tmp_path)
    assert (found["policy.overdue_after"].value, found["policy.suspended_after"].origin) == (14, "default")
    assert {found[name].origin for name in ("policy.overdue_after", "policy.grace_days", "policy.preset")} == {
        f"file, {tmp_path / 'settings.toml'}"
    }


def test_keys_are_told_too(tmp_path: Path) -> None:
    found = held('[keys]\n"list.search" = "f6"\nlist.mine = "f7"', tmp_path)
    assert (found["keys.list.search"].value, found["keys.list.mine"].value) == ("f6", "f7")


def test_every_setting_is_told(tmp_path: Path) -> None:
    assert list(held("", tmp_path)) == [each.name for each in SETTINGS]


PASSWORDS = {
    "command": 'password_command = ["echo", "hunter2"]',
    "file": 'password_file = "/hunter2"',
    "variable": 'password_env = "hunter2"',
}


@pytest.mark.parametrize("line", PASSWORDS.values(), ids=PASSWORDS)
def test_nothing_of_a_password_is_shown(line: str, tmp_path: Path) -> None:
    text = f'[mail]\ntransport = "smtp"\nhost = "x"\nfrom = "a@b.example"\nuser = "u"\n{line}'
    found = held(text, tmp_path)
    assert "hunter2" not in str(found)
    assert found[f"mail.{line.split()[0]}"].is_hidden
    assert (found["mail.user"].value, found["mail.port"].value) == ("u", 587)


URLS = {
    "/var/lib/vip.db": "/var/lib/vip.db",
    "postgresql://host/vip": "postgresql://host/vip",
    "postgresql://ana@host/vip": "postgresql://ana@host/vip",
    "postgresql://ana:secret@host:5432/vip": "postgresql://ana:***@host:5432/vip",
    "postgresql://ana:se@cr/et@host/vip": "postgresql://ana:***@host/vip",
    "postgres://:secret@host/vip": "postgres://:***@host/vip",
    "postgresql://host/vip?user=ana&password=secret": "postgresql://host/vip?user=ana&password=***",
    "postgresql://host/vip?sslpassword=secret&x=1": "postgresql://host/vip?sslpassword=***&x=1",
}


@pytest.mark.parametrize(("url", "shown"), URLS.items(), ids=URLS)
def test_database_is_shown_without_its_password(url: str, shown: str) -> None:
    assert without_password(url) == shown


# The schema


def test_schema_describes_every_setting_and_every_key() -> None:
    described = json.loads(schema())
    for each in WRITTEN:
        table = described["properties"][each.table]["properties"] if each.table else described["properties"]
        assert table[each.key]["description"] == each.help
        assert table[each.key].get("default") == each.default
    assert described["properties"]["keys"]["properties"].keys() == known().keys()
    assert described["additionalProperties"] is False


def test_schema_takes_what_the_commented_file_says() -> None:
    text = taken()
    described = json.loads(schema())
    for name, value in tomllib.loads(text).items():
        assert takes(described["properties"][name], value), name


def takes(described: dict[str, Any], value: Any) -> bool:
    """Whether a value is as the part of the schema says; as much of JSON schema as is used."""
    kinds = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict}
    if "oneOf" in described:
        return sum(takes(each, value) for each in described["oneOf"]) == 1
    if not isinstance(value, kinds[described["type"]]):
        return False
    if described["type"] == "object":
        return all(takes(described["properties"][key], each) for key, each in value.items())
    if described["type"] == "integer":
        return bool(described["minimum"] <= value <= described["maximum"])
    return value in described.get("enum", [value])
