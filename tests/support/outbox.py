"""An outbox with mails in it, and a way out that answers as it is told."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage

from tests.support.clock import NOON, FixedClock
from viptui.data.models import OutboxMail
from viptui.events import MailDelivered
from viptui.mail.settings import Sender
from viptui.mail.transport import Transport
from viptui.workers.deliver_mail import deliver_mail

SENDER = Sender("Reseller", "licences@reseller.example")


class Answers:
    """A transport that answers as it is told, in turn; afterwards it takes everything."""

    def __init__(self, *answers: Exception | None, on_connect: Exception | None = None) -> None:
        self._answers = list(answers)
        self._on_connect = on_connect
        self.sent: list[EmailMessage] = []
        self.meanwhile: Callable[[], object] = lambda: None

    def connect(self) -> None:
        if self._on_connect is not None:
            raise self._on_connect

    def send(self, message: EmailMessage) -> None:
        self.meanwhile()
        answer = self._answers.pop(0) if self._answers else None
        if answer is not None:
            raise answer
        self.sent.append(message)

    def close(self) -> None: ...

    def abort(self) -> None: ...


def write_mails(number: int) -> None:
    for each in range(1, number + 1):
        OutboxMail.create(
            key=f"k{each}",
            message_id=f"<{each}@reseller.example>",
            recipient=f"contact{each}@customer.example",
            subject=f"Subject {each}",
            body=f"Text {each}\n",
            created_at=NOON,
        )


def deliver(transport: Transport, clock: FixedClock | None = None, *, limit: int = 1000) -> MailDelivered:
    return deliver_mail(transport, SENDER, (clock or FixedClock()).now, limit=limit)
