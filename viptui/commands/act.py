"""Who acts, when and under which rules; and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from hashlib import sha256
from typing import Any

from viptui.mail.templates import Templates
from viptui.rules.policy import VipPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Everything that a command needs to know besides itself; it reads no clock and throws no dice."""

    actor: str
    """Login of the team member who acts."""
    origin: str
    """The door, ``tui``, ``cli`` or ``worker``, and where the person sits: ``tui from 203.0.113.9``."""
    request_id: str
    """Made when a form opens or a command starts: the same request acts once."""
    now: datetime
    today: date
    """The civil date of the business zone."""
    zone: tzinfo
    policy: VipPolicy
    templates: Templates = field(default_factory=Templates)

    def token(self, purpose: str, length: int) -> str:
        """Hexadecimal digits that belong to this request alone; nobody who does not know its id can guess them."""
        return sha256(f"{purpose}:{self.request_id}".encode()).hexdigest()[:length].upper()


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail to be sent because of an action."""

    template: str
    """Name of its text in `viptui.mail.templates`."""
    to: str
    """One e-mail address."""
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What an action on many did to one customer: it stands in that customer's history."""

    customer_id: int
    subject: str
    summary: str
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a command did, as its own function tells it."""

    summary: str
    """One sentence for the operator and the history."""
    action: str = ""
    """As what it stands in the history; empty: as what was asked for."""
    undoes: int | None = None
    """Number of the entry of the history that it takes back."""
    subject: str = ""
    """What was acted on, by its number."""
    customer_id: int | None = None
    """None also for a customer that is no longer there."""
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    """What changed; dates and amounts as text."""
    shares: tuple[Share, ...] = ()
    """Of an action on many customers, what each of them had of it."""
    letters: tuple[Letter, ...] = ()
    advice: tuple[str, ...] = ()
    """Sentences that the operator should read beside the result."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentMail:
    """A mail as it stands in the outbox, or would."""

    to: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What came of a command."""

    action: str
    subject: str
    summary: str
    customer_id: int | None
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    undoes: int | None = None
    """Number of the entry of the history that it takes back."""
    mails: tuple[SentMail, ...] = ()
    advice: tuple[str, ...] = ()
    is_dry_run: bool = False
    """Whether it only shows what would be done."""
    is_repeated: bool = False
    """Whether the same request had been carried out before, so that nothing was done now."""
