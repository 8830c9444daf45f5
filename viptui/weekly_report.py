"""The weekly report: what it knows of whose customers, and how it is written as a mail. Pure functions."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Final, NamedTuple

from viptui.dashboard_rows import MemberLoad
from viptui.events import CrossingKind
from viptui.rules.authorization import AuthorizationState
from viptui.rules.filters import TITLES, CustomerFilter
from viptui.rules.query_words import MANAGER, NOBODY
from viptui.rules.renewal import RenewalPhase
from viptui.text import fitted, visible, width_of

Whose = str | None
"""Login of whoever manages the customers; empty: nobody; None: everybody's."""

WIDTH: Final = 76
"""Cells of a line."""

_VIP_ID: Final = 20
"""Characters of most VIP IDs."""


class PastDueCustomer(NamedTuple):
    """A customer with an open Purchase Authorization that is overdue."""

    vip_id: str
    organization_name: str
    managed_by: str | None
    days_past_due: int
    state: AuthorizationState
    suspended_on: date
    """The day on which its oldest one is suspended, or was."""
    authorizations: tuple[str, ...]
    """Numbers of the open ones, the oldest first."""
    licences: int
    """On them."""


class RenewingCustomer(NamedTuple):
    """A customer whose anniversary comes near, or has passed with something left to renew."""

    vip_id: str
    organization_name: str
    managed_by: str | None
    anniversary_on: date | None
    days: int | None
    """To the anniversary; below 0: it has passed."""
    phase: RenewalPhase
    grace_days_left: int | None
    licences: int
    """That are not renewed yet."""


class Portion(NamedTuple):
    """Somebody's customers, the most urgent of them by name."""

    whose: Whose
    counts: Mapping[CustomerFilter, int]
    past_due: tuple[PastDueCustomer, ...]
    ready: tuple[RenewingCustomer, ...]
    upcoming: tuple[RenewingCustomer, ...]
    suspended: int = 0
    """Of those past due."""
    late: int = 0
    """Of those ready for renewal."""


class Crossed(NamedTuple):
    """A customer that has crossed a line."""

    vip_id: str
    organization_name: str
    kind: CrossingKind
    on: date


class Changes(NamedTuple):
    """What the evaluations have recorded since a day."""

    since: date
    """The evaluated day of a week ago or before; if there is none, the first one."""
    crossings: Mapping[CrossingKind, int]
    """Customers that crossed a line after that day."""
    worst: tuple[Crossed, ...]
    """Those that matter most, by name."""
    before: Mapping[CustomerFilter, int] | None = None
    """What the tabs counted on that day; nobody has counted it for a single member."""


class Weekly(NamedTuple):
    """A report."""

    day: date
    name: str
    """Who reads it."""
    portion: Portion
    changes: Changes | None
    """None: nothing is recorded."""
    team: tuple[MemberLoad, ...] = ()
    portions: tuple[Portion, ...] = ()
    """In the report on a whole team, everybody's for itself."""


def values(report: Weekly) -> dict[str, str]:
    """What the texts of the mail can name."""
    portion, counts = report.portion, report.portion.counts
    past_due, ready, upcoming = counts[_PAST_DUE], counts[_READY], counts[_UPCOMING]
    renewals = ("\n".join(renewal_lines(portion, _READY)), "\n".join(renewal_lines(portion, _UPCOMING)))
    return {
        "name": report.name,
        "day": report.day.isoformat(),
        "customers": f"{counts[CustomerFilter.ALL]:,}",
        "past_due": f"{past_due:,}",
        "past_due_right": f"{past_due:>9,}",
        "suspended": f"{portion.suspended:,}",
        "ready_right": f"{ready:>9,}",
        "late": f"{portion.late:,}",
        "upcoming_right": f"{upcoming:>9,}",
        "renewals": f"{ready + upcoming:,}",
        "past_due_list": "\n".join(past_due_lines(portion)),
        "ready_list": renewals[0],
        "upcoming_list": renewals[1],
        "renewal_list": "\n".join(renewals),
        "since": "a week ago" if report.changes is None else report.changes.since.isoformat(),
        "changes": "\n".join(change_lines(report)),
        "team": "\n".join(team_lines(report.team)),
        "portions": "\n\n".join("\n".join(portion_lines(each)) for each in report.portions),
    }


def past_due_lines(portion: Portion) -> Iterator[str]:
    """Two lines a customer, the worst first; then how to see the others."""
    for each in portion.past_due:
        yield _head(each.organization_name, each.vip_id, f"{each.days_past_due:,}d late")
        verb = "suspended since" if each.state is AuthorizationState.SUSPENDED else "will be suspended on"
        oldest, *others = each.authorizations or ("no PA",)
        more = f" and {len(others)} more" if others else ""
        yield from _below(f"{verb} {each.suspended_on}; {oldest}{more}, {_licences(each.licences)}")
    yield from _more(portion, _PAST_DUE, len(portion.past_due))


