"""The texts of mails: plain files, one a kind, which a folder of one's own may replace.

The first line of a file is ``Subject: …``, then an empty line, then the text. ``$name`` stands for a value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Final

from viptui.errors import SettingsError

DEFAULT_FOLDER: Final = Path(__file__).parent / "texts"

DEFAULT_DOMAIN: Final = "viptui.invalid"
"""Right side of Message-IDs where no sender is set; RFC 2606 keeps it from being anybody's."""


@dataclass(frozen=True, slots=True)
class MailText:
    """A mail's subject, one line, and its text."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Templates:
    """Where the texts are looked for: first in a folder of one's own, then among viptui's."""

    folder: Path | None = None
    domain: str = DEFAULT_DOMAIN
    """Right side of Message-IDs."""

    def render(self, name: str, values: Mapping[str, str]) -> MailText:
        """The mail of a kind with these values.

        Raises:
            SettingsError: the file of one's own cannot be read or used; the text names it.
        """
        path = self._path(name)
        try:
            head, _, body = path.read_text(encoding="utf-8-sig").partition("\n")
        except OSError as error:
            raise SettingsError(f"{path} cannot be read: {error.strerror}.") from None
        except UnicodeDecodeError:
            raise SettingsError(f"{path} is not written in UTF-8.") from None
        label, _, subject = head.partition(":")
        if label.strip().casefold() != "subject" or not subject.strip():
            raise SettingsError(f"{path}, line 1: it must be 'Subject: …'.")
        text = _filled(body, values, path, first_line=2)
        return MailText(_one_line(_filled(subject, values, path, first_line=1)), text.strip("\n") + "\n")

    def _path(self, name: str) -> Path:
        own = None if self.folder is None else self.folder / f"{name}.txt"
        return own if own is not None and own.exists() else DEFAULT_FOLDER / f"{name}.txt"


def _filled(text: str, values: Mapping[str, str], path: Path, *, first_line: int) -> str:
    for found in Template.pattern.finditer(text):
        name = found["named"] or found["braced"]
        where = f"{path}, line {first_line + text.count(chr(10), 0, found.start())}"
        if found["invalid"] is not None:
            raise SettingsError(f"{where}: a $ that stands for no value is written as $$.")
        if name is not None and name not in values:
            known = ", ".join(f"${each}" for each in sorted(values))
            raise SettingsError(f"{where}: there is no ${name} in this mail; there are {known}.")
    return Template(text).substitute(values)


def _one_line(text: str) -> str:
    """A header's value: whatever ends a line or is hidden becomes a space."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())
