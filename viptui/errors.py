"""The ways in which viptui fails on purpose. Anything else is a bug."""

from __future__ import annotations

from typing import NamedTuple


class Violation(NamedTuple):
    """One reason why something is refused, in words for the operator."""

    code: str
    """Stable identifier for programs, for example ``authorization.past_due``."""

    message: str
    """One sentence that says what is wrong and what to do about it."""

    field: str | None = None
    """Name of the form field or column at fault, if there is one."""


class ViptuiError(Exception):
    """Base of every expected failure; its text is shown to the operator as it stands."""


class CommandRejected(ViptuiError):
    """The rules refuse a command; nothing was written."""

    def __init__(self, violations: tuple[Violation, ...]) -> None:
        super().__init__(" ".join(violation.message for violation in violations))
        self.violations = violations


class StaleRecord(ViptuiError):
    """Somebody else changed the record since it was read; nothing was written."""


class NotFound(ViptuiError):
    """What was asked for does not exist."""


class StorageUnavailable(ViptuiError):
    """The database cannot be used: missing, foreign, damaged, locked or out of reach."""


class SettingsError(ViptuiError):
    """A setting makes no sense; the text names the key and where it was read."""


class ImportRejected(ViptuiError):
    """A file to be imported is faulty; nothing was written."""


class ImportStopped(ViptuiError):
    """Somebody has stopped an import; nothing was written."""


class ReportFailed(ViptuiError):
    """A file cannot be written into the exports folder; nothing is left of it."""


class CopyFailed(ViptuiError):
    """A text cannot be handed to the clipboard."""
