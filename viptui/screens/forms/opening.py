"""What a form needs to know when it opens, in one trip to the data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from viptui.actions import Action
from viptui.data.drafts import DraftRow, carried_out, find_draft
from viptui.data.offers import offered_products
from viptui.rules.products import KnownProduct
from viptui.screens.forms.extra import Extra, Loaded
from viptui.screens.in_keys import in_keys
from viptui.widgets.lines_field import Offer


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What a form begins with."""

    loaded: Loaded
    offers: Sequence[Offer]
    draft: DraftRow | None
    sent: str | None
    """What the draft's request has done, if it was carried out."""


def read_opening(action: Action, extra: Extra, subject: str | None, me: str, *, with_products: bool) -> Opening:
    """Read it for the form of an action on a subject, opened by this login; on a data thread."""
    draft = find_draft(me, action.id, subject or "")
    return Opening(
        loaded=extra.load(subject, me),
        offers=_offers(offered_products(), action) if with_products else (),
        draft=draft,
        sent=None if draft is None else carried_out(draft.request_id),
    )


def _offers(products: Sequence[KnownProduct], action: Action) -> list[Offer]:
    """Products as a form offers them; those that may not be authorized are named and refused."""
    authorizes = action.id.startswith("authorization.")
    return [
        Offer(
            sku=each.sku,
            name=each.name,
            note="" if each.unit_price is None else f"{each.unit_price:,.2f} {each.currency or ''}".rstrip(),
            refusal=in_keys("order directly ('viptui order')") if authorizes and not each.pa_allowed else "",
        )
        for each in products
    ]
