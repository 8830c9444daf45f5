"""Working out the facts of very many customers in two processes: this one, which has the database, and another one.

The other one is given what the database has of some customers, and gives back their facts. As long as it is not done
with that, this one works out the facts of the next ones itself, so that neither waits for the other. Where the other
one is gone, this one does it all.
"""

from __future__ import annotations

import marshal
from collections import deque
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from itertools import chain
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Final

from viptui.data.facts import Derive, FactValues, Purchases, derive_here, values_of
from viptui.data.sql import fetch, is_sqlite
from viptui.importing.processes import begun_apart

MANY: Final = 50_000
"""Customers from which it pays: a process takes half a second to begin."""

AHEAD: Final = 2
"""Batches that the other process has at once: one to work on and the next one.

They and what comes of them fit into the line between the two, so that they never wait for each other to read.
"""


@contextmanager
def facts_apart() -> Iterator[Derive]:
    """How to work out the facts of the customers whose rows have changed."""
    ((customers,),) = fetch("SELECT COUNT(*) FROM import_touched")
    if customers < MANY or not is_sqlite():
        yield derive_here
        return
    ours, theirs = Pipe()
    with closing(ours), begun_apart(work_out, theirs, name="viptui-facts"):
        theirs.close()
        yield partial(in_both, ours)


def in_both(other: Connection, batches: Iterator[Purchases]) -> Iterator[FactValues]:
    """The facts of all batches, in whatever order."""
    given: deque[Purchases] = deque()
    try:
        for batch in batches:
            while given and other.poll():
                yield _received(other, given)
            if len(given) == AHEAD:
                yield values_of(batch)
                continue
            given.append(batch)
            other.send_bytes(marshal.dumps(batch))
        while given:
            yield _received(other, given)
    except (EOFError, OSError):  # it is gone
        yield from derive_here(chain(given, batches))


def work_out(asker: Connection) -> None:
    """What the other process does, until there is nobody who asks."""
    with suppress(EOFError, OSError):
        while True:
            batch: Purchases = marshal.loads(asker.recv_bytes())  # noqa: S302 - from our own process
            asker.send_bytes(marshal.dumps(values_of(batch)))


def _received(other: Connection, given: deque[Purchases]) -> FactValues:
    values: FactValues = marshal.loads(other.recv_bytes())  # noqa: S302 - from our own process
    given.popleft()
    return values
