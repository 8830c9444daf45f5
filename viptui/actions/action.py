"""What an action is: its name at each door, what it asks for, how far it reaches."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from importlib import import_module
from typing import Any, NamedTuple

from viptui.errors import CommandRejected, Violation
from viptui.rules.parsing import ParseError


class Kind(StrEnum):
    """How a value is asked for on a form."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    DATE = "date"
    LINES = "lines"
    """Products with quantities, as many as there are; each is written ``SKU=QUANTITY``."""
    NUMBERS = "numbers"
    """Numbers of Purchase Authorizations or orders, as many as there are."""
    FLAG = "flag"


class Reach(StrEnum):
    """What an action touches; it decides how much has to be confirmed."""

    LOCAL = "local"
    """Stays in the database and can be taken back."""
    LEAVES = "leaves"
    """Somebody is told, or something is ordered."""
    FINAL = "final"
    """Cannot be taken back."""


class Parameter(NamedTuple):
    """One thing that an action asks for."""

    name: str
    """Field of the command; with dashes the option of the command line."""
    label: str
    help: str
    parse: Callable[[str], Any]
    """Text → value. Raises `ParseError` with one sentence."""
    kind: Kind = Kind.TEXT
    required: bool = True
    choices: tuple[str, ...] = ()
    default: str = ""

    @property
    def is_many(self) -> bool:
        """Whether it takes any number of values."""
        return self.kind in (Kind.LINES, Kind.NUMBERS)

    @property
    def option(self) -> str:
        """Its option on the command line."""
        return (
            "--" + self.name.removesuffix("s").replace("_", "-") if self.is_many else "--" + self.name.replace("_", "-")
        )


class Action(NamedTuple):
    """One thing that an operator can do."""

    id: str
    """Noun and verb, for example ``invitation.send``; stands in the history."""
    title: str
    """Name in palette, help and as the title of its form."""
    help: str
    word: str
    """The command of the command line."""
    module: str
    """Module of `viptui.commands`."""
    command: str
    """Name of the command's class in it."""
    perform: str
    """Name of the function in it that carries the command out."""
    key: str | None = None
    """Key of the interface; several actions may share one, which then opens a menu."""
    footer: str = ""
    """Short name beside the key."""
    subject: str | None = None
    """What it acts on: the name of the command's field, ``vip_id`` for a customer."""
    takes_many: bool = False
    """Whether it acts on several at once, all of them or none; the command's field then holds a tuple."""
    finds_subject: bool = False
    """Whether it knows itself what to act on if nothing is named."""
    parameters: tuple[Parameter, ...] = ()
    reach: Reach = Reach.LOCAL
    has_own_door: bool = False
    """Whether a command of its own reads files or lists, and carries this out with what it has read."""

    def command_type(self) -> type:
        """The class of its commands."""
        found: type = getattr(import_module(f"viptui.commands.{self.module}"), self.command)
        return found

    def performer(self) -> Callable[..., Any]:
        """The function that carries a command out: (command, act) → outcome."""
        found: Callable[..., Any] = getattr(import_module(f"viptui.commands.{self.module}"), self.perform)
        return found

    def build(self, values: Mapping[str, str | Sequence[str]], subject: str | Sequence[str] | None = None) -> Any:
        """The command that these texts ask for, on one subject or, where it takes many, on several.

        Raises:
            CommandRejected: texts cannot be read; all of them are named.
        """
        read, violations = {}, []
        for parameter in self.parameters:
            value, faults = _read(parameter, values.get(parameter.name, parameter.default))
            read[parameter.name] = value
            violations += faults
        if violations:
            raise CommandRejected(tuple(violations))
        return self.command_type()(**read, **({self.subject: self._subject(subject)} if self.subject else {}))

    def _subject(self, given: str | Sequence[str] | None) -> str | tuple[str, ...] | None:
        """What the command acts on, each once; the commands say what they think of none."""
        if not self.takes_many:
            return given if given is None or isinstance(given, str) else " ".join(given)
        texts = [given] if isinstance(given, str) else given or ()
        return tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))


def _read(parameter: Parameter, given: str | Sequence[str]) -> tuple[Any, list[Violation]]:
    """The value of a parameter, and what keeps it from being read."""
    if not parameter.is_many:
        text = given if isinstance(given, str) else " ".join(given)
        if not text.strip() and not parameter.required:
            return None, []
        return _parsed(parameter, text, parameter.name)
    texts = [given] if isinstance(given, str) else list(given)
    read = [_parsed(parameter, text, f"{parameter.name}.{number}") for number, text in enumerate(texts) if text.strip()]
    faults = [fault for _, its in read for fault in its]
    if not read and parameter.required:
        faults.append(Violation(f"{parameter.name}.missing", f"{parameter.label}: Enter at least one.", parameter.name))
    return tuple(value for value, _ in read), faults


def _parsed(parameter: Parameter, text: str, field: str) -> tuple[Any, list[Violation]]:
    try:
        return parameter.parse(text), []
    except ParseError as error:
        return None, [Violation(f"input.{parameter.name}", f"{parameter.label}: {error}", field)]
