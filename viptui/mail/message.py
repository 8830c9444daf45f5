"""A mail of the outbox as the message that travels: one recipient, headers that nothing can be smuggled into."""

from __future__ import annotations

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final, NamedTuple

from viptui.mail.settings import Sender, ascii_domain
from viptui.mail.transport import PermanentFailure
from viptui.rules.parsing import ParseError, parse_email


class Mail(NamedTuple):
    """What is to be sent."""

    message_id: str
    """The same at every attempt, so that a receiver can drop a second copy."""
    created_at: datetime
    recipient: str
    subject: str
    body: str


def compose(mail: Mail, sender: Sender) -> EmailMessage:
    """The message, in ASCII on the wire whatever the text.

    Raises:
        PermanentFailure: the address is not exactly one, or something in a header is not a plain line.
    """
    message = EmailMessage(policy=_POLICY)
    try:
        message["From"] = Address(sender.name, addr_spec=_ascii(sender.address))
        message["To"] = Address(addr_spec=_ascii(parse_email(mail.recipient)))
        message["Subject"] = _line(mail.subject, "subject")
        message["Date"] = mail.created_at
        message["Message-ID"] = _line(mail.message_id, "Message-ID")
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no absence notes in answer
        message.set_content(_plain(mail.body))
    except ParseError as error:
        raise PermanentFailure(f"The address cannot be used: {error}") from None
    except UnicodeError:
        raise PermanentFailure("The address has letters that not every mail server takes.") from None
    except ValueError as error:
        raise PermanentFailure(f"The mail cannot be written: {error}.") from None
    return message


def _ascii(address: str) -> str:
    """The address as every server takes it. Raises ``UnicodeError``."""
    local, _, _ = address.rpartition("@")
    local.encode("ascii")
    return f"{local}@{ascii_domain(address)}"


def _line(text: str, name: str) -> str:
    if not text.isprintable():
        raise PermanentFailure(f"The {name} holds a hidden character.")
    return text


def _plain(text: str) -> str:
    """The text without what could drive a terminal or cannot be encoded."""
    return "".join(each if each in "\n\t" or not _is_control(each) else "\N{REPLACEMENT CHARACTER}" for each in text)


def _is_control(character: str) -> bool:
    code = ord(character)
    return code < 0x20 or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000


_POLICY: Final = SMTP.clone(cte_type="7bit")
