"""What the command line tells of a customer is its standing, also where that is worked out once for many."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from viptui.customer_views import CUSTOMER_FIELDS, Views, fields_of
from viptui.data.fields import MoneyField
from viptui.rows import CustomerRow
from viptui.rules.column_words import COLUMNS
from viptui.rules.facts import CustomerFacts
from viptui.rules.filters import CustomerFilter, filters_of
from viptui.rules.policy import VipPolicy
from viptui.rules.standing import Standing, standing

TODAY = date(2026, 11, 21)
POLICY = VipPolicy()

days = st.none() | st.integers(-70, 70).map(lambda offset: TODAY + timedelta(days=offset))

facts = st.builds(
    CustomerFacts,
    has_products=st.booleans(),
    oldest_open_authorization_on=days,
    newest_open_authorization_on=days,
    open_licences=st.integers(0, 2),
    open_amount=st.none() | st.integers(0, 2_000_000).map(MoneyField().python_value),
    renewed_on=days,
    renewal_due_on=days,
    renewal_following_on=days,
    licences_due=st.integers(0, 3),
    licences_renewed=st.integers(0, 3),
)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(many=st.lists(st.tuples(days, facts), min_size=1, max_size=20))
def test_views_tell_the_standing_of_each_row(many: list[tuple[date | None, CustomerFacts]]) -> None:
    views = Views(TODAY, POLICY)
    for anniversary_on, each in many:
        view = views.view(row(anniversary_on, each))
        stands = standing(anniversary_on, each, TODAY, POLICY)
        assert view.anniversary_date == stands.anniversary_on
        assert view.filters == filters_of(each, TODAY, POLICY)
        for name in Standing._fields:
            if name != "anniversary_on":
                assert getattr(view, name) == getattr(stands, name)


@settings(derandomize=True, deadline=None, max_examples=50)
@given(many=st.lists(st.tuples(days, facts), min_size=1, max_size=20))
def test_values_in_a_form_are_the_views_fields_in_it(many: list[tuple[date | None, CustomerFacts]]) -> None:
    views, formed = Views(TODAY, POLICY), Views(TODAY, POLICY, repr)
    for anniversary_on, each in many:
        view = views.view(row(anniversary_on, each))
        assert formed.values(row(anniversary_on, each)) == [repr(getattr(view, name)) for name in CUSTOMER_FIELDS]


TABS = {
    "elsewhere what waits": (CustomerFilter.PAST_DUE, "licences_waiting"),
    "in a tab of renewals what is due": (CustomerFilter.READY_FOR_RENEWAL, "licences_to_renew"),
}


@pytest.mark.parametrize(("tab", "licences"), TABS.values(), ids=TABS)
def test_columns_tell_the_fields_that_they_show(tab: CustomerFilter, licences: str) -> None:
    assert fields_of(("vip-id", "licences", "anniversary"), tab) == (
        *("vip_id", licences, "anniversary_date", "days_to_anniversary"),
    )
    assert fields_of((), tab) == CUSTOMER_FIELDS
    together = fields_of(COLUMNS, tab)
    assert len({*together}) == len(together)


def test_values_of_chosen_fields_stand_in_their_order() -> None:
    each = CustomerFacts(licences_due=7, licences_renewed=2, open_licences=3)
    fields = ("licences_to_renew", "organization_name", "vip_id", "licences_waiting")
    assert Views(TODAY, POLICY, repr, fields).chosen(row(None, each)) == ["5", "'Alpha'", "'A1'", "3"]
    every = Views(TODAY, POLICY)
    assert every.chosen(row(None, each)) == every.values(row(None, each))


def row(anniversary_on: date | None, each: CustomerFacts) -> CustomerRow:
    return CustomerRow(
        id=1,
        vip_id="A1",
        organization_name="Alpha",
        contact_email="",
        market_segment="Commercial",
        managed_by=None,
        invitation_status="Accepted",
        invited_on=None,
        anniversary_on=anniversary_on,
        facts=each,
        sort_key=(),
    )
