"""Notes on customers: what can be written, and who may remove it."""

from __future__ import annotations

from typing import Final

from viptui.errors import Violation
from viptui.rules.folding import key_of
from viptui.rules.managed_by import Role, TeamMember
from viptui.rules.parsing import ParseError, clean_text

LONGEST_NOTE: Final = 4_000
"""Characters."""


def parse_note(text: str) -> str:
    """A text of several lines, without blank ones around it."""
    lines = [clean_text(line, maximum=LONGEST_NOTE) for line in text.splitlines()]
    note = "\n".join(lines).strip("\n")
    if not any(each.isprintable() and not each.isspace() for each in note):
        raise ParseError("Write something.")
    if len(note) > LONGEST_NOTE:
        raise ParseError(f"Use at most {LONGEST_NOTE:,} characters; there are {len(note):,}.")
    return note


def removal_violations(author: str, actor: str, member: TeamMember) -> tuple[Violation, ...]:
    """Why somebody may not remove a note: it is another's. Logins are compared without case."""
    if key_of(author) == key_of(actor) or member.role is Role.PRIMARY_ADMIN:
        return ()
    message = f"The note is by {author}: let {author} remove it, or a primary admin."
    return (Violation("note.of_another", message),)
