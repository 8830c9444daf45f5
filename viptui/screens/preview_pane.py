"""The preview below the list: it follows the cursor once that rests."""

from __future__ import annotations

import asyncio
from typing import Final

from viptui.rows import CustomerRow
from viptui.screens.base import ServiceScreen
from viptui.widgets.customer_table import CustomerTable
from viptui.widgets.lines import Lines

DELAY: Final = 0.12
"""Seconds that the cursor rests before the preview follows: a held key does not query each customer."""

FROM_HEIGHT: Final = 30
"""Lines of the terminal from which the preview is shown unasked."""


class PreviewPane:
    """Reads the customer under the cursor and shows it in a few lines."""

    def __init__(self, screen: ServiceScreen, table: CustomerTable, lines: Lines) -> None:
        self._screen = screen
        self._table = table
        self._lines = lines
        self._lines.display = screen.app.size.height >= FROM_HEIGHT
        self.timer: asyncio.TimerHandle | None = None
        """Until when the cursor has to rest; a timer of Textual's would be a task for every key."""

    def toggle(self) -> None:
        """Show or hide the preview."""
        self._lines.display = not self._lines.display
        self.follow()

    def follow(self) -> None:
        """Show the customer under the cursor a moment from now, unless the cursor moves on."""
        if self.timer is not None:
            self.timer.cancel()
        if not self._lines.display:
            return
        row = self._table.current
        if row is None:
            self._lines.show()
            return
        self.timer = asyncio.get_running_loop().call_later(DELAY, self._screen.call_later, self._start, row)

    def _start(self, row: CustomerRow) -> None:
        self._screen.start("preview", self._load, row)

    async def _load(self, row: CustomerRow) -> None:
        from viptui.data.details import customer_detail
        from viptui.screens.preview import preview_lines

        services = self._screen.services
        detail = await services.ask(customer_detail, row.vip_id, services.me)
        if detail is None or (current := self._table.current) is None or current.id != row.id:
            return
        standing = self._table.standing_of(detail.row)
        self._lines.show(*preview_lines(detail, standing, services.today(), services.policy))
