"""What the forms of orders know: the Purchase Authorizations that wait; months and amounts come from a dry run."""

from __future__ import annotations

from viptui.data.details import customer_detail
from viptui.rules.authorization import age_state
from viptui.screens.forms.extra import Extra, Loaded
from viptui.widgets.choice_fields import Option


class OrderExtra(Extra):
    """Placing an order: all Purchase Authorizations that wait are taken at first."""

    foresees = True

    def load(self, subject: str | None, me: str) -> Loaded:  # noqa: ARG002
        """The Purchase Authorizations that wait, oldest first, with state and products."""
        detail = customer_detail(subject or "")
        waiting = [each for each in (() if detail is None else detail.authorizations) if each.status == "open"]
        options = []
        for each in sorted(waiting, key=lambda one: one.created_on):
            state = age_state(each.created_on, self.today, self.policy)
            shown = state if state == "pending" else state.upper()
            lines = ", ".join(f"{line.quantity:,} x {line.product}" for line in each.lines)
            po_number = f"  {each.po_number}" if each.po_number else ""
            text = f"{each.number}  {shown} {(self.today - each.created_on).days}d  {lines}{po_number}"
            options.append(Option(each.number, text))
        return Loaded(options={"authorizations": options}, is_ready=bool(options))


class ReturnExtra(Extra):
    """Returning an order."""

    foresees = True
