"""Keys in the order in which they were typed, however fast they come.

Textual hands keys on as they come: those that arrive in one piece, as over a slow line, would all go to the widget
that had the focus before the first of them.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from typing import TYPE_CHECKING, Any, Final

from textual.dom import DOMNode
from textual.events import Event

if TYPE_CHECKING:
    from textual.app import App

CALM: Final = 0.015
"""Seconds after which a key has taken effect, unless the event loop was busy all the while."""

LONGEST: Final = 2.0
"""Seconds after which the next key is handed on, whatever became of the one before."""


class TypedAhead:
    """Hands a key on at once; one that comes close behind another waits until that has taken effect.

    The effect of a key, on focus and screens too, comes about through the queues of the widgets. Only for a key that
    waits, or that was put into such a queue itself, are those queues followed: a single key of the list, or a held
    one, costs nothing.

    A screen can have keys held back until it is certain what they mean, for as long as that takes.
    """

    def __init__(
        self, app: App[Any], hand_on: Callable[[Event], Awaitable[bool]], holds: Callable[[Event], bool]
    ) -> None:
        self._app = app
        self._hand_on = hand_on
        self._holds = holds
        self._is_held = False
        """Whether the first of those that wait is held back."""
        self._waiting: deque[Event] = deque()
        self._following = 0
        """The number of the way that is followed, or was followed last."""
        self._handed_on = True
        """Whether something may not have taken effect yet: a key that was handed on, at first the start itself."""
        self._timer: asyncio.TimerHandle | None = None

    @property
    def waiting(self) -> bool:
        """Whether a key waits for the one before it to take effect."""
        return bool(self._waiting) and not self._is_held

    async def take(self, event: Event) -> None:
        """Hand the event on in its turn; one that leads out overtakes those that are held back."""
        self.go_on()  # what it waited for may have ended without a word
        overtakes = self._is_held and not self._holds(event)
        if overtakes or not (self._handed_on or self._is_held or self._holds(event)):
            await self._pass(event)
            return
        self._waiting.append(event)
        if len(self._waiting) == 1:
            await self._follow_up()

    def go_on(self) -> None:
        """Hand on what was held back, once what it waited for has taken effect."""
        if self._is_held and not (self._waiting and self._holds(self._waiting[0])):
            self._is_held = False
            self._app.call_later(self._follow_up)

    def forget(self) -> None:
        """Drop what is held back."""
        if self._is_held:
            self._waiting.clear()
            self._is_held = self._handed_on = False

    async def _pass(self, event: Event) -> None:
        self._handed_on = True
        at_once = await self._hand_on(event)
        if self._waiting:
            return
        if at_once:
            self._call(CALM, self._calm_down, asyncio.get_running_loop().time() + CALM)
        else:
            await self._follow_up()  # it is in a queue, and nobody knows how long

    def _call(self, seconds: float, function: Callable[..., None], *arguments: object) -> None:
        """Call something later instead of what was to be called before."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(seconds, function, *arguments)

    def _calm_down(self, due: float) -> None:
        """The key has taken effect; if the loop comes here late it was busy, perhaps with that very key."""
        now = asyncio.get_running_loop().time()
        if now - due > CALM:
            self._call(CALM, self._calm_down, now + CALM)
        else:
            self._handed_on = False

    async def _follow_up(self) -> None:
        """Hand the next key on, if one waits by then, once the one before it has taken effect."""
        self._following += 1
        self._call(LONGEST, self._give_up, self._following)
        await self._follow(iter(()), 2, self._following)

    def _give_up(self, number: int) -> None:
        """Somebody on the way is gone, or does not answer."""
        self._app.call_later(self._next, number)

    async def _follow(self, way: Iterator[DOMNode], rounds: int, number: int) -> None:
        """Go the way that a key goes, behind it, from queue to queue; the second round follows its consequences."""
        node = next(way, None)
        if node is not None:
            if not node.call_later(self._follow, way, rounds, number) and node is not self._app:
                await self._follow(way, rounds, number)  # a widget or a screen that has just been removed
        elif rounds:
            focused = self._app.focused or self._app.screen
            await self._follow(iter(focused.ancestors_with_self), rounds - 1, number)
        else:
            await self._next(number)

    async def _next(self, number: int) -> None:
        if number != self._following:
            return  # another way has overtaken this one
        self._following += 1
        if not self._waiting:
            self._handed_on = False
            return
        if self._holds(self._waiting[0]):
            self._is_held = True
            return
        event = self._waiting.popleft()
        await self._pass(event)
        if self._waiting:
            await self._follow_up()