def renewal_lines(portion: Portion, tab: CustomerFilter) -> Iterator[str]:
    """Two lines a customer, by anniversary; then how to see the others."""
    named = portion.ready if tab is _READY else portion.upcoming
    for each in named:
        yield _head(
            each.organization_name, each.vip_id, "" if each.anniversary_on is None else str(each.anniversary_on)
        )
        yield from _below(f"{_when(each)}; {_licences(each.licences)} to renew")
    yield from _more(portion, tab, len(named))


def change_lines(report: Weekly) -> Iterator[str]:
    """What has changed, counts first."""
    changes = report.changes
    if changes is None:
        yield "  Nothing was recorded before today: 'viptui worker' does so every day."
        return
    if changes.before is not None:
        for tab in (_PAST_DUE, _READY, _UPCOMING):
            was, now = changes.before.get(tab), report.portion.counts[tab]
            if was is not None:
                yield f"  {TITLES[tab]:<24}{was:>9,} then  {now:>9,} now  {now - was:>+8,}"
    for kind, words in _CROSSINGS.items():
        yield f"  {words:<24}{changes.crossings.get(kind, 0):>9,}"
    for each in changes.worst:
        yield _head(each.organization_name, each.vip_id, f"{each.kind} {each.on:%m-%d}")
    grave = sum(changes.crossings.get(kind, 0) for kind in GRAVE)
    if grave > len(changes.worst):
        yield f"  and {grave - len(changes.worst):,} more that were suspended or have lapsed"


def team_lines(team: Sequence[MemberLoad]) -> Iterator[str]:
    """A line a member, and one for nobody's customers."""
    titles = ("customers", "past due", "ready", "upcoming")
    yield f"  {'':<24}" + "".join(f" {title:>10}" for title in titles)
    for each in team:
        numbers = (each.customers, each.past_due, each.ready, each.upcoming)
        yield f"  {fitted(each.login or '(nobody)', 24)}" + "".join(f" {number:>10,}" for number in numbers)


def portion_lines(portion: Portion) -> Iterator[str]:
    """What one of the team has to do."""
    counts = portion.counts
    title = f"{visible(portion.whose or '(nobody)')}: {counts[_PAST_DUE]:,} past due, {counts[_READY]:,} ready, "
    title += f"{counts[_UPCOMING]:,} upcoming"
    yield from (title, "-" * width_of(title))
    parts = (
        ("Past due", past_due_lines(portion)),
        ("Renewal window open", renewal_lines(portion, _READY)),
        ("Upcoming renewals", renewal_lines(portion, _UPCOMING)),
    )
    for (heading, lines), tab in zip(parts, (_PAST_DUE, _READY, _UPCOMING), strict=True):
        if counts[tab]:
            yield from chain(("", f"{heading}:", ""), lines)


def command_line(tab: CustomerFilter, whose: Whose) -> str:
    """What lists all of them."""
    words = ["viptui", "list", "--filter", tab.value]
    if whose is not None:
        words += ["--managed-by", whose] if whose else ["--where", f"{MANAGER}:{NOBODY}"]
    return shlex.join(words)


def _head(name: str, vip_id: str, last: str) -> str:
    """A customer's line: the name gives way where there is no room."""
    right = f"{visible(vip_id):<{_VIP_ID}}  {last:>14}"
    return f"  {fitted(' '.join(name.split()), max(8, WIDTH - 4 - width_of(right)))}  {right}".rstrip()


def _below(text: str) -> Iterator[str]:
    yield f"      {text}"


def _when(each: RenewingCustomer) -> str:
    days = each.days or 0
    if each.phase is RenewalPhase.LATE:
        return f"late for {-days:,} day{'' if days == -1 else 's'}, {each.grace_days_left or 0:,} days of grace left"
    when = "today" if days == 0 else f"in {days:,} day{'' if days == 1 else 's'}"
    return f"window open, anniversary {when}" if each.phase is RenewalPhase.READY else f"{each.phase}, {when}"


def _more(portion: Portion, tab: CustomerFilter, named: int) -> Iterator[str]:
    left = portion.counts[tab] - named
    if left > 0:
        yield f"  and {left:,} more: {command_line(tab, portion.whose)}"
    elif not named:
        yield "  none"


def _licences(number: int) -> str:
    return f"{number:,} licence{'' if number == 1 else 's'}"


GRAVE: Final = (CrossingKind.SUSPENDED, CrossingKind.LAPSED)
"""The lines behind which something is lost."""

_CROSSINGS: Final[Mapping[CrossingKind, str]] = {
    CrossingKind.OVERDUE: "became past due",
    CrossingKind.SUSPENDED: "were suspended",
    CrossingKind.UPCOMING: "became upcoming",
    CrossingKind.READY: "opened their window",
    CrossingKind.LATE: "became late",
    CrossingKind.LAPSED: "have lapsed",
}

_PAST_DUE: Final = CustomerFilter.PAST_DUE
_READY: Final = CustomerFilter.READY_FOR_RENEWAL
_UPCOMING: Final = CustomerFilter.UPCOMING_RENEWALS
