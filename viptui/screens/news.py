"""Going through what came into a tab since it was last looked at."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from viptui.rules.filters import TITLES
from viptui.screens.customer_list import Asked, CustomerList
from viptui.screens.verbs import ActingScreen


class NewsScreen(ActingScreen):
    """A list some of whose customers may be new to who looks at it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("N", "news", show=False, id="list.news", tooltip="Next customer that came in since I last looked (+)"),
    ]

    _list: CustomerList

    def action_news(self) -> None:
        """Go to the next customer that is new here."""
        if self.services.is_away:
            self.tell("What is new is told as of today only: = goes back to it.")
        else:
            self.start("list", self._go_to_news)

    async def _load(self, asked: Asked) -> None:
        """Show the list that was asked for."""
        raise NotImplementedError

    async def _go_to_news(self) -> None:
        if await self._list.go_to_news():
            await self._load(self._list.ask())
        elif self._list.news:
            self.tell("No other customer came in since you last looked at this tab.")
        else:
            self.tell(f"Nobody came into {TITLES[self._list.tab]} since you last looked at it.")
