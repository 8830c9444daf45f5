"""Whom the cursor follows from list to list, and since when news are kept back. No widget, no database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from viptui.rows import CustomerRow

if TYPE_CHECKING:
    from datetime import datetime

    from viptui.data.snapshot import Snapshot
    from viptui.rules.listing import Listing


class Followed:
    """The customer that the cursor follows, if any, and whether the list that is shown has it."""

    def __init__(self) -> None:
        self.customer: CustomerRow | None = None
        """As it was when somebody began to follow it."""
        self.is_here = False
        self.has_left = False
        """Whether the list that is shown had it when it was read before, and nobody has been told."""
        self.paused_at: datetime | None = None
        """Since when nothing is brought up to date by itself."""

    def follow(self, row: CustomerRow | None) -> None:
        """Follow a customer of the list that is shown, or nobody."""
        self.customer, self.is_here, self.has_left = row, row is not None, False

    def is_about(self, customer_id: int) -> bool:
        """Whether this is the customer."""
        return self.customer is not None and self.customer.id == customer_id

    def asked(self, listing: Listing, shown: Listing | None) -> Mapping[str, Any]:
        """How a list is to be read: the cursor goes to whom it follows where another list is asked for."""
        if self.customer is None:
            return {}
        return {"followed": self.customer.id, "goes_there": listing != shown}

    def read(self, listing: Listing, shown: Listing | None, snapshot: Snapshot) -> bool:
        """Take what a list that was read says of it; whether the cursor goes there from another list."""
        self.has_left = listing == shown and self.is_here and not snapshot.has_followed
        self.is_here = snapshot.has_followed
        return self.is_here and listing != shown
