"""Whom somebody has snoozed: read for one customer, for the rows of a page, and counted for the badges."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from viptui.data.conditions import fulfils, managed
from viptui.data.sql import civil, execute, fetch
from viptui.data.where import Where
from viptui.rows import CustomerRow
from viptui.rules.filters import CustomerFilter, criteria
from viptui.rules.folding import key_of
from viptui.rules.policy import VipPolicy
from viptui.rules.snooze import Asleep, Snooze, asleep


def count_asleep(
    login: str, today: date, policy: VipPolicy, managed_by: str | None = None
) -> Mapping[CustomerFilter, int]:
    """How many customers, of everybody or of one team member, each tab does without for this login on ``today``.

    Costs what the login has snoozed, however many customers there are; tabs that hide nobody are not named.
    """
    mine = (key_of(login), today.isoformat())
    tabs = fetch("SELECT DISTINCT s.tab FROM snooze s WHERE s.login = ? AND s.until_on > ?", mine)
    counts = {tab: _count(mine, tab, today, policy, managed_by) for tab in map(CustomerFilter, _sorted(tabs))}
    return {tab: count for tab, count in counts.items() if count}


def asleep_among(login: str, rows: Iterable[CustomerRow], today: date, policy: VipPolicy) -> Mapping[int, Asleep]:
    """Who of these customers is left out of a tab on ``today``, by their ids."""
    facts = {row.id: row.facts for row in rows}
    found = {each: asleep(some, facts[each], today, policy) for each, some in snoozes_of(login, [*facts]).items()}
    return {each: what for each, what in found.items() if what.tabs}


def snoozes_of(login: str, customer_ids: Sequence[int]) -> Mapping[int, Sequence[Snooze]]:
    """All that a login has snoozed of these customers, past ones too, by the customers' ids."""
    found: defaultdict[int, list[Snooze]] = defaultdict(list)
    for start in range(0, len(customer_ids), _AT_ONCE):
        some = customer_ids[start : start + _AT_ONCE]
        statement = f"{_SNOOZES} AND customer_id IN ({', '.join('?' * len(some))})"
        for customer, tab, until in fetch(statement, (key_of(login), *some)):
            if (until_on := civil(until)) is not None:
                found[customer].append(Snooze(CustomerFilter(tab), until_on))
    return found


def returned_to(tab: CustomerFilter, login: str, today: date) -> Where:
    """The statement for the ids of whom the login has snoozed in a tab, and who is back since it last looked there.

    A look has seen who was back on the latest day that had been evaluated by then, as it has seen who had crossed.
    """
    return Where(f"{_RETURNED} AND s.login = ? AND s.tab = ?", (today.isoformat(), key_of(login), tab))


def forget_those_over(today: date) -> None:
    """Remove the snoozes that are over by today and no news any more; only inside a `write_transaction`.

    Nothing asks for them: what takes back or replaces a snooze sees only those that hold.
    """
    execute(_FORGET, (today.isoformat(),))


def move_snoozes(login: str, to: str) -> None:
    """Hand what a login has snoozed to another one, but for what that has snoozed itself; in a `write_transaction`."""
    execute(_MOVE, (key_of(to), key_of(login), key_of(to)))


def _count(mine: tuple[str, str], tab: CustomerFilter, today: date, policy: VipPolicy, managed_by: str | None) -> int:
    here = fulfils(criteria(tab, today, policy)) & managed(managed_by)
    ((count,),) = fetch(f"{_COUNT} AND {here.sql}", (*mine, tab, *here.parameters))
    return int(count)


def _sorted(rows: Iterable[Sequence[str]]) -> list[str]:
    return sorted(tab for (tab,) in rows)


# CROSS JOIN tells SQLite to begin with the few that are snoozed rather than with the customers.
_COUNT: Final = (
    "SELECT COUNT(*) FROM snooze s CROSS JOIN customer c "
    "WHERE c.id = s.customer_id AND s.login = ? AND s.until_on > ? AND s.tab = ?"
)

_SNOOZES: Final = "SELECT customer_id, tab, until_on FROM snooze WHERE login = ?"

_SEEN: Final = (
    "(SELECT MAX(e.evaluated_on) FROM look l CROSS JOIN evaluation e "
    "WHERE l.login = s.login AND l.tab = s.tab AND e.evaluated_at <= l.looked_at)"
)
"""The latest day that had been evaluated when whose snooze it is last looked at the tab."""

_RETURNED: Final = f"SELECT s.customer_id FROM snooze s WHERE s.until_on <= ? AND s.until_on > {_SEEN}"

_FORGET: Final = f"DELETE FROM snooze AS s WHERE s.until_on <= ? AND COALESCE(s.until_on <= {_SEEN}, TRUE)"

_MOVE: Final = (
    "UPDATE snooze SET login = ? WHERE login = ? AND NOT EXISTS (SELECT 1 FROM snooze own "
    "WHERE own.login = ? AND own.tab = snooze.tab AND own.customer_id = snooze.customer_id)"
)

_AT_ONCE: Final = 500
"""Ids in one statement: every database takes as many."""
