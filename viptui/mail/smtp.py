"""Sending over SMTP: every failure is told apart by whether the mail may have arrived."""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from threading import Timer
from typing import Final

from viptui.errors import SettingsError
from viptui.mail.settings import Server
from viptui.mail.transport import PermanentFailure, TemporaryFailure, UnknownOutcome

PATIENCE: Final = 4
"""How many time limits of a single answer all the answers to one mail may take: a server may trickle."""

LONGEST_REPLY: Final = 300
"""Characters of a server's answer that are kept."""


class SmtpTransport:
    """One connection to a mail server, made when the first mail needs it and again after it was lost."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._line: smtplib.SMTP | None = None

    def connect(self) -> None:
        """Connect, protect the line and log in."""
        if self._line is not None:
            return
        server = self._server
        secrets = _Secrets(server.user, server.password() if server.password else None)
        try:
            context = None if server.security == "none" else _context(server)
            with self._in_time(self._new_line(context)) as line:
                _greet(line, server)
                if server.security == "starttls":
                    _expect(2, *line.starttls(context=context))
                    _expect(2, *line.ehlo())
                if secrets.user is not None:
                    line.login(secrets.user, secrets.password)
        except OSError as error:  # smtplib's and ssl's errors are all of this kind
            self._drop()
            reason = secrets.hidden_in(_reason(error)) + _advice(error, server.security)
            raise TemporaryFailure(f"{self._host} cannot be used: {reason}.", is_silent=True) from None
        except UnicodeError:  # its text would quote the password
            self._drop()
            raise TemporaryFailure(f"{self._host} cannot be used: the login must be ASCII.", is_silent=True) from None

    def send(self, message: EmailMessage) -> None:
        """Hand one message over for its one recipient."""
        line = self._line
        if line is None:
            raise TemporaryFailure("The connection is gone.", is_silent=True)
        sender, recipient = (message[name].addresses[0].addr_spec for name in ("From", "To"))
        content = _LINE_WITH_DOT.sub(b"..", message.as_bytes())
        with self._in_time(line):
            try:
                _expect(2, *line.mail(sender))
                _expect(2, *line.rcpt(recipient))
                _expect(3, *line.docmd("DATA"))
                line.send(content + b".\r\n")  # if this fails, its end has not reached the server
            except smtplib.SMTPResponseException as refusal:
                self._refuse(line, refusal)
            except OSError as error:
                self._drop()
                raise TemporaryFailure(f"{self._host} went away: {_reason(error)}.", is_silent=True) from None
            self._take_answer(line)

    def close(self) -> None:
        """Say goodbye."""
        if self._line is not None:
            with suppress(OSError), self._in_time(self._line):
                self._line.quit()
        self._drop()

    def abort(self) -> None:
        """Cut the line under whatever waits for an answer."""
        if self._line is not None:
            _cut(self._line)

    @property
    def _host(self) -> str:
        return f"{self._server.host}:{self._server.port}"

    def _new_line(self, context: ssl.SSLContext | None) -> smtplib.SMTP:
        server = self._server
        if server.security == "tls":
            line: smtplib.SMTP = smtplib.SMTP_SSL(timeout=server.timeout, context=context, local_hostname=_own_name())
        else:
            line = smtplib.SMTP(timeout=server.timeout, local_hostname=_own_name())
        line._host = server.host  # type: ignore[attr-defined] # the name in its certificate; set late, so that `abort` reaches it
        self._line = line
        return line

    def _take_answer(self, line: smtplib.SMTP) -> None:
        """What the server says once it has the whole message."""
        try:
            code, text = line.getreply()
        except OSError as error:
            self._drop()
            raise UnknownOutcome(
                f"{self._host} went away after it had the mail: {_reason(error)}. It may have arrived."
            ) from None
        if code // 100 == 2:
            return
        if code // 100 not in (4, 5):
            self._drop()
            raise UnknownOutcome(f"{self._host} gave an answer without meaning: {_told(code, text)}.")
        self._refuse(line, smtplib.SMTPResponseException(code, text))

    def _refuse(self, line: smtplib.SMTP, refusal: smtplib.SMTPResponseException) -> None:
        """Raise what a refusal means; the line stays good for the next mail, if the server lets it."""
        code = refusal.smtp_code
        try:
            if code == 421 or line.rset()[0] // 100 != 2:
                self._drop()
        except OSError:
            self._drop()
        reason = f"{self._host} answered {_told(code, refusal.smtp_error)}."
        if code // 100 == 5:
            raise PermanentFailure(reason) from None
        raise TemporaryFailure(reason) from None

    @contextmanager
    def _in_time(self, line: smtplib.SMTP) -> Iterator[smtplib.SMTP]:
        """Cut the line if all together takes too long."""
        timer = Timer(self._server.timeout * PATIENCE, _cut, (line,))
        timer.daemon = True
        timer.start()
        try:
            yield line
        finally:
            timer.cancel()

    def _drop(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None


class _Secrets:
    """A login, and how to keep it out of what a server says."""

    def __init__(self, user: str | None, password: str | None) -> None:
        self.user = user
        self.password = password or ""

    def hidden_in(self, text: str) -> str:
        """The text without the password, in clear or as the login sends it."""
        if not self.password:
            return text
        whole = f"\0{self.user}\0{self.password}"
        for secret in (self.password, *(b64encode(each.encode()).decode() for each in (self.password, whole))):
            text = text.replace(secret, "[password]")
        return text


def _greet(line: smtplib.SMTP, server: Server) -> None:
    _expect(2, *line.connect(server.host, server.port))
    line.ehlo_or_helo_if_needed()


def _expect(kind: int, code: int, text: bytes) -> None:
    if code // 100 != kind:
        raise smtplib.SMTPResponseException(code, text)


def _context(server: Server) -> ssl.SSLContext:
    """Verifies the server's certificate and its name, with the system's certificates and perhaps one more."""
    context = ssl.create_default_context()
    if server.ca_file is not None:
        try:
            context.load_verify_locations(server.ca_file)
        except ssl.SSLError:
            raise SettingsError(f"mail: ca_file {server.ca_file} has no certificate in PEM form.") from None
    return context


def _cut(line: smtplib.SMTP) -> None:
    """End the connection under whoever reads from it, on whatever thread; past what TLS would do to its own state."""
    if line.sock is not None:
        with suppress(OSError):
            socket.socket.shutdown(line.sock, socket.SHUT_RDWR)


def _own_name() -> str:
    """What to call oneself; without asking a name server, which might not answer."""
    name = socket.gethostname()
    return name if "." in name and name.isascii() else "[127.0.0.1]"


def _reason(error: OSError) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"it answered {_told(error.smtp_code, error.smtp_error)}"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted: {error.verify_message.rstrip('.')}"
    if _is_late(error):
        return "it did not answer in time"
    if isinstance(error, ssl.SSLError) and error.reason == "WRONG_VERSION_NUMBER":
        return "it does not begin with TLS"
    text = error.strerror if error.strerror and not isinstance(error, smtplib.SMTPException) else str(error)
    return " ".join(text.split()).rstrip(".")[:LONGEST_REPLY] or type(error).__name__


def _advice(error: OSError, security: str) -> str:
    """Which setting may be wrong where a server is found but cannot be talked to."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return "; [mail] ca_file can name one to trust" if error.verify_code in _UNKNOWN_SIGNER else ""
    if _is_late(error) or isinstance(error, ssl.SSLError | smtplib.SMTPNotSupportedError):
        return f'; perhaps its port wants another security than "{security}"'
    return ""


def _is_late(error: OSError) -> bool:
    """Whether the server has said nothing for too long; smtplib makes an error of its own of most of these."""
    return isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)


def _told(code: int, text: bytes | str) -> str:
    """A server's answer on one line."""
    words = text.decode(errors="replace") if isinstance(text, bytes) else text
    return f"{code} {' '.join(words.split())}".strip().rstrip(".")[:LONGEST_REPLY]


_UNKNOWN_SIGNER: Final = frozenset({18, 19, 20, 21})
"""Faults of a certificate that nobody known has signed.

Source: OpenSSL, x509_vfy.h, X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT and the three after it.
"""

_LINE_WITH_DOT: Final = re.compile(rb"(?m)^\.")
"""A line that begins with a dot gets another one. Source: RFC 5321, 4.5.2."""
