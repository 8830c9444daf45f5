"""Keeping what is typed into a form as a draft, while it is typed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, Final

from viptui.data.drafts import Typed, drop_draft, save_draft
from viptui.screens.base import ServiceScreen, beside

SECONDS_TO_KEEP: Final = 0.5
"""After so much time what was typed is kept."""


class Keeper:
    """Saves a form a moment after a key, beside what anybody waits for; one thread does it, in order."""

    def __init__(self, screen: ServiceScreen, form: str, subject: str, whom: str, typed: Callable[[], Typed]) -> None:
        self._screen = screen
        self._form, self._subject, self._whom = form, subject, whom
        self._typed = typed
        self._timer: asyncio.TimerHandle | None = None
        self._is_over = False
        self.request_id = ""
        """The request that the form will be sent as."""

    def keep_soon(self) -> None:
        """Keep what stands in the form in a moment, however many keys follow until then."""
        if self._timer is None and not self._is_over:
            self._timer = asyncio.get_running_loop().call_later(SECONDS_TO_KEEP, self._screen.call_later, self._keep)

    def drop(self) -> None:
        """Forget what was kept, also what is about to be."""
        self._stop()
        services = self._screen.services
        if not services.read_only:
            self._go_on(partial(services.in_background, drop_draft, services.me, self._form, self._subject))

    def end(self, *, dropped: bool) -> None:
        """The form goes: nothing is kept after this; what stands in it now is dropped, or kept for good."""
        self._is_over = True
        if dropped:
            self.drop()
        else:
            self._stop()
            self._go_on(self._save)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _keep(self) -> None:
        self._timer = None
        if not self._is_over:
            self._go_on(self._save)

    def _go_on(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Let something be finished also when the form is gone."""
        beside(self._screen.app, "draft", self._screen.guarded, work)

    async def _save(self) -> None:
        services = self._screen.services
        await services.in_background(
            save_draft,
            services.me,
            self._form,
            self._subject,
            self.request_id,
            self._whom,
            self._typed(),
            services.now(),
        )
