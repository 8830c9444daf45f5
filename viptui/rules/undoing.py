"""What takes an action back: steps of other actions; or why nothing does, and what helps instead.

An action can be taken back if all that it did stays in the house and another action brings back what was before. A mail
that was sent, an order that was placed: these have left, and only a compensating step is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final, NamedTuple, TypeAlias

from viptui.rules.delivery import IN_WORDS, MailStatus
from viptui.rules.order import last_return_day
from viptui.rules.policy import VipPolicy
from viptui.rules.snooze import AWAKE


class Mail(NamedTuple):
    """A mail that an action has written."""

    number: int
    status: MailStatus


class Part(NamedTuple):
    """What an action on many did to one of them."""

    subject: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An action as the history tells it."""

    action: str
    subject: str
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    mails: tuple[Mail, ...] = ()

    @property
    def effects(self) -> Mapping[str, Part]:
        """What was changed, by what it was changed on; the whole is none if it only sums its parts up."""
        whole = () if self.parts and not self.before else (Part(self.subject, self.before, self.after),)
        return {each.subject: each for each in (*whole, *self.parts)}


class Step(NamedTuple):
    """An action to be carried out, with the texts that its form would be filled with."""

    action: str
    subject: str | tuple[str, ...]
    values: Mapping[str, str | Sequence[str]] = MappingProxyType({})
    by: str = ""
    """Login of whose record comes back; empty: of who acts."""
    at: datetime | None = None
    """When it was written; None: now."""


Way: TypeAlias = tuple[Step, ...] | str
"""The steps that take an action back, or in words why there are none."""

Finder: TypeAlias = Callable[[Entry, date, VipPolicy], Way]
"""What looks for a way back, on a day."""


def way_back(entry: Entry, today: date, policy: VipPolicy) -> Way:
    """What takes an entry of the history back; whether it still may is for the rules of its steps."""
    return WAYS[entry.action](entry, today, policy)


def differences(entry: Entry, found: Mapping[str, Part]) -> list[str]:
    """Why steps that have found and left this would not take exactly the entry back; nothing if they do.

    What they overwrite must be what the entry had written, what they leave must be what it had found.
    """
    done = entry.effects
    if len(done) == len(found) == 1:
        pairs = [(*done.values(), *found.values())]
    elif done.keys() != found.keys():
        return [f"it was about {_these(done)}, and now it would be about {_these(found)}"]
    else:
        pairs = [(each, found[subject]) for subject, each in done.items()]
    return [
        sentence
        for then, now in pairs
        for sentence in (
            *_unequal(now.subject, then.after, now.before, "is {now} now, no longer {then}"),
            *_unequal(now.subject, then.before, now.after, "would be {now}, and was {then}"),
        )
    ]


def _unequal(subject: str, then: Mapping[str, Any], now: Mapping[str, Any], words: str) -> list[str]:
    return [
        f"{key.replace('_', ' ')} of {subject} {words.format(now=_shown(now[key]), then=_shown(value))}"
        for key, value in then.items()
        if key in now and key not in _GIVEN_ANEW and now[key] != value
    ]


def _these(subjects: Mapping[str, Part]) -> str:
    names = sorted(subjects)
    return ", ".join(names[:_NAMED]) + (f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else "")


def _shown(value: object) -> str:
    return "nobody" if value is None else str(value)


# What can be taken back


def _note_added(entry: Entry, *_: object) -> Way:
    return (Step("note.remove", str(entry.after["note"])),)


def _note_removed(entry: Entry, *_: object) -> Way:
    then = entry.before
    written_at = datetime.fromisoformat(then["written_at"])
    return (Step("note.add", entry.subject, {"body": then["body"]}, by=then["author"], at=written_at),)


def _licences_assigned(entry: Entry, *_: object) -> Way:
    lines = [f"{sku}={quantity}" for sku, quantity in entry.before.items()]
    return (Step("licences.assign", entry.subject, {"lines": lines}),)


def _reassigned(entry: Entry, *_: object) -> Way:
    nobody = {subject: each for subject, each in entry.effects.items() if not each.before.get("managed_by")}
    if nobody:
        return f"Nobody managed {_these(nobody)} before: 'viptui reassign' chooses whom you want."
    return tuple(_handed_back(tuple(entry.effects.values())))


