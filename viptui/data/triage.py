"""The triage session of a person: begun, kept at every step, told at the end."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from viptui.data.audit import Scope, walk_activity
from viptui.data.database import write_transaction
from viptui.data.fields import InstantField
from viptui.data.models import Triage as Kept
from viptui.data.queries import list_customers
from viptui.data.sql import fetch
from viptui.rules.filters import CustomerFilter
from viptui.rules.folding import key_of
from viptui.rules.listing import Listing
from viptui.rules.policy import VipPolicy
from viptui.rules.triage import LONGEST_QUEUE, Handled, Triage, words_of


def begin_triage(login: str, listing: Listing, today: date, policy: VipPolicy, now: datetime) -> Triage | None:
    """Begin with a list as it is at this moment, instead of what was begun before; None if nobody is in it."""
    rows = list_customers(listing, today, policy, limit=LONGEST_QUEUE)
    if not rows:
        return None
    queue = tuple(row.vip_id for row in rows)
    triage = Triage(filter=listing.filter, words=words_of(listing), queue=queue, position=0, reached=0, started_at=now)
    with write_transaction():
        Kept.delete().where(Kept.login == login).execute()
        Kept.create(
            login=login,
            tab=triage.filter.value,
            words=triage.words,
            queue=json.dumps(queue),
            position=0,
            reached=0,
            started_at=now,
        )
    return triage


def find_triage(login: str) -> Triage | None:
    """The session that this person has begun and not ended."""
    found = fetch("SELECT tab, words, queue, position, reached, started_at FROM triage WHERE login = ?", (login,))
    if not found:
        return None
    tab, words, queue, position, reached, started_at = found[0]
    moment = _INSTANT.python_value(started_at)
    if moment is None:
        raise ValueError("a triage session has no beginning")
    return Triage(CustomerFilter(tab), words, tuple(json.loads(queue)), position, reached, moment)


def keep_triage(login: str, triage: Triage) -> None:
    """Keep where somebody is."""
    with write_transaction():
        Kept.update(position=triage.position, reached=triage.reached).where(Kept.login == login).execute()


def end_triage(login: str) -> None:
    """Forget the session."""
    with write_transaction():
        Kept.delete().where(Kept.login == login).execute()


def handled(login: str, triage: Triage) -> tuple[Handled, ...]:
    """What this person has done since the session began, for each customer of the queue that was looked at."""
    seen = triage.queue[: triage.reached + 1]
    names = _names(seen)
    done: dict[str, list[str]] = {}
    for entry in walk_activity(scope=Scope(since=triage.started_at, actor=login)):
        if entry.vip_id is not None and entry.undone_by is None and entry.undoes is None:
            done.setdefault(key_of(entry.vip_id), []).append(entry.summary)
        elif entry.vip_id is None and entry.undone_by is None:  # of a customer that has been removed by it
            done.setdefault(key_of(entry.subject), []).append(entry.summary)
    return tuple(
        Handled(vip_id, names.get(key_of(vip_id), ""), tuple(reversed(done.get(key_of(vip_id), ())))) for vip_id in seen
    )


def _names(vip_ids: Sequence[str]) -> dict[str, str]:
    marks = ", ".join("?" for _ in vip_ids)
    rows = fetch(
        f"SELECT vip_key, organization_name FROM customer WHERE vip_key IN ({marks})", tuple(map(key_of, vip_ids))
    )
    return dict(rows)


_INSTANT: Final = InstantField()
