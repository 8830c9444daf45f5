"""Snoozing customers and waking them; it changes nothing of the customers themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from viptui.commands.act import Act, Outcome, Share
from viptui.commands.records import reject_if
from viptui.data.marked import rows_with
from viptui.data.models import Snooze as Stored
from viptui.data.snoozes import snoozes_of
from viptui.errors import Violation
from viptui.rows import CustomerRow
from viptui.rules import snooze as rules
from viptui.rules.day_words import resolve_day
from viptui.rules.filters import TITLES, CustomerFilter, filters_of
from viptui.rules.folding import key_of
from viptui.rules.parsing import ParseError
from viptui.rules.snooze import AWAKE, Snooze


@dataclass(frozen=True, slots=True, kw_only=True)
class SnoozeCustomers:
    """Leave customers out of the work tabs in which they stand."""

    vip_ids: tuple[str, ...]
    until: str | None = None
    """A day as it was typed, which is counted from the day of the act; None: the usual one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WakeCustomers:
    """Let customers come back."""

    vip_ids: tuple[str, ...]


class _Customer(NamedTuple):
    """A customer and what is snoozed of it."""

    row: CustomerRow
    snoozes: Sequence[Snooze]


def snooze_customers(command: SnoozeCustomers, act: Act) -> Outcome:
    """Snooze each of them in the tabs that it is in now; a day that was chosen before is replaced."""
    until_on, violations = _until(command.until, act.today)
    found = _customers(command.vip_ids, act)
    reject_if([*violations, *_unknown(command.vip_ids, found)])
    tabs = {each.row.id: _work_tabs(each.row, act) for each in found}
    moving = [each for each in found if tabs[each.row.id]]
    if not moving:
        message = f"{_these(found)}: in no tab that could do without {'it' if len(found) == 1 else 'them'}."
        reject_if([Violation("snooze.nowhere", message, "vip_ids")])
    after = {each.row.id: [Snooze(tab, until_on) for tab in tabs[each.row.id]] for each in moving}
    shares = _store(moving, after, act, f"until {until_on:%a} {until_on}")
    left = len(found) - len(moving)
    advice = f"{left:,} in no tab that could do without {'it' if left == 1 else 'them'}." if left else ""
    return _outcome(shares, moving, f"Snoozed {_these(moving)} until {until_on:%a} {until_on}.", advice)


def wake_customers(command: WakeCustomers, act: Act) -> Outcome:
    """Let those of them that are snoozed come back now."""
    found = _customers(command.vip_ids, act)
    reject_if(_unknown(command.vip_ids, found))
    moving = [each for each in found if _holding(each, act)]
    if not moving:
        message = f"{_these(found)}: you have not snoozed {'it' if len(found) == 1 else 'them'}."
        reject_if([Violation("snooze.awake", message, "vip_ids")])
    shares = _store(moving, {}, act, "no more")
    return _outcome(shares, moving, f"Woke {_these(moving)}: back in your work tabs.", "")


def _until(text: str | None, today: date) -> tuple[date, tuple[Violation, ...]]:
    """The day that is meant, and what speaks against it."""
    if text is None:
        return rules.usual_day(today), ()
    try:
        until_on = resolve_day(text, today)
    except ParseError as error:
        return today, (Violation("input.until", f"Until: {error}", "until"),)
    return until_on, rules.until_violations(until_on, today)


def _store(
    moving: Sequence[_Customer], after: Mapping[int, Sequence[Snooze]], act: Act, words: str
) -> tuple[Share, ...]:
    """Put these snoozes in the place of what the customers had; what stands in the history of each."""
    ids = [each.row.id for each in moving]
    login = key_of(act.actor)
    rows = [
        {"login": login, "customer": customer, "tab": each.tab.value, "until_on": each.until_on, "created_at": act.now}
        for customer, snoozes in after.items()
        for each in snoozes
    ]
    for start in range(0, len(ids), _AT_ONCE):
        some = Stored.customer.in_(ids[start : start + _AT_ONCE])
        Stored.delete().where(Stored.login == login, some).execute()
    for start in range(0, len(rows), _AT_ONCE):
        Stored.insert_many(rows[start : start + _AT_ONCE]).execute()
    return tuple(
        Share(
            customer_id=each.row.id,
            subject=each.row.vip_id,
            summary=f"{act.actor} snoozes {each.row.organization_name} {words}.",
            before=_told(_holding(each, act)),
            after=_told(after.get(each.row.id, ())),
        )
        for each in moving
    )


def _told(snoozes: Sequence[Snooze]) -> dict[str, Any]:
    """Snoozes as the history keeps them; those that are there at the same time all end on one day."""
    until_on = max((each.until_on for each in snoozes), default=None)
    return {
        "snoozed_until": AWAKE if until_on is None else until_on.isoformat(),
        "tabs": sorted(TITLES[each.tab] for each in snoozes),
    }


def _outcome(shares: tuple[Share, ...], moving: Sequence[_Customer], summary: str, advice: str) -> Outcome:
    told = (advice,) if advice else ()
    if len(moving) == 1:
        (only,) = shares
        return Outcome(
            summary=summary,
            subject=only.subject,
            customer_id=only.customer_id,
            before=only.before,
            after=only.after,
            advice=told,
        )
    return Outcome(summary=summary, after={"customers": len(moving)}, shares=shares, advice=told)


def _customers(vip_ids: Sequence[str], act: Act) -> list[_Customer]:
    """The customers with these VIP IDs that there are, in their order."""
    rows = rows_with(vip_ids)
    snoozes = snoozes_of(act.actor, [row.id for row in rows])
    return [_Customer(row, snoozes.get(row.id, ())) for row in rows]


def _work_tabs(row: CustomerRow, act: Act) -> list[CustomerFilter]:
    return [each for each in filters_of(row.facts, act.today, act.policy) if each in rules.WORK_TABS]


def _holding(each: _Customer, act: Act) -> list[Snooze]:
    """What is not over yet."""
    return [snooze for snooze in each.snoozes if snooze.until_on > act.today]


def _unknown(vip_ids: Sequence[str], found: Sequence[_Customer]) -> list[Violation]:
    if not vip_ids:
        return [Violation("snooze.nobody", "Choose at least one customer.", "vip_ids")]
    known = {key_of(each.row.vip_id) for each in found}
    return [
        Violation("snooze.customer", f"There is no customer {vip_id}: look it up with / in the list.", "vip_ids")
        for vip_id in vip_ids
        if key_of(vip_id) not in known
    ]


def _these(customers: Sequence[_Customer]) -> str:
    """The customers by name; of many the first, and how many there are."""
    names = ", ".join(each.row.organization_name for each in customers[:_NAMED])
    if len(customers) == 1:
        return names
    more = f" and {len(customers) - _NAMED:,} more" if len(customers) > _NAMED else ""
    return f"{len(customers):,} customers: {names}{more}"


_NAMED: Final = 5
"""Customers that a sentence names, at most."""

_AT_ONCE: Final = 100
"""Rows of one statement: every database takes as many parameters."""
