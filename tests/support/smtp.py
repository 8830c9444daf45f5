"""A real SMTP server that behaves as badly as a test asks for."""

from __future__ import annotations

import asyncio
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, Final

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from viptui.mail.settings import Password, Server

HANGS: Final = "hangs"
"""The server never answers."""
DROPS: Final = "drops"
"""The server closes the connection instead of answering."""

Answers = Callable[[Envelope], str]


@dataclass
class Arrived:
    """A mail as the server got it."""

    sender: str
    recipients: list[str]
    message: EmailMessage

    @property
    def text(self) -> str:
        """Its body."""
        return str(self.message.get_content()).replace("\r\n", "\n")


@dataclass
class Mailbox:
    """A server's rules, and what has arrived."""

    on_data: Answers = lambda _: "250 taken"
    """Answers a whole message; what it answers with 250, and all that is not answered for `LOSES`, has arrived."""
    on_recipient: Callable[[str], str] = lambda _: "250 fine"
    keeps: Callable[[str], bool] = lambda answer: not answer.startswith(("4", "5"))
    arrived: list[Arrived] = field(default_factory=list)
    sessions: int = 0
    logins: list[tuple[str, str]] = field(default_factory=list)
    let_go: threading.Event = field(default_factory=threading.Event)
    """Ends what hangs."""
    port: int = 0

    def server(self, **options: Any) -> Server:
        """Settings that lead here."""
        return Server(**{"host": "127.0.0.1", "port": self.port, "security": "none", "timeout": 5.0} | options)

    # Called by aiosmtpd

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        answer = self.on_recipient(address)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return await self._answer(server, answer)

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self.on_data(envelope)
        if self.keeps(answer):
            content = envelope.original_content or b""
            message = message_from_bytes(content, policy=default)
            assert isinstance(message, EmailMessage)
            self.arrived.append(Arrived(str(envelope.mail_from), list(envelope.rcpt_tos), message))
        return await self._answer(server, answer)

    async def _answer(self, server: SMTP, answer: str) -> str:
        if answer == HANGS:
            while not self.let_go.is_set():
                await asyncio.sleep(0.02)
        if answer in (HANGS, DROPS):
            assert server.transport is not None
            server.transport.abort()
            await asyncio.sleep(3600)
        return answer


class _OnAFreePort(Controller):
    """A server that lets the system choose its port."""

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mail_server(mailbox: Mailbox | None = None, **options: Any) -> Iterator[Mailbox]:
    """A server on a port of its own; its mailbox."""
    mailbox = mailbox or Mailbox()
    controller = _OnAFreePort(mailbox, hostname="127.0.0.1", port=0, **options)
    controller.start()
    try:
        mailbox.port = controller.port
        yield mailbox
    finally:
        mailbox.let_go.set()
        controller.stop()


def login_of(mailbox: Mailbox, user: str, password: str) -> Callable[..., AuthResult]:
    """An authenticator that lets one user in."""

    def check(_server: object, _session: object, _envelope: object, _mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        mailbox.logins.append((data.login.decode(), data.password.decode()))
        return AuthResult(success=mailbox.logins[-1] == (user, password), handled=False)

    return check


def certificate(folder: Path, name: str = "localhost") -> tuple[ssl.SSLContext, Path]:
    """A server's side of TLS with a certificate for a name, and the file that makes a client trust it."""
    key, cert = folder / "key.pem", folder / "cert.pem"
    command = [
        *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
        *("-keyout", str(key), "-out", str(cert), "-days", "2", "-subj", f"/CN={name}"),
        *("-addext", f"subjectAltName=DNS:{name}"),
    ]
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return context, cert


def knows(password: str) -> Password:
    """A source of that password."""
    return lambda: password
