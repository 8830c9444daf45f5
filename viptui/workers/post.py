"""The post of a program that a person works with: each round on a thread that nobody waits for.

A mail server may hang for as long as it likes: neither a key nor a query of the data threads waits behind it, nor
does leaving.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from threading import Event, Thread
from typing import TYPE_CHECKING, Final

from viptui.data.database import connected
from viptui.events import MailDelivered

if TYPE_CHECKING:
    from peewee import Database

    from viptui.mail.settings import MailSettings
    from viptui.mail.transport import Transport

MAILS_OF_A_ROUND: Final = 200

SECONDS_TO_END: Final = 2.0
"""How long leaving waits until what came of the mail that is under way is noted."""


class Post:
    """Delivers the outbox of an open database; one round at a time."""

    def __init__(self, database: Database, settings: MailSettings, now: Callable[[], datetime]) -> None:
        self._database = database
        self._settings = settings
        self._now = now
        self._transport: Transport | None = None
        self._thread: Thread | None = None
        self._is_over = Event()
        self.is_busy = False
        """Whether a round is under way."""

    def begin_round(self) -> Future[MailDelivered]:
        """Begin to send what is due. A round that is under way must have ended before."""
        answer: Future[MailDelivered] = Future()
        self.is_busy = True
        self._thread = Thread(target=self._answer, args=(answer,), name="post", daemon=True)
        self._thread.start()
        return answer

    def close(self) -> None:
        """Cut short what is under way, and give it a moment to be noted."""
        self._is_over.set()
        if self._transport is not None:
            self._transport.abort()
        if self._thread is not None:
            self._thread.join(SECONDS_TO_END)

    def _answer(self, answer: Future[MailDelivered]) -> None:
        answer.set_running_or_notify_cancel()
        try:
            done = self._round()
        except BaseException as error:  # noqa: BLE001 # whoever asked gets it, as from an executor
            self.is_busy = False
            answer.set_exception(error)
        else:
            self.is_busy = False
            answer.set_result(done)

    def _round(self) -> MailDelivered:
        from viptui.data.outbox import count_unsettled, is_there_work

        try:
            with connected(self._database):
                is_needed = is_there_work(self._now())
            done = self._deliver() if is_needed else MailDelivered()
            with connected(self._database):
                return done._replace(unsettled=count_unsettled())
        finally:
            self._database.close()  # the connection of this thread

    def _deliver(self) -> MailDelivered:
        """Only where there is something to do: the libraries that send mail take a while to load."""
        from viptui.mail.transport import transport_of
        from viptui.workers.deliver_mail import deliver_mail

        self._transport = transport_of(self._settings)
        return deliver_mail(
            self._transport,
            self._settings.sender,
            self._now,
            limit=MAILS_OF_A_ROUND,
            is_over=self._is_over.is_set,
        )
