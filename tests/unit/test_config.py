"""Settings: where they come from, which goes before which, and what is refused."""

from __future__ import annotations

import os
import pwd
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from viptui.config import (
    Overrides,
    Settings,
    default_database,
    disarm_environment,
    load_settings,
    log_file,
    system_user,
)
from viptui.config_file import default_config
from viptui.errors import SettingsError
from viptui.rules.policy import UpcomingBasis, VipPolicy

ENVIRONMENT = os.environ


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, so that the settings of whoever runs the tests do not count."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def load(file: Path, text: str, environment: Mapping[str, str] | None = None) -> Settings:
    file.write_text(text)
    return load_settings(Overrides(config=str(file)), environment or {})


def refusal(file: Path) -> str:
    with pytest.raises(SettingsError) as refused:
        load_settings(Overrides(config=str(file)), {})
    return str(refused.value)


def test_defaults() -> None:
    settings = load_settings(Overrides(), {"TZ": "Europe/Berlin"})
    assert settings.database == str(default_database())
    assert settings.database_is_default
    assert settings.policy == VipPolicy()
    assert settings.me == system_user()
    assert (settings.as_of, settings.read_only) == (None, False)
    assert (settings.evaluate_every_minutes, settings.theme, settings.confirm_single) == (5, "auto", True)
    assert (settings.ssh, settings.no_color) == (False, False)
    assert str(settings.zone) == "Europe/Berlin"


@pytest.mark.parametrize(
    ("overrides", "text", "by"),
    [
        (Overrides(), "", ""),
        (Overrides(), "read_only = false", ""),
        (Overrides(read_only=True), "read_only = false", "--read-only"),
        (Overrides(), "read_only = true", "read_only in {file}"),
        (Overrides(read_only=True, as_of=date(2026, 3, 20)), "", "--as-of"),
    ],
)
def test_what_makes_everything_read_only(file: Path, overrides: Overrides, text: str, by: str) -> None:
    file.write_text(text)
    settings = load_settings(overrides._replace(config=str(file)), {})
    assert settings.read_only_by == by.format(file=file)
    assert settings.read_only == bool(by)


def test_everything_that_a_file_can_set(file: Path) -> None:
    settings = load(
        file,
        """
        database = "~/vip.db"
        business_timezone = "America/New_York"
        me = "anna"
        evaluate_every_minutes = 1440
        theme = "ansi-light"
        confirm_single = false
        [policy]
        preset = ["vip-14-60", "legacy-60"]
        grace_days = 0
        upcoming_days = 59
        """,
    )
    assert settings.database == str(Path.home() / "vip.db")
    assert not settings.database_is_default
    assert str(settings.zone) == "America/New_York"
    assert (settings.me, settings.evaluate_every_minutes, settings.theme) == ("anna", 1440, "ansi-light")
    assert not settings.confirm_single
    assert settings.policy == VipPolicy(
        overdue_after=14, grace_days=0, upcoming_days=59, upcoming_basis=UpcomingBasis.WINDOW_OPEN
    )


def test_one_preset_needs_no_list(file: Path) -> None:
    assert load(file, 'policy.preset = "vip-14-60"').policy.overdue_after == 14


REFUSED = {
    "unknown key": ('databse = "x"', "databse"),
    "database is a number": ("database = 5", "database"),
    "database is nothing": ('database = ""', "database"),
    "unknown zone": ('business_timezone = "Mars/Olympus"', "business_timezone"),
    "zone is a folder": ('business_timezone = "Europe"', "business_timezone"),
    "zone is a path": ('business_timezone = "../../etc/passwd"', "business_timezone"),
    "zone is a number": ("business_timezone = 1", "business_timezone"),
    "me is nothing": ('me = ""', "me"),
    "me is a list": ('me = ["anna"]', "me"),
    "never": ("evaluate_every_minutes = 0", "evaluate_every_minutes"),
    "more than a day": ("evaluate_every_minutes = 1441", "evaluate_every_minutes"),
    "broken minutes": ("evaluate_every_minutes = 1.5", "evaluate_every_minutes"),
    "minutes are a truth": ("evaluate_every_minutes = true", "evaluate_every_minutes"),
    "unknown theme": ('theme = "pink"', "theme"),
    "a flag in words": ('confirm_single = "no"', "confirm_single"),
    "policy is no table": ("policy = 30", "policy"),
    "unknown number": ("policy.overdue = 30", "overdue"),
    "number is a text": ('policy.overdue_after = "30"', "overdue_after"),
    "number is a truth": ("policy.overdue_after = true", "overdue_after"),
    "truth is a number": ("policy.cancel_overdue = 1", "cancel_overdue"),
    "unknown word": ('policy.upcoming_basis = "moon"', "upcoming_basis"),
    "unknown preset": ('policy.preset = "vip"', "preset"),
    "preset is a number": ("policy.preset = 1", "preset"),
    "number too small": ("policy.window_open_days = 0", "window_open_days"),
    "numbers contradict": ("policy.suspended_after = 30", "suspended_after"),
}


@pytest.mark.parametrize(("text", "key"), REFUSED.values(), ids=REFUSED)
def test_refusal_names_the_key_and_the_file(file: Path, text: str, key: str) -> None:
    file.write_text(text)
    sentence = refusal(file)
    assert sentence.startswith(f"{file}: ")
    assert key in sentence.removeprefix(f"{file}: ")


UNREADABLE = {
    "no TOML": (b"database = ", "not valid TOML"),
    "twice the same key": (b"me = 'a'\nme = 'b'", "not valid TOML"),
    "not UTF-8": (b"me = '\xfcber'", "not valid TOML"),
}


