"""What the forms know that hand customers over: who is in the team."""

from __future__ import annotations

from viptui.data.queries import team_members
from viptui.screens.forms.extra import Extra, Loaded
from viptui.widgets.choice_fields import Option


class ReassignExtra(Extra):
    """Putting somebody else in charge of customers."""

    def load(self, subject: str | None, me: str) -> Loaded:  # noqa: ARG002
        """The members who can take customers over."""
        active = [each for each in team_members() if each.status == "active" and each.login != subject]
        return Loaded(options={"to": [Option(each.login, each.login) for each in active]})
