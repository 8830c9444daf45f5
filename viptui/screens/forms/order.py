"""What the forms of orders know: the Purchase Authorizations that wait; months and amounts come from a dry run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

from viptui.commands.order_return import lines_left
from viptui.commands.records import order_of
from viptui.data.details import customer_detail
from viptui.errors import CommandRejected, Violation
from viptui.rules.authorization import age_state
from viptui.rules.products import AskedLine
from viptui.screens.forms.extra import Extra, Loaded
from viptui.screens.forms.prefilled import LINES, PrefilledExtra, prefilled
from viptui.widgets.choice_fields import Option
from viptui.widgets.fields import Value

AUTHORIZATIONS: Final = "authorizations"


class OrderExtra(Extra):
    """Placing an order: all Purchase Authorizations that wait are taken at first."""

    foresees = True

    def asked(self, values: Mapping[str, Value], loaded: Loaded) -> Mapping[str, Value]:
        """Exactly what is marked: nothing means all that waits to the command, but not to whoever has unmarked all."""
        if loaded.options.get(AUTHORIZATIONS) and not values.get(AUTHORIZATIONS) and not values.get(LINES):
            message = "Purchase Authorizations: Mark at least one with space, or name a product below."
            raise CommandRejected((Violation("order.none", message, AUTHORIZATIONS),))
        return values

    def echoes(self, values: Mapping[str, Value], facts: Mapping[str, str] | None) -> Mapping[str, str]:
        """The PO number that the order gets if none is typed: the one that all marked ones share."""
        shared = {facts[number] for number in values[AUTHORIZATIONS] if number in facts} if facts else set()
        text = f"if left empty: {shared.pop()}" if len(shared) == 1 and all(shared) else ""
        return {"po_number": "" if values["po_number"] else text}

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
        po_numbers = {each.number: each.po_number for each in waiting}
        return Loaded(options={AUTHORIZATIONS: options}, facts=po_numbers, is_ready=bool(options))


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