def _handed_back(parts: Sequence[Part]) -> list[Step]:
    managers = dict.fromkeys(each.before["managed_by"] for each in parts)
    theirs = {login: tuple(each.subject for each in parts if each.before["managed_by"] == login) for login in managers}
    return [Step("customer.reassign", vip_ids, {"to": login}) for login, vip_ids in theirs.items()]


def _snoozed(entry: Entry, today: date, _policy: VipPolicy) -> Way:
    parts = tuple(entry.effects.values())
    if over := _over((each.after["snoozed_until"] for each in parts), today):
        return f"That was over on {over}: whoever was snoozed is back by itself."
    if over := _over((each.before["snoozed_until"] for each in parts), today):
        return f"What was before was over on {over}, so that it cannot come back: 'viptui wake' ends a snooze."
    days = dict.fromkeys(each.before["snoozed_until"] for each in parts)
    theirs = {day: tuple(each.subject for each in parts if each.before["snoozed_until"] == day) for day in days}
    return tuple(
        Step("customer.wake", vip_ids) if day == AWAKE else Step("customer.snooze", vip_ids, {"until": day})
        for day, vip_ids in theirs.items()
    )


def _over(days: Iterable[str], today: date) -> str:
    """The last of the days until which somebody was snoozed that have come; empty if none has."""
    return max((day for day in days if day != AWAKE and date.fromisoformat(day) <= today), default="")


def _member_added(entry: Entry, *_: object) -> Way:
    then = entry.before
    if not then:
        return f"Who has been in the team stays on record: 'viptui deactivate-member {entry.subject}' ends it."
    if changed := [key for key in ("name", "email", "role") if then.get(key) != entry.after.get(key)]:
        return (
            f"{entry.subject} came back with another {' and '.join(changed)}: "
            f"'viptui deactivate-member {entry.subject}' ends it."
        )
    successor = entry.parts[0].before["managed_by"] if entry.parts else ""
    return (Step("team.deactivate", entry.subject, {"to": successor}),)


def _member_deactivated(entry: Entry, *_: object) -> Way:
    again = Step("team.add", entry.subject, {"login": entry.subject, "role": entry.before["role"]})
    return (again, *_handed_back(entry.parts))


def _login_mapped(entry: Entry, *_: object) -> Way:
    return (Step("team.map", entry.after["login"], {"new_login": entry.before["login"]}),)


def _role_changed(entry: Entry, *_: object) -> Way:
    return (Step("team.role", entry.subject, {"role": entry.before["role"]}),)


def _email_changed(entry: Entry, *_: object) -> Way:
    if not entry.before["email"]:
        return f"There was no address before: 'viptui change-email {entry.subject}' writes down another one."
    return (Step("team.email", entry.subject, {"email": entry.before["email"]}),)


def _accepted(entry: Entry, *_: object) -> Way:
    return (Step("invitation.reopen", entry.subject),)


def _reopened(entry: Entry, *_: object) -> Way:
    return (Step("invitation.accept", entry.subject, {"accepted_on": entry.before["accepted_on"]}),)


def _commitment_recorded(entry: Entry, *_: object) -> Way:
    then = {key.removeprefix("commitment_"): value for key, value in entry.before.items()}
    if "status" not in then or entry.after.keys() - entry.before.keys():
        return "Less was noted before, and what is noted cannot be emptied: record the 3-year commit as it holds now."
    values = {_COMMITMENT[key]: str(value) for key, value in then.items()}
    return (Step("commitment.record", entry.subject, values),)


def _product_deactivated(entry: Entry, *_: object) -> Way:
    return (Step("product.activate", entry.subject),)


def _product_activated(entry: Entry, *_: object) -> Way:
    return (Step("product.deactivate", entry.subject),)


def _discarded(entry: Entry, *_: object) -> Way:
    if entry.before["status"] != IN_WORDS[MailStatus.WAITING]:
        return (
            f"Mail {entry.subject} was not waiting any more ({entry.before['status']}): "
            f"'viptui resend-mail {entry.subject}' sends it again."
        )
    return (Step("mail.resend", entry.subject),)


def _resent(entry: Entry, *_: object) -> Way:
    if entry.before != {**entry.after, "status": IN_WORDS[MailStatus.DISCARDED]}:
        return f"Mail {entry.subject} is on its way: while it waits, 'viptui discard-mail {entry.subject}' gives it up."
    return (Step("mail.discard", entry.subject),)


