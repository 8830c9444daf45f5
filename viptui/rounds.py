"""What the interface does by itself beside whoever works: rounds of re-evaluation, and of delivering mail."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Final

from viptui.clock import seconds_to_midnight
from viptui.errors import ViptuiError
from viptui.pressed import pressed
from viptui.screens.base import beside
from viptui.text import visible

if TYPE_CHECKING:
    from viptui.app import ViptuiApp
    from viptui.events import Reevaluated
    from viptui.workers.post import Post

log: Final = logging.getLogger("viptui")

SECONDS_BETWEEN_DELIVERIES: Final = 20
"""Other programs write mails too; one is looked for as often as this."""


class Rounds:
    """The rounds of one program; what comes of them is published as an event."""

    def __init__(self, app: ViptuiApp) -> None:
        self._app = app
        self._services = app.services
        self._deliver_again = False
        """Whether mail was written while mail was being delivered."""
        self._mail_problem = ""
        """What went wrong with mail last: it is told once."""

    def begin(self) -> None:
        """Begin both, and repeat them until the end; days also change at midnight."""
        self.evaluate()
        self._app.set_interval(self._app.settings.evaluate_every_minutes * 60, self.evaluate)
        self.deliver()
        self._app.set_interval(SECONDS_BETWEEN_DELIVERIES, self.deliver)
        self._wait_for_midnight()

    def evaluate(self) -> None:
        """Start a round of the re-evaluation; one that has not begun yet is replaced."""
        self._app.workers.cancel_group(self._app, "evaluate")
        beside(self._app, "evaluate", self._evaluate)

    def deliver(self) -> None:
        """Begin a round of delivering mail, or have one follow that is under way."""
        post = self._services.post()
        if post is None:
            return
        self._deliver_again = post.is_busy
        if not post.is_busy:
            beside(self._app, "deliver", self._deliver, post)

    def _wait_for_midnight(self) -> None:
        self._app.set_timer(seconds_to_midnight(self._services.clock) + 1, self._on_midnight)

    def _on_midnight(self) -> None:
        self.evaluate()
        self._wait_for_midnight()

    async def _evaluate(self) -> None:
        if self._services.read_only_by:
            return
        try:
            await self._services.ask(bool)  # first comes whatever somebody waits for
            event = await self._services.in_background(self._evaluate_in_thread)
        except ViptuiError as error:
            log.warning("evaluation failed: %s", type(error).__name__)
            self._app.notify(visible(f"Not evaluated. {error}"), severity="warning", markup=False)
            return
        log.info("evaluated %s, crossings %s", event.evaluated_on, sum(event.crossings.values()))
        self._app.changes.publish(event)

    def _evaluate_in_thread(self) -> Reevaluated:
        from viptui.data.crossings import ensure_looks
        from viptui.workers.reevaluate import reevaluate  # on this thread it keeps no key waiting

        services = self._services
        ensure_looks(services.me, services.now())
        today = services.clock.today()  # whatever day is looked at
        return reevaluate(now=services.now(), today=today, policy=services.policy, evaluator=services.me)

    async def _deliver(self, post: Post) -> None:
        """Deliver on a thread of its own, and tell what came of it; the same problem is told once."""
        try:
            done = await asyncio.wrap_future(post.begin_round())
        except ViptuiError as error:
            log.warning("no mail delivered: %s", type(error).__name__)
            self._tell_mail_problem(str(error))
            return
        if not done.is_quiet:
            log.info("mail: %s sent, %s postponed, %s failed", done.sent, done.postponed, done.failed + done.unknown)
            self._tell_mail_problem(
                f"{done.problem} {pressed('app.outbox', 'O')} shows the outbox." if done.problem else ""
            )
        self._app.changes.publish(done)
        if self._deliver_again:
            self.deliver()

    def _tell_mail_problem(self, problem: str) -> None:
        if problem and problem != self._mail_problem:
            self._app.notify(visible(problem), severity="warning", markup=False)
        self._mail_problem = problem
