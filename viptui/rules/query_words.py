"""The words of a query: what can be asked of a customer, and which values there are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from viptui.rules.authorization import AuthorizationState
from viptui.rules.filters import CustomerFilter
from viptui.rules.offering import OfferingType
from viptui.rules.policy import MarketSegment
from viptui.rules.renewal import RenewalPhase

NOT: Final = "not"
MINE: Final = "mine"
SNOOZED: Final = "snoozed"
NOBODY: Final = "none"
"""As a value: no team member, no level."""

TABS: Final[Mapping[str, CustomerFilter]] = {
    "no-products": CustomerFilter.NO_PRODUCTS,
    "pending": CustomerFilter.PENDING_REQUESTS,
    "past-due": CustomerFilter.PAST_DUE,
    "upcoming": CustomerFilter.UPCOMING_RENEWALS,
    "ready": CustomerFilter.READY_FOR_RENEWAL,
}
"""The tabs by their words; the whole names are understood as well."""

WORDS: Final = (*TABS, MINE, SNOOZED)
"""What is asked by one word alone."""

WORD_OF: Final[Mapping[str, str]] = {word: word for word in WORDS} | {tab.value: word for word, tab in TABS.items()}
"""The words as they may be typed, and as they are written."""

STATES: Final = (*AuthorizationState, *(each for each in RenewalPhase if each is not RenewalPhase.NONE))


class Choice(NamedTuple):
    """A field with few values."""

    values: Mapping[str, str]
    """What is stored, by the word for it."""
    also: Mapping[str, str] = {}
    """Other words, and the ones that they stand for."""


CHOICES: Final[Mapping[str, Choice]] = {
    "segment": Choice(
        {"commercial": MarketSegment.COMMERCIAL, "edu": MarketSegment.EDUCATION, "gov": MarketSegment.GOVERNMENT},
        {"com": "commercial", "education": "edu", "government": "gov"},
    ),
    "type": Choice({each.casefold(): each.value for each in OfferingType}),
    "state": Choice({each.value: each.value for each in STATES}),
    "invitation": Choice({"pending": "Pending", "accepted": "Accepted"}),
    "level": Choice({"1": "1", "2": "2", "3": "3", "4": "4", NOBODY: ""}),
}

MANAGER: Final = "manager"
COUNTRY: Final = "country"

NUMBERS: Final = ("late", "age", "left", "licences", "to-renew", "invited")
"""Fields that are compared with a whole number; `viptui.rules.query_meaning` says what each of them is."""

AMOUNT: Final = "amount"

COMPARED: Final = (*NUMBERS, AMOUNT)
FIELDS: Final = (*CHOICES, MANAGER, COUNTRY, *COMPARED)
FIELD_OF: Final[Mapping[str, str]] = {name: name for name in FIELDS} | {"licenses": "licences", "days": "age"}
"""The fields as they may be typed, and as they are written. ``days`` are those that the column State shows."""

FIELD_OF_RENEWALS: Final[Mapping[str, str]] = {**FIELD_OF, "days": "left"}
"""The same where a tab of renewals is meant."""

COMPARISONS: Final = ("<=", ">=", "<", ">", "=")


def example_of(field: str) -> str:
    """How a field is used, for messages and completion."""
    if field in COMPARED:
        return f"{field}>{_EXAMPLES[field]}"
    if field in CHOICES:
        return f"{field}:{next(iter(CHOICES[field].values))}"
    return f"{field}:{_EXAMPLES[field]}"


_EXAMPLES: Final[Mapping[str, str]] = {
    "late": "45",
    "age": "60",
    "left": "10",
    "licences": "100",
    "to-renew": "100",
    "invited": "30",
    AMOUNT: "1000",
    MANAGER: "ana.kovac",
    COUNTRY: "DE",
}
