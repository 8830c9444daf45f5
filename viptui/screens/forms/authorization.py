"""What the forms of Purchase Authorizations know: whether the customer is past due."""

from __future__ import annotations

from viptui.data.details import customer_detail
from viptui.rules.authorization import Authorization, AuthorizationStatus, creation_violations
from viptui.screens.forms.extra import Extra, Loaded


class AuthorizationExtra(Extra):
    """Creating one."""

    def load(self, subject: str | None, me: str) -> Loaded:  # noqa: ARG002
        """Which Purchase Authorizations stand in the way."""
        detail = customer_detail(subject or "")
        known = [
            Authorization(number=each.number, created_on=each.created_on, status=AuthorizationStatus(each.status))
            for each in (() if detail is None else detail.authorizations)
        ]
        return Loaded(problems=[each.message for each in creation_violations(known, self.today, self.policy)])
