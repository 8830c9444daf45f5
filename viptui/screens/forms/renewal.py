"""What the form of a renewal knows: what it would come to, from a dry run."""

from __future__ import annotations

from viptui.screens.forms.extra import Extra, Loaded


class RenewalExtra(Extra):
    """Renewing licences."""

    foresees = True

    def load(self, subject: str | None, me: str) -> Loaded:  # noqa: ARG002
        """Without products named, all that is due is renewed."""
        return Loaded(is_ready=True)
