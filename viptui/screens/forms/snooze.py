"""What the form knows that snoozes customers: the day that is meant where nobody says one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from viptui.rules.snooze import until_violations, usual_day
from viptui.screens.forms.extra import Extra
from viptui.widgets.fields import Value


class SnoozeExtra(Extra):
    """Choosing a day; Enter alone takes the usual one."""

    def echoes(self, values: Mapping[str, Value], facts: Any) -> Mapping[str, str]:  # noqa: ARG002
        """The usual day, as long as nothing is typed."""
        if str(values.get("until", "")).strip():
            return {}
        day = usual_day(self.today)
        return {"until": f"= {day:%a} {day}, in a week; Enter takes it"}

    def misread(self, name: str, value: Value) -> str:  # noqa: ARG002
        """That the day is none on which a customer can come back."""
        try:
            day = date.fromisoformat(str(value))
        except ValueError:
            return ""  # what cannot be read as a day the field itself says
        return "".join(each.message for each in until_violations(day, self.today))
