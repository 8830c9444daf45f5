"""What the form of a renewal knows: what it would come to, from a dry run."""

from __future__ import annotations

from viptui.screens.forms.extra import Extra


class RenewalExtra(Extra):
    """Renewing licences."""

    foresees = True