@pytest.mark.parametrize(("content", "words"), UNREADABLE.values(), ids=UNREADABLE)
def test_unreadable_file_is_refused_by_name(file: Path, content: bytes, words: str) -> None:
    file.write_bytes(content)
    assert refusal(file).startswith(f"{file} is {words}")


def test_named_file_must_be_there(file: Path) -> None:
    assert refusal(file) == f"{file} cannot be read: No such file or directory."
    assert refusal(file.parent) == f"{file.parent} cannot be read: Is a directory."
    assert "~nobody-has-this-login" in refusal(Path("~nobody-has-this-login/settings.toml"))


def test_default_file_need_not_be_there_but_counts() -> None:
    assert load_settings(Overrides(), {}).me == system_user()
    default_config().parent.mkdir(parents=True)
    default_config().write_text('me = "anna"')
    assert load_settings(Overrides(), {}).me == "anna"


def test_command_line_before_environment_before_file(file: Path) -> None:
    text = 'database = "file.db"\nme = "file"'
    environment = {"VIPTUI_DATABASE": "environment.db", "VIPTUI_ME": "environment"}
    words = Overrides(database="word.db", me="word", config=str(file))
    from_file = load(file, text)
    from_environment = load(file, text, environment)
    from_words = load_settings(words, environment)
    chosen = [(each.database, each.me) for each in (from_file, from_environment, from_words)]
    assert chosen == [("file.db", "file"), ("environment.db", "environment"), ("word.db", "word")]


def test_settings_file_of_the_command_line_before_that_of_the_environment(tmp_path: Path) -> None:
    for name in ("word", "environment"):
        (tmp_path / name).write_text(f'me = "{name}"')
    environment = {"VIPTUI_CONFIG": str(tmp_path / "environment")}
    assert load_settings(Overrides(), environment).me == "environment"
    assert load_settings(Overrides(config=str(tmp_path / "word")), environment).me == "word"


def test_empty_variable_counts_as_none(file: Path) -> None:
    settings = load(file, 'me = "file"', {"VIPTUI_ME": "", "VIPTUI_DATABASE": "", "NO_COLOR": "", "SSH_TTY": ""})
    assert (settings.me, settings.database_is_default) == ("file", True)
    assert (settings.no_color, settings.ssh, settings.tmux) == (False, False, False)


def test_as_of_makes_everything_read_only() -> None:
    settings = load_settings(Overrides(as_of=date(2026, 3, 20)), {})
    assert (settings.as_of, settings.read_only) == (date(2026, 3, 20), True)


def test_tmux_is_noticed() -> None:
    assert load_settings(Overrides(), {"TMUX": "/run/tmux/default,1,0"}).tmux


@pytest.mark.parametrize("name", ["SSH_CONNECTION", "SSH_TTY"])
def test_ssh_is_noticed(name: str) -> None:
    assert load_settings(Overrides(), {name: "x"}).ssh


SEATS = {
    "at the machine itself": ("", "{user}", ""),
    "over SSH": ("203.0.113.9 50022 198.51.100.1 22", "{user}", "from 203.0.113.9"),
    "in somebody's name": ("", "ana.kovac", "as {user}"),
    "over SSH in somebody's name": ("203.0.113.9 50022 198.51.100.1 22", "ana.kovac", "from 203.0.113.9 as {user}"),
}


@pytest.mark.parametrize(("connection", "me", "seat"), SEATS.values(), ids=SEATS)
def test_the_history_says_where_somebody_sat(connection: str, me: str, seat: str) -> None:
    user = system_user()
    settings = load_settings(Overrides(me=me.format(user=user)), {"SSH_CONNECTION": connection})
    assert settings.seat == seat.format(user=user)


def test_no_color_is_heard() -> None:
    assert load_settings(Overrides(), {"NO_COLOR": "1"}).no_color


@pytest.mark.parametrize("name", ["Asia/Tokyo", ":Asia/Tokyo"])
def test_zone_of_the_environment(name: str) -> None:
    assert str(load_settings(Overrides(), {"TZ": name}).zone) == "Asia/Tokyo"


def test_nonsense_zone_of_the_environment_is_survived() -> None:
    assert load_settings(Overrides(), {"TZ": "Mars/Olympus"}).zone is not None


def test_login_is_the_kernels_whatever_the_environment_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "somebody")
    assert system_user() == pwd.getpwuid(os.geteuid()).pw_name


def test_user_whom_the_system_does_not_know_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 4_000_000_000)
    assert system_user() == "4000000000"


def test_environment_is_disarmed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TEXTUAL_DRIVER", "TEXTUAL", "TEXTUAL_LOG", "TEXTUAL_DEBUG", "TEXTUAL_PRESS", "TEXTUAL_SCREENSHOT"):
        monkeypatch.setenv(name, "x")
    monkeypatch.setenv("TEXTUAL_COLOR_SYSTEM", "standard")
    monkeypatch.delenv("ESCDELAY", raising=False)
    disarm_environment()
    assert {name for name in ENVIRONMENT if name.startswith("TEXTUAL")} == {"TEXTUAL_COLOR_SYSTEM", "TEXTUAL_FPS"}
    assert ENVIRONMENT["ESCDELAY"] == "25"


def test_chosen_escape_delay_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ESCDELAY", "200")
    disarm_environment()
    assert ENVIRONMENT["ESCDELAY"] == "200"


def test_everything_lies_in_the_users_folders(home: Path) -> None:
    assert all(home in each.parents for each in (default_database(), default_config(), log_file()))
