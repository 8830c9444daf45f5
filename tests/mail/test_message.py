"""Whatever stands in a row of the outbox: one recipient, a fixed set of headers, or a refusal."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viptui.mail.message import Mail, compose
from viptui.mail.settings import Sender
from viptui.mail.templates import Templates
from viptui.mail.transport import PermanentFailure

SENDER: Final = Sender("Reseller", "licences@reseller.example")
PLAIN: Final = Mail("<1@x.example>", datetime(2026, 3, 20, 12, tzinfo=UTC), "kim@aster.example", "Hello", "Text\n")

NAMES: Final = {
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "Content-Type",
    "Content-Transfer-Encoding",
    "MIME-Version",
}

LINE_ENDS: Final = ("\r\n", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029")

SMUGGLED: Final = (
    *(f"Hello{end}Bcc: evil@x.example" for end in LINE_ENDS),
    "\x1b]0;owned\x07",
    "nul\0nul",
    "a\tb\r\n\r\n<html>",
    "\x9b2J",
    "zero\u200bwidth",
    "\u202eevil",
    "\ud800",
)

ADDRESSES: Final = (
    *(f"kim@aster.example{text}" for text in SMUGGLED),
    *(f"kim{text}@aster.example" for text in SMUGGLED),
    "kim@aster.example, evil@x.example",
    "kim@aster.example,evil@x.example",
    "kim@aster.example;evil@x.example",
    "kim@aster.example evil@x.example",
    "Kim <kim@aster.example>",
    "<kim@aster.example>",
    '"a@b"@c.example',
    "a@b@c.example",
    "group: kim@aster.example;",
    "kim@[127.0.0.1]",
    "kïm@aster.example",
    "kim@",
    "@aster.example",
    "kim",
    "",
)


def on_the_wire(mail: Mail, sender: Sender = SENDER) -> dict[str, str]:
    """The headers as a receiver reads them; each may stand there only once."""
    content = compose(mail, sender).as_bytes()
    assert content.isascii()
    assert max(map(len, content.split(b"\r\n"))) <= 998
    received = message_from_bytes(content, policy=default)
    assert sorted(received.keys()) == sorted(NAMES)
    assert not received.defects
    return {name: str(value) for name, value in received.items()}


@pytest.mark.parametrize("address", ADDRESSES, ids=ascii)
def test_an_address_that_is_not_exactly_one_is_refused(address: str) -> None:
    with pytest.raises(PermanentFailure):
        compose(PLAIN._replace(recipient=address), SENDER)


@pytest.mark.parametrize("text", SMUGGLED, ids=ascii)
def test_nothing_is_smuggled_into_a_header(text: str) -> None:
    for field in ("subject", "message_id"):
        with pytest.raises(PermanentFailure, match="hidden character"):
            compose(PLAIN._replace(**{field: text}), SENDER)


@pytest.mark.parametrize("text", SMUGGLED, ids=ascii)
def test_a_value_of_a_template_stays_on_the_line_of_the_subject(text: str) -> None:
    values = {"contact": text, "customer": text, "vip_id": text, "invited_on": text}
    made = Templates().render("invitation", values)
    headers = on_the_wire(PLAIN._replace(subject=made.subject, body=made.body))
    assert headers["To"] == "kim@aster.example"
    assert headers["Subject"].strip().startswith("Your invitation")


@given(st.text(), st.text(), st.text())
def test_any_text_ends_in_the_same_headers(customer: str, contact: str, body: str) -> None:
    values = {"contact": contact, "customer": customer, "vip_id": "$vip_id", "invited_on": ""}
    made = Templates().render("invitation", values)
    mail = PLAIN._replace(subject=made.subject, body=made.body + body)
    assert on_the_wire(mail)["To"] == "kim@aster.example"


@given(st.text())
def test_any_address_gives_one_recipient_or_a_refusal(address: str) -> None:
    try:
        message = compose(PLAIN._replace(recipient=address), SENDER)
    except PermanentFailure:
        return
    (recipient,) = message["To"].addresses
    assert recipient.addr_spec.isascii()


def test_a_domain_in_another_script_travels_as_idna() -> None:
    assert on_the_wire(PLAIN._replace(recipient="kim@müller.example"))["To"] == "kim@xn--mller-kva.example"


def test_what_drives_a_terminal_does_not_stand_in_the_text() -> None:
    message = compose(PLAIN._replace(body="a\x1b[2Jb\0c\x9bd\ud800e\tf\ng"), SENDER)
    assert message.get_content().replace("\r\n", "\n") == "a\ufffd[2Jb\ufffdc\ufffdd\ufffde\tf\ng\n"