# What has left the house, or is gone


def _never(words: str) -> Finder:
    """A way that there never is."""
    return lambda entry, *_: words.format(subject=entry.subject)


def _written(words: str) -> Finder:
    """The same after what has become of the mails."""
    return lambda entry, *_: f"{_about_mails(entry.mails)} {words.format(subject=entry.subject)}".strip()


def _ordered(entry: Entry, today: date, policy: VipPolicy) -> Way:
    until = last_return_day(date.fromisoformat(entry.after["ordered_on"]), policy)
    if today > until:
        return f"{entry.subject} could be returned through {until}: renew fewer licences instead ('viptui renew')."
    return (
        f"{entry.subject} has been ordered. Until {until} 'viptui return-order {entry.subject}' requests a return "
        "authorization for it or for a part."
    )


def _about_mails(mails: Sequence[Mail]) -> str:
    if not mails:
        return ""
    kept = [each for each in mails if each.status in (MailStatus.WAITING, MailStatus.FAILED)]
    if kept:
        numbers = " ".join(str(each.number) for each in kept)
        return f"Its mail has not left yet: 'viptui discard-mail {numbers}' gives it up."
    if all(each.status is MailStatus.DISCARDED for each in mails):
        return "Its mail was given up."
    return "Its mail has left the house."


WAYS: Final[Mapping[str, Finder]] = MappingProxyType(
    {
        "invitation.send": _written(
            "As long as it has no products, 'viptui remove {subject}' removes the customer; 'viptui invite' invites it "
            "again."
        ),
        "invitation.remind": _written("A reminder with the right address ('viptui remind {subject}') follows it."),
        "invitation.accept": _accepted,
        "invitation.reopen": _reopened,
        "customer.remove": _never("{subject} is gone with its notes: 'viptui invite' invites it again."),
        "authorization.create": _written(
            "While {subject} is pending and none of its licences is assigned, 'viptui cancel-authorization {subject}' "
            "cancels it."
        ),
        "authorization.record": _written(
            "{subject} is on record: while it is pending and none of its licences is assigned, "
            "'viptui cancel-authorization {subject}' cancels it."
        ),
        "authorization.cancel": _never(
            "The licences of {subject} are gone: 'viptui authorize' creates another Purchase Authorization."
        ),
        "order.place": _ordered,
        "order.return": _never(
            "The return {subject} has been requested: 'viptui order' orders anew what is wanted after all."
        ),
        "order.sheet": _never("The sheet has been written: remove its file if nobody is to have it."),
        "renewal.notify": _written("Tell the customer what is different."),
        "renewal.place": _ordered,
        "licences.assign": _licences_assigned,
        "note.add": _note_added,
        "note.remove": _note_removed,
        "customer.snooze": _snoozed,
        "customer.wake": _snoozed,
        "reseller_change.send": _written("The code ends by itself; until then only its admin can use it."),
        "reseller_change.complete": _never(
            "The customer has moved here: as long as it has no products, 'viptui remove {subject}' removes it."
        ),
        "customer.reassign": _reassigned,
        "team.add": _member_added,
        "team.deactivate": _member_deactivated,
        "team.map": _login_mapped,
        "team.role": _role_changed,
        "team.email": _email_changed,
        "commitment.record": _commitment_recorded,
        "product.add": _never("A product stays on record: 'viptui deactivate-product {subject}' ends its sale."),
        "product.import": _never(
            "A price list changes many products at once: 'viptui import-products' with the list before brings it back."
        ),
        "product.deactivate": _product_deactivated,
        "product.activate": _product_activated,
        "report.export": _never("The report has been written: remove its file if nobody is to have it."),
        "report.mail": _written("Another day's report says what is different."),
        "mail.resend": _resent,
        "mail.discard": _discarded,
    }
)
"""For every action what takes it back; only undo and redo have none of their own, their steps have."""

_COMMITMENT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "status": "status",
        "quantity": "licences",
        "consumables": "consumables",
        "start_on": "starts_on",
        "end_on": "ends_on",
    }
)
"""The parameter of `commitment.record` for each column."""

_GIVEN_ANEW: Final = frozenset({"note"})
"""Numbers of records: one that comes back may get another."""

_NAMED: Final = 5
"""Subjects that a sentence names, at most."""
