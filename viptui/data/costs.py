"""What it costs to reach rows, measured with SQLite 3.40 and a million customers, and what follows from that.

`viptui.data.ways` weighs by them what is cheapest.
"""

from __future__ import annotations

from typing import Final

LOOK: Final = 2.5
"""Microseconds for one row that is met on the way and looked at. Like the others: SQLite 3.40, a million rows."""

SIFT: Final = 0.3
"""Microseconds for one entry of an index that is looked up in a set of ids."""

COLLECT: Final = 0.35
"""Microseconds for one id that is put into the set."""

COLLECT_SHORT: Final = 0.8
"""The same for an id from all the triples that begin with a text of one or two characters."""

SORT: Final = 3.3
"""Microseconds for one row that is fetched by its id and sorted."""

BEGIN: Final = 50
"""Microseconds until one of many streams has its first row."""

FIRST_ROWS: Final = 1_000
"""Rows that are looked at before a search asks the index of triples: enough for texts that many customers have."""

MANY_ROWS: Final = 3_000
"""The same for the triples that begin with a text of one or two characters, which takes longer."""

MOST_ROWS: Final = 8_000
"""Rows that are looked at along the order if, by those that were, they are enough."""

MANY_ENTRIES: Final = 30_000
"""Entries that are sifted before a few customers are sorted: they may all stand at the other end."""

VERY_FEW: Final = 3_000
FEW: Final = 5_000
"""Customers that a search sorts at once, and those that it can sort at all without being felt."""

MANY: Final = 30_000
"""Customers in a filter of which some stand on a page that can be sorted before one would sift the whole index."""

RARE: Final = 500
"""Customers that are sorted as soon as a search is known to have no more."""

COUNTED_AT_ONCE: Final = 500
"""Customers found by a search that are looked at only to count those in a filter."""
