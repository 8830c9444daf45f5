"""The programme's numbers: defaults, presets, and settings that are refused."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest

from viptui.errors import SettingsError
from viptui.rules.policy import (
    PRESETS,
    AnniversaryBase,
    MarketSegment,
    PartialMonth,
    UpcomingBasis,
    VipPolicy,
    policy_from,
)

DEFAULTS = {
    "overdue_after": 30,
    "suspended_after": 60,
    "upcoming_days": 45,
    "upcoming_basis": UpcomingBasis.ANNIVERSARY,
    "window_open_days": 30,
    "grace_days": 30,
    "anniversary_base": AnniversaryBase.EARLIER,
    "partial_month": PartialMonth.ROUND_UP,
    "cancel_overdue": False,
    "return_days": 14,
    "threeyc_compliance_days": 30,
    "threeyc_request_days": 7,
    "reseller_change_hours": 72,
    "reseller_change_per_day": 5,
    "extended_term_min_months": 13,
    "extended_term_max_months_commercial": 36,
    "extended_term_max_months_public": 48,
}


def test_defaults() -> None:
    assert asdict(VipPolicy()) == DEFAULTS
    assert policy_from({}) == VipPolicy()


PRESET_VALUES = {
    "vip-30-60": {"overdue_after": 30, "suspended_after": 60},
    "vip-14-60": {"overdue_after": 14, "suspended_after": 60},
    "legacy-60": {"upcoming_days": 60, "upcoming_basis": UpcomingBasis.WINDOW_OPEN},
}


def test_every_preset_is_tested() -> None:
    assert set(PRESETS) == set(PRESET_VALUES)


@pytest.mark.parametrize(("name", "values"), PRESET_VALUES.items(), ids=PRESET_VALUES)
def test_a_preset_changes_its_own_numbers_only(name: str, values: dict[str, Any]) -> None:
    assert asdict(policy_from({"preset": name})) == DEFAULTS | values


COMBINATIONS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "two presets": (
        {"preset": ["vip-14-60", "legacy-60"]},
        {"overdue_after": 14, "upcoming_days": 60, "upcoming_basis": UpcomingBasis.WINDOW_OPEN},
    ),
    "the later preset wins": ({"preset": ["vip-14-60", "vip-30-60"]}, {}),
    "no preset": ({"preset": []}, {}),
    "an own key wins over a preset": (
        {"overdue_after": 10, "preset": "vip-14-60"},
        {"overdue_after": 10},
    ),
    "words for choices": (
        {
            "anniversary_base": "order",
            "partial_month": "free_stub",
            "upcoming_basis": "window_open",
        },
        {
            "anniversary_base": AnniversaryBase.ORDER,
            "partial_month": PartialMonth.FREE_STUB,
            "upcoming_basis": UpcomingBasis.WINDOW_OPEN,
        },
    ),
    "a truth": ({"cancel_overdue": True}, {"cancel_overdue": True}),
    "no grace": ({"grace_days": 0}, {"grace_days": 0}),
    "the smallest sensible numbers": (
        {"overdue_after": 1, "suspended_after": 2, "window_open_days": 1, "upcoming_days": 2},
        {"overdue_after": 1, "suspended_after": 2, "window_open_days": 1, "upcoming_days": 2},
    ),
    "upcoming one day longer than the window": ({"upcoming_days": 31}, {"upcoming_days": 31}),
    "upcoming and grace one day short of a year": (
        {"upcoming_days": 334, "grace_days": 30},
        {"upcoming_days": 334},
    ),
    "a 3-year commit of seven days": ({"threeyc_compliance_days": 7}, {"threeyc_compliance_days": 7}),
}


@pytest.mark.parametrize(("table", "changed"), COMBINATIONS.values(), ids=COMBINATIONS)
def test_accepted_settings(table: dict[str, Any], changed: dict[str, Any]) -> None:
    assert asdict(policy_from(table)) == DEFAULTS | changed


REFUSALS: dict[str, tuple[dict[str, Any], str]] = {
    "no days until overdue": ({"overdue_after": 0}, "overdue_after must be from 1 to 10000"),
    "negative days until overdue": ({"overdue_after": -1}, "overdue_after must be from 1 to 10000"),
    "no days until suspended": ({"suspended_after": 0}, "suspended_after must be from 1 to 10000"),
    "no upcoming days": ({"upcoming_days": 0}, "upcoming_days must be from 1 to 10000"),
    "no window": ({"window_open_days": 0}, "window_open_days must be from 1 to 10000"),
    "no return days": ({"return_days": 0}, "return_days must be from 1 to 10000"),
    "no compliance days": ({"threeyc_compliance_days": 0}, "threeyc_compliance_days must be from 1 to 10000"),
    "no request days": ({"threeyc_request_days": 0}, "threeyc_request_days must be from 1 to 10000"),
    "no code hours": ({"reseller_change_hours": 0}, "reseller_change_hours must be from 1 to 10000"),
    "no codes a day": ({"reseller_change_per_day": 0}, "reseller_change_per_day must be from 1 to 10000"),
    "no shortest term": ({"extended_term_min_months": 0}, "extended_term_min_months must be from 1 to 10000"),
    "days beyond reason": ({"overdue_after": 10**9}, "overdue_after must be from 1 to 10000"),
    "a window longer than renewals are told by": (
        {"window_open_days": 91, "upcoming_days": 100},
        "window_open_days must be at most 90",
    ),
    "grace into the next window": ({"grace_days": 275}, "grace_days must be below 275"),
    "negative grace": ({"grace_days": -1}, "grace_days must be from 0 to 10000"),
    "suspended with overdue": ({"suspended_after": 30}, "suspended_after must be larger than overdue_after"),
    "suspended before overdue": (
        {"suspended_after": 29},
        "suspended_after must be larger than overdue_after",
    ),
    "upcoming as long as the window": ({"upcoming_days": 30}, "upcoming_days must be larger than"),
    "upcoming shorter than the window": ({"upcoming_days": 29}, "upcoming_days must be larger than"),
    "upcoming empty by the older count": (
        {"preset": "legacy-60", "upcoming_days": 1},
        "upcoming_days",
    ),
    "upcoming and grace of a year": (
        {"upcoming_days": 335, "grace_days": 30},
        "upcoming_days and grace_days",
    ),
    "longest Commercial term below the shortest": (
        {"extended_term_max_months_commercial": 12},
        "extended_term_max_months",
    ),
    "longest public term below the shortest": (
        {"extended_term_max_months_public": 12},
        "extended_term_max_months",
    ),
    "an unknown key": ({"overdue": 30}, "unknown key 'overdue'"),
    "an unknown preset": ({"preset": "vip-99"}, "unknown preset 'vip-99'"),
    "an unknown preset in a list": ({"preset": ["vip-14-60", "vip-99"]}, "unknown preset 'vip-99'"),
    "a preset that is no name": ({"preset": 14}, "preset must be a name or a list of names"),
    "a preset list of numbers": ({"preset": [14]}, "preset must be a name or a list of names"),
    "a number in words": ({"overdue_after": "30"}, "overdue_after must be a whole number, not '30'"),
    "a broken number": ({"overdue_after": 30.5}, "overdue_after must be a whole number, not 30.5"),
    "a truth for a number": ({"overdue_after": True}, "overdue_after must be a whole number, not True"),
    "a number for a truth": ({"cancel_overdue": 1}, "cancel_overdue must be true or false, not 1"),
    "a word for a truth": ({"cancel_overdue": "yes"}, "cancel_overdue must be true or false, not 'yes'"),
    "an unknown choice": (
        {"partial_month": "round_down"},
        "partial_month must be one of round_up, free_stub, not 'round_down'",
    ),
    "a number for a choice": ({"anniversary_base": 1}, "anniversary_base must be one of"),
    "a list for a choice": ({"upcoming_basis": []}, "upcoming_basis must be one of"),
}


@pytest.mark.parametrize(("table", "expected"), REFUSALS.values(), ids=REFUSALS)
def test_a_setting_that_makes_no_sense_is_refused_by_name(table: dict[str, Any], expected: str) -> None:
    with pytest.raises(SettingsError) as refused:
        policy_from(table, where="viptui.toml [policy]")
    assert str(refused.value).startswith("viptui.toml [policy]: ")
    assert expected in str(refused.value)


def test_a_policy_made_in_code_is_checked_too() -> None:
    with pytest.raises(SettingsError, match="suspended_after"):
        VipPolicy(overdue_after=60, suspended_after=60)


FIRST_DAYS = {
    "45 days before the anniversary": ({}, 45),
    "fewer than 60 days before the window opens": ({"preset": "legacy-60"}, 89),
    "a longer window moves the older count": ({"preset": "legacy-60", "window_open_days": 40}, 99),
    "a longer window does not move the newer count": ({"window_open_days": 40}, 45),
}


@pytest.mark.parametrize(("table", "days"), FIRST_DAYS.values(), ids=FIRST_DAYS)
def test_first_upcoming_day(table: dict[str, Any], days: int) -> None:
    assert policy_from(table).upcoming_first_day == days


@pytest.mark.parametrize(
    ("segment", "months"),
    [(MarketSegment.COMMERCIAL, 36), (MarketSegment.EDUCATION, 48), (MarketSegment.GOVERNMENT, 48)],
)
def test_longest_extended_term(segment: MarketSegment, months: int) -> None:
    assert VipPolicy().extended_term_max_months(segment) == months
