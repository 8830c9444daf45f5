"""What the forms of orders know: the Purchase Authorizations that wait; months and amounts come from a dry run."""

from __future__ import annotations

from collections import Counter

from viptui.commands.order_return import lines_left
from viptui.commands.records import order_of
from viptui.data.details import customer_detail
from viptui.rules.authorization import age_state
from viptui.rules.products import AskedLine
from viptui.screens.forms.extra import Extra, Loaded
from viptui.screens.forms.prefilled import PrefilledExtra, prefilled
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


class ReturnExtra(PrefilledExtra):
    """Returning an order."""

    def load(self, subject: str | None, me: str) -> Loaded:  # noqa: ARG002
        """What the order still has."""
        if subject is None:
            return Loaded()
        left = Counter[str]()
        for line, quantity in lines_left(order_of(subject)):
            left[line.product.sku] += quantity
        return prefilled(AskedLine(sku, quantity) for sku, quantity in left.items())
