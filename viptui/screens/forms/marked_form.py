"""The form of an action on several customers: what is typed once holds for each of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final

from viptui.actions import Action
from viptui.errors import CommandRejected
from viptui.screens.acting import Target
from viptui.screens.bulk import Bulk
from viptui.screens.forms.action_form import ActionForm
from viptui.widgets.fields import Value

MARKED: Final = "marked"
"""What the form acts on, for its draft: which customers are marked is not kept with it."""


class MarkedForm(ActionForm):
    """Asks for what an action needs, and shows what would come of it on all of them."""

    def __init__(
        self,
        action: Action,
        whom: str,
        targets: Sequence[Target],
        *,
        hidden: Collection[Target],
        acted: Callable[[Collection[str]], object],
        only_look: bool = False,
        typed: Mapping[str, Value] | None = None,
    ) -> None:
        super().__init__(action, Target(MARKED, whom), only_look=only_look, typed=typed)
        self._bulk = Bulk(self, action, targets, hidden=hidden, acted=acted, begun=self._begin, ended=self._end)

    async def _send(self, *, only_look: bool) -> None:
        """Show what would come of it, which is also where it is confirmed."""
        await self._opened.wait()
        try:
            values = dict(self._extra.asked(self._pane.values(), self._filling.loaded))
            self._action.build(values, MARKED)
            only_look = only_look or self._only_look
            await self._bulk.begin(values, self._keeper.request_id, self._filling.typed, only_look=only_look)
        except CommandRejected as rejected:
            self._refuse(rejected.violations)
        finally:
            self._pane.work("")

    def _foresee(self) -> None:
        """Say nothing of single customers."""

    def _begin(self) -> None:
        self._pane.work("working…")

    def _end(self) -> None:
        self._keeper.end(dropped=True)
        self.app.pop_screen()
