"""What the forms of invitations know: the months of an extended term, where a reminder would go."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from viptui.data.details import customer_detail
from viptui.data.drafts import just_removed
from viptui.rules.anniversary import extended_term_months, extended_term_violations
from viptui.rules.invitation import TEXT_RULES, InvitationStatus, parse_field, reminder_violations
from viptui.rules.parsing import ParseError, parse_market_segment
from viptui.screens.forms.extra import Extra, Loaded
from viptui.widgets.fields import Value


class InvitationExtra(Extra):
    """Inviting a customer."""

    last_look = "A customer cannot be edited once it is invited: a mistake means to remove it and to invite it again."

    def load(self, subject: str | None, me: str) -> Loaded:  # noqa: ARG002
        """What a customer was that has just been removed, so that it can be invited again without its mistake."""
        removed = just_removed(me)
        if removed is None:
            return Loaded()
        name = removed["organization_name"]
        return Loaded(typed=removed, news=f"These are the data of {name}, which you have just removed.")

    def echoes(self, values: Mapping[str, Value], facts: Any) -> Mapping[str, str]:  # noqa: ARG002
        """How long the term would be that the chosen day ends, and whether that may be."""
        name, text = str(values["organization_name"]).strip(), str(values["anniversary_on"])
        english = "needed: the name has special characters" if not name.isascii() else ""
        if values["organization_name_english"]:
            english = ""
        return {"organization_name_english": english, "anniversary_on": self._term(text, str(values["market_segment"]))}

    def misread(self, name: str, value: Value) -> str:
        """What the rules say of a field by itself."""
        if name not in TEXT_RULES:
            return ""
        try:
            parse_field(name, str(value))
        except ParseError as error:
            return str(error)
        return ""

    def _term(self, text: str, segment: str) -> str:
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return ""
        if not segment:
            return f"= {day:%a} {day}; choose the market segment to see whether it is allowed"
        months = extended_term_months(self.today, day)
        violations = extended_term_violations(
            self.today, day, parse_market_segment(segment), existing_member=False, policy=self.policy
        )
        if violations:
            return f"= {day:%a} {day}; not allowed: {violations[0].message}"
        return f"= {day:%a} {day}, {months} months: allowed"


class ReminderExtra(Extra):
    """Reminding a customer of its invitation."""

    def load(self, subject: str | None, me: str) -> Loaded:  # noqa: ARG002
        """The address so far, or that the invitation was accepted."""
        detail = customer_detail(subject or "")
        if detail is None:
            return Loaded()
        row = detail.row
        violations = reminder_violations(
            InvitationStatus(row.invitation_status), row.organization_name, row.contact_email, ()
        )
        return Loaded(facts=row.contact_email, problems=[each.message for each in violations])

    def echoes(self, values: Mapping[str, Value], facts: Any) -> Mapping[str, str]:
        """Where the mail goes if nothing is typed."""
        return {"contact_email": f"if left empty: {facts}" if facts and not values["contact_email"] else ""}
