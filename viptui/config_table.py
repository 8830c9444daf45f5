"""Every setting: its name in the settings file, what it says, what it may be, and where else it can be said.

The one source of what `viptui.config` takes, of the commented file that ``viptui config init`` writes, of what
``viptui config show`` tells and of the schema for editors.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, NamedTuple

from viptui.errors import SettingsError
from viptui.rules.column_words import COLUMNS
from viptui.rules.policy import PRESETS, VipPolicy


class Kind(StrEnum):
    """What a value is."""

    TEXT = "text"
    NUMBER = "whole number"
    TRUTH = "true or false"
    CHOICE = "choice"
    CHOICES = "one or several choices"
    WORDS = "list of texts"


class Setting(NamedTuple):
    """One setting."""

    name: str
    """As in the settings file, with its table: ``policy.grace_days``."""
    help: str
    kind: Kind = Kind.TEXT
    default: Any = None
    """What holds by itself; None: see ``otherwise``."""
    otherwise: str = ""
    """What holds by itself, in words."""
    example: Any = None
    """What somebody may write, where there is no default."""
    choices: tuple[str, ...] = ()
    least: int = 1
    most: int = 10_000
    variable: str = ""
    """Variable of the environment that goes before the file."""
    option: str = ""
    """Option of the command line that goes before both."""
    in_file: bool = True
    is_secret: bool = False
    """Whether nothing of it is shown."""

    @property
    def table(self) -> str:
        """The table of the file that it stands in; empty at the top."""
        return self.name.rpartition(".")[0]

    @property
    def key(self) -> str:
        """Its name within the table."""
        return self.name.rpartition(".")[2]

    def read(self, table: Mapping[str, Any], where: Path) -> Any:
        """What the table says, or the default.

        Raises:
            SettingsError: it says something else than this setting can be.
        """
        value = table.get(self.key)
        if value is None:
            return self.default
        if self.kind is Kind.NUMBER:
            if type(value) is not int or not self.least <= value <= self.most:
                raise SettingsError(
                    f"{where}: {self.name} must be a whole number from {self.least} to {self.most}, not {value!r}"
                )
        elif self.kind is Kind.TRUTH:
            if not isinstance(value, bool):
                raise SettingsError(f"{where}: {self.name} must be true or false, not {value!r}")
        elif self.kind is Kind.CHOICES:
            words = [value] if isinstance(value, str) else value
            if not isinstance(words, list) or not words or [word for word in words if word not in self.choices]:
                raise SettingsError(f"{where}: {self.name} must be some of {', '.join(self.choices)}, not {value!r}")
            return tuple(dict.fromkeys(words))
        elif not isinstance(value, str) or not value:
            raise SettingsError(f"{where}: {self.name} must be a text, not {value!r}")
        elif self.choices and value not in self.choices:
            raise SettingsError(f"{where}: {self.name} must be one of {', '.join(self.choices)}, not {value!r}")
        return value


SEPARATORS: Final = (";", ",")
"""Between the cells of CSV for Excel, as the region of its system wants it."""

LOOKS: Final = ("dark", "light", "high-contrast", "colour-blind", "ansi-dark", "ansi-light")
"""What the interface can look like; `viptui.themes` has the colours."""

THEMES: Final = ("auto", *LOOKS)

TABLES: Final[Mapping[str, str]] = {
    "policy": "The numbers of the VIP programme. Where Adobe's sources disagree, choose what your contract says.",
    "mail": "How mail leaves the house. Without a transport, mails become files in a folder.",
    "keys": "Other keys, by the names that 'viptui keys' lists, several separated by commas: "
    '"list.search" = "slash,ctrl+f"',
}
"""What stands in each table of the file."""

_TOP: Final = (
    Setting(
        "database",
        "Path of an SQLite file, or postgresql://user@host/name",
        otherwise="viptui.db in your data folder",
        example="~/vip/portfolio.db",
        variable="VIPTUI_DATABASE",
        option="--database",
    ),
    Setting(
        "business_timezone",
        'The zone that decides what "today" is',
        otherwise="the system's zone",
        example="Europe/Berlin",
    ),
    Setting(
        "me",
        'Login of the team member that "managed by me" means',
        otherwise="the operating system's user",
        example="ana.kovac",
        variable="VIPTUI_ME",
        option="--me",
    ),
    Setting(
        "read_only",
        "Only look: the database refuses every change",
        Kind.TRUTH,
        default=False,
        option="--read-only",
    ),
    Setting(
        "as_of", "The day that is taken for today", otherwise="the day it is", option="--as-of", in_file=False
    ),
    Setting("evaluate_every_minutes", "Minutes between two evaluations", Kind.NUMBER, 5, most=24 * 60),
    Setting(
        "confirm_single", "Whether a reminder or a renewal notice to one customer is shown before it is sent",
        Kind.TRUTH, True,
    ),
    Setting("exports", "Folder that reports and order sheets are written to", default="~/viptui-exports"),
    Setting(
        "excel_separator", "Between the cells of CSV for Excel: ; where decimals have a comma, else ,",
        Kind.CHOICE, ";", choices=SEPARATORS,
    ),
    Setting(
        "theme", "Colours; auto takes those of the terminal over SSH, and dark elsewhere", Kind.CHOICE, "auto",
        choices=THEMES,
    ),
    Setting(
        "columns", "Columns that the list of customers begins with, from left to right", Kind.CHOICES,
        otherwise="the usual ones", example=["name", "vip-id", "state", "anniversary"], choices=COLUMNS,
    ),
)  # fmt: skip

_POLICY_HELP: Final = {
    "overdue_after": "Days; an open Purchase Authorization older than this is overdue",
    "suspended_after": "Days; one that is older than this is suspended",
    "upcoming_days": "Days before the day of upcoming_basis on which a renewal is upcoming",
    "upcoming_basis": "The day that upcoming_days is counted from: the Anniversary Date, or the first of the window",
    "window_open_days": "Days before the Anniversary Date on which the renewal window opens",
    "grace_days": "Days after the Anniversary Date on which a late renewal is possible",
    "anniversary_base": "What starts the first term",
    "partial_month": "How the month that has begun is counted when licences are added",
    "cancel_overdue": "Whether an overdue Purchase Authorization may be cancelled",
    "return_days": "Days after an order, inclusive, in which it can be returned",
    "threeyc_compliance_days": "Days after the acceptance of a 3-year commit until its minimum must be met",
    "threeyc_request_days": "Days after which an unanswered 3-year commit request expires",
    "reseller_change_hours": "Hours for which a reseller change code is valid",
    "reseller_change_per_day": "Change codes that may be sent on one day",
    "extended_term_min_months": "Months of the shortest extended term",
    "extended_term_max_months_commercial": "Months of the longest extended term, Commercial",
    "extended_term_max_months_public": "Months of the longest extended term, Education and Government",
}

_MAIL: Final = (
    Setting(
        "mail.transport", "How mails leave: as files into a folder, or by a mail server", Kind.CHOICE, "folder",
        choices=("folder", "smtp"),
    ),
    Setting("mail.folder", "Folder for mails as files", otherwise="mail in your data folder", example="~/vip/mail"),
    Setting(
        "mail.templates",
        "Folder with texts of your own, named as those in viptui/mail/texts",
        otherwise="templates beside this file, if there is such a folder",
        example="~/vip/templates",
    ),
    Setting(
        "mail.from",
        "Who mails come from; a mail server needs it",
        otherwise="nobody, in files",
        example="Reseller Ltd <licences@reseller.example>",
    ),
    Setting("mail.host", "The mail server", otherwise="none", example="smtp.reseller.example"),
    Setting(
        "mail.security", "How the line to it is protected", Kind.CHOICE, "starttls", choices=("starttls", "tls", "none")
    ),
    Setting(
        "mail.port", "Its port", Kind.NUMBER, otherwise="what is usual for the security", example=587, most=65_535
    ),
    Setting("mail.user", "Login at the server; it needs one password", otherwise="no login", example="licences"),
    Setting(
        "mail.password_command",
        "Command that prints the password",
        Kind.WORDS,
        otherwise="none",
        example=["pass", "show", "mail"],
        is_secret=True,
    ),
    Setting(
        "mail.password_file", "File with the password, readable for you alone", otherwise="none",
        example="~/.config/viptui/password", is_secret=True,
    ),
    Setting(
        "mail.password_env", "Variable of the environment with the password", otherwise="none",
        example="VIPTUI_MAIL_PASSWORD", is_secret=True,
    ),
    Setting(
        "mail.ca_file",
        "Certificates that are trusted besides the system's",
        otherwise="none",
        example="~/reseller-ca.pem",
    ),
    Setting("mail.timeout_seconds", "Seconds until a silent server counts as gone", Kind.NUMBER, 30, most=120),
)  # fmt: skip


def _policy() -> tuple[Setting, ...]:
    """The fields of the policy, with what they may be."""
    preset = Setting(
        "policy.preset",
        "Named sets of numbers, which the others here go before",
        Kind.CHOICES,
        otherwise="vip-30-60",
        example="vip-14-60",
        choices=tuple(PRESETS),
    )
    return preset, *(_number(field.name, field.default) for field in fields(VipPolicy))


def _number(name: str, default: Any) -> Setting:
    described = Setting(f"policy.{name}", _POLICY_HELP[name], Kind.NUMBER, default)
    if isinstance(default, StrEnum):
        return described._replace(kind=Kind.CHOICE, default=str(default), choices=tuple(map(str, type(default))))
    if isinstance(default, bool):
        return described._replace(kind=Kind.TRUTH)
    return described._replace(least=0 if name == "grace_days" else 1)


SETTINGS: Final[tuple[Setting, ...]] = (*_TOP, *_policy(), *_MAIL)
"""In the order of the file; what stands in the table of keys is read from the bindings."""

BY_NAME: Final[Mapping[str, Setting]] = {each.name: each for each in SETTINGS}

TOP_KEYS: Final = frozenset(
    {each.name for each in SETTINGS if not each.table and each.in_file} | {*TABLES}
)  # fmt: skip
"""What may stand at the top of the file."""
