"""Notes: what can be written down."""

from __future__ import annotations

import pytest

from viptui.rules.managed_by import MemberStatus, Role, TeamMember
from viptui.rules.note import LONGEST_NOTE, parse_note, removal_violations
from viptui.rules.parsing import ParseError

TEXTS = {
    "a line": (" a  b ", "a  b"),
    "several lines": ("a\r\nb\n\nc", "a\nb\n\nc"),
    "blank lines around": ("\n \na\n \n", "a"),
    "the longest": ("x" * LONGEST_NOTE, "x" * LONGEST_NOTE),
}


@pytest.mark.parametrize(("given", "stored"), TEXTS.values(), ids=TEXTS)
def test_a_note_may_have_lines(given: str, stored: str) -> None:
    assert parse_note(given) == stored


@pytest.mark.parametrize(
    "given",
    ["", " \n\t", "x" * (LONGEST_NOTE + 1), ("x" * 100 + "\n") * 40 + "x", "a\x1b[2J", "a\u202eb"],
    ids=["nothing", "blank lines", "too long", "too long in all", "a control character", "a direction mark"],
)
def test_what_is_no_note_is_refused(given: str) -> None:
    with pytest.raises(ParseError):
        parse_note(given)


REMOVALS = {
    "one's own": ("ana", Role.MEMBER, True),
    "one's own in other case": ("ANA", Role.MEMBER, True),
    "another's": ("ben", Role.MEMBER, False),
    "another's by an admin": ("ben", Role.ADMIN, False),
    "another's by the primary admin": ("ben", Role.PRIMARY_ADMIN, True),
}


@pytest.mark.parametrize(("author", "role", "is_allowed"), REMOVALS.values(), ids=REMOVALS)
def test_who_may_remove_a_note(author: str, role: Role, is_allowed: bool) -> None:
    member = TeamMember(name="Ana", role=role, status=MemberStatus.ACTIVE)
    assert (removal_violations(author, "ana", member) == ()) is is_allowed
