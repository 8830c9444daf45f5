"""The words for the status of a 3-year commit."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from viptui.rules.parsing import ParseError


class CommitmentStatus(StrEnum):
    """Status of a 3-year commit, in the words of the VIPMP documents."""

    REQUESTED = "REQUESTED"
    ACCEPTED = "ACCEPTED"
    COMMITTED = "COMMITTED"
    ACTIVE = "ACTIVE"
    DECLINED = "DECLINED"
    NONCOMPLIANT = "NONCOMPLIANT"
    EXPIRED = "EXPIRED"
    INACTIVE = "INACTIVE"
    UNKNOWN = "UNKNOWN"
    """A word that these documents do not have; kept apart so that an import never fails over it."""


CHOICES: Final = tuple(each.value for each in CommitmentStatus if each is not CommitmentStatus.UNKNOWN)
"""What a form offers."""


def status_from(text: str) -> CommitmentStatus:
    """The status that a word from an import means, whatever its case; UNKNOWN for any other word."""
    word = text.strip().upper()
    return CommitmentStatus(word) if word in set(CommitmentStatus) else CommitmentStatus.UNKNOWN


def parse_status(text: str) -> CommitmentStatus:
    """A status as somebody types it; unlike an import, a form takes only the known words."""
    status = status_from(text)
    if status is CommitmentStatus.UNKNOWN:
        raise ParseError(f"Enter one of {', '.join(CHOICES)}.")
    return status
