"""What the form of a renewal knows: what is due; what a part of it would come to tells a dry run."""

from __future__ import annotations

from viptui.data.details import customer_detail, customer_due
from viptui.rules.plans import is_left_certain
from viptui.rules.products import AskedLine
from viptui.rules.renewal import placement_violations, window
from viptui.screens.forms.extra import Loaded
from viptui.screens.forms.prefilled import PrefilledExtra, prefilled


class RenewalExtra(PrefilledExtra):
    """Renewing licences."""

    def load(self, subject: str | None, me: str) -> Loaded:  # noqa: ARG002
        """What is still to be renewed today; nothing where only a person can say what that is."""
        detail = customer_detail(subject or "")
        outlook = None if detail is None else detail.row.facts.outlook
        if detail is None or outlook is None or placement_violations(outlook, self.today, self.today, self.policy):
            return prefilled(())
        due_on = window(outlook, self.today, self.policy).anniversary_on
        due = () if due_on is None else customer_due(detail.row.id, due_on, self.policy)
        if not is_left_certain(due):
            return prefilled(())
        return prefilled(AskedLine(each.product.sku, each.left) for each in due)
