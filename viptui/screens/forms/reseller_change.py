"""What the form knows that notes a reseller change: the code that was chosen from the list of codes."""

from __future__ import annotations

from viptui.screens.forms.extra import Extra, Loaded


class CompletionExtra(Extra):
    """Noting that a customer has moved here."""

    def load(self, subject: str | None, me: str) -> Loaded:  # noqa: ARG002
        """The code."""
        return Loaded(values={"code": subject} if subject else {})
