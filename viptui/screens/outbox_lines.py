"""What the outbox shows, as text. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Final

from viptui.pressed import pressed
from viptui.rows import MailRow
from viptui.rules.delivery import IN_WORDS, MailStatus, age_in_words
from viptui.text import fitted
from viptui.widgets.paint import Span, SpanLine, span_width

TABS: Final[tuple[tuple[str, tuple[MailStatus, ...]], ...]] = (
    ("Waiting", (MailStatus.WAITING, MailStatus.SENDING)),
    ("Failed", (MailStatus.FAILED,)),
    ("Perhaps sent", (MailStatus.UNKNOWN,)),
    ("Sent", (MailStatus.SENT,)),
    ("All", ()),
)
"""What the keys 1 to 5 show."""

SHORT: Final = ("Wait", "Fail", "Perh", "Sent", "All")
"""What they are called where there is less room."""

LEAST_WITH_PROBLEM: Final = 46
"""Cells for address, subject and problem from which on the problem stands in the list; Enter shows it in any case."""

MARKS: Final[Mapping[MailStatus, tuple[str, str]]] = {
    MailStatus.WAITING: (". ", "plain"),
    MailStatus.SENDING: ("> ", "plain"),
    MailStatus.SENT: ("= ", "dim"),
    MailStatus.FAILED: ("!!", "suspended"),
    MailStatus.UNKNOWN: ("? ", "overdue"),
    MailStatus.DISCARDED: ("x ", "dim"),
}
"""The mark before a status, and its style."""

STATUS_WIDTH: Final = 15
AGE_WIDTH: Final = 7


def tab_line(active: int, counts: Mapping[MailStatus, int], width: int) -> list[Span]:
    """The tabs with their numbers of mails, under shorter names where the line is too short for these."""
    line = _tabs([title for title, _ in TABS], active, counts)
    return line if span_width(line) <= width else _tabs(SHORT, active, counts)


def _tabs(names: Sequence[str], active: int, counts: Mapping[MailStatus, int]) -> list[Span]:
    line: list[Span] = []
    for index, (name, (_, statuses)) in enumerate(zip(names, TABS, strict=True)):
        number = sum(counts[each] for each in statuses or counts)
        text = f"{_key(index)} {name} {number:,}"
        line.append((f"[{text}]", "bar-on") if index == active else (f" {text} ", "bar"))
    return line


def heading(width: int) -> str:
    """The names of the columns."""
    to, subject, problem = _widths(width)
    status, age = fitted("Status", STATUS_WIDTH), "Age".rjust(AGE_WIDTH - 2)
    return f"{status}{age}  {fitted('To', to)}  {fitted('Subject', subject)}  {fitted('Problem', problem)}"


def mail_line(mail: MailRow, now: datetime, width: int) -> SpanLine:
    """A mail as a line of the list."""
    to, subject, problem = _widths(width)
    status = MailStatus(mail.status)
    mark, style = MARKS[status]
    age = age_in_words(now - mail.created_at).rjust(AGE_WIDTH - 2)
    reason = "" if status is MailStatus.SENT else mail.problem
    return [
        (fitted(f"{mark} {IN_WORDS[status]}", STATUS_WIDTH), style),
        (f"{age}  {fitted(mail.recipient, to)}  {fitted(mail.subject, subject)}  ", "plain"),
        (fitted(reason, problem), "dim"),
    ]


def mail_lines(mail: MailRow, zone: tzinfo) -> list[SpanLine]:
    """Everything about a mail."""
    status = MailStatus(mail.status)
    fields = {
        "Status": IN_WORDS[status],
        "To": mail.recipient,
        "Subject": mail.subject,
        "Written": _moment(mail.created_at, zone),
        "Sent": _moment(mail.sent_at, zone),
        "Next attempt": _moment(mail.next_attempt_at, zone),
        "Attempts": str(mail.attempts) if mail.attempts else "",
        "Message-ID": mail.message_id,
        "Template": mail.template,
    }
    lines: list[SpanLine] = [[(f"  {name:<14}", "dim"), (text, "plain")] for name, text in fields.items() if text]
    if mail.problems:
        lines += [[], [("  Problems", "heading")]]
        lines += [[(f"  {each}", "plain")] for each in mail.problems]
    return [*lines, [], [("  Text", "heading")], [], *_body(mail.body)]


def nothing_line(tab: int) -> str:
    """What to say instead of mails."""
    last = len(TABS) - 1
    return "No mail has been written yet." if tab == last else f"No mail is here. {_key(last)} shows all."


def _key(tab: int) -> str:
    return pressed(f"outbox.tab.{tab}", str(tab + 1))


def _body(text: str) -> Iterable[SpanLine]:
    return [[(f"  {each}", "plain")] for each in text.split("\n")]


def _moment(at: datetime | None, zone: tzinfo) -> str:
    return "" if at is None else f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def _widths(width: int) -> tuple[int, int, int]:
    """Cells for the address, the subject and the problem."""
    room = max(30, width - 1 - STATUS_WIDTH - AGE_WIDTH - 4)
    if room < LEAST_WITH_PROBLEM:
        to = room * 2 // 5
        return to, room - to, 0
    to = min(34, room * 3 // 10)
    subject = min(60, (room - to) // 2)
    return to, subject, room - to - subject
