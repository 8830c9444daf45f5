"""What the facts of one customer are to each other, whatever its Purchase Authorizations and orders."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from viptui.rules.anniversary import nth_anniversary
from viptui.rules.authorization import AuthorizationStatus
from viptui.rules.facts import NO_FACTS, AuthorizationFact, derive_facts
from viptui.rules.renewal import OrderFact

CENTRE = date(2028, 2, 29)

days = st.integers(-900, 900).map(lambda offset: CENTRE + timedelta(days=offset))

authorizations = st.builds(
    AuthorizationFact,
    created_on=days,
    status=st.sampled_from(AuthorizationStatus),
    quantity=st.integers(1, 5),
    unit_price=st.none(),
)

orders = st.builds(OrderFact, ordered_on=days, quantity=st.integers(-3, 5), renewal=st.booleans())


@settings(derandomize=True, deadline=None, max_examples=400)
@given(
    anniversary_on=st.none() | days,
    opened=st.lists(authorizations, max_size=4),
    ordered=st.lists(orders, max_size=5),
)
def test_facts_go_together_as_lists_rely_on(
    anniversary_on: date | None, opened: list[AuthorizationFact], ordered: list[OrderFact]
) -> None:
    facts = derive_facts(anniversary_on, opened, ordered)
    if not facts.has_products:
        assert facts == NO_FACTS
    oldest, newest = facts.oldest_open_authorization_on, facts.newest_open_authorization_on
    assert (oldest is None) == (newest is None) == (facts.open_licences == 0)
    assert oldest is None or newest is None or oldest <= newest
    due = facts.renewal_due_on
    if due is None:
        assert facts.renewed_on is facts.renewal_following_on is None
    elif anniversary_on is not None:
        years = due.year - anniversary_on.year
        assert due == nth_anniversary(anniversary_on, years)
        assert facts.renewed_on in (None, nth_anniversary(anniversary_on, years - 1))
        assert facts.renewal_following_on in (None, nth_anniversary(anniversary_on, years + 1))
