"""The 3-year commit: who may ask for it, its levels, its deadlines."""

from __future__ import annotations

from datetime import date

import pytest

from viptui.rules import commitment
from viptui.rules.commitment import Commitment
from viptui.rules.commitment_status import CommitmentStatus, status_from
from viptui.rules.policy import MarketSegment, VipPolicy

POLICY = VipPolicy()
S = CommitmentStatus

ELIGIBILITY = {
    "9 licences are too few": (9, 0, 2, False, ["commitment.too_few_licences"]),
    "10 licences suffice": (10, 0, 2, False, []),
    "11 licences suffice": (11, 0, 4, False, []),
    "999 transactions are too few": (0, 999, 2, False, ["commitment.too_few_consumables"]),
    "1,000 transactions suffice": (0, 1_000, 2, False, []),
    "both kinds at once": (10, 1_000, 2, False, []),
    "9 licences are too few whatever the transactions": (
        9,
        1_000,
        2,
        False,
        ["commitment.too_few_licences"],
    ),
    "nothing at all is too few": (0, 0, 2, False, ["commitment.too_few_licences"]),
    "level 1 is not VIP Select": (10, 0, 1, False, ["commitment.not_select"]),
    "no level is not VIP Select": (10, 0, None, False, ["commitment.not_select"]),
    "an extended term excludes it": (10, 0, 2, True, ["commitment.extended_term"]),
    "every reason is given at once": (
        9,
        999,
        1,
        True,
        [
            "commitment.too_few_licences",
            "commitment.too_few_consumables",
            "commitment.not_select",
            "commitment.extended_term",
        ],
    ),
}


@pytest.mark.parametrize(
    ("licences", "consumables", "level", "extended", "codes"), ELIGIBILITY.values(), ids=ELIGIBILITY
)
def test_eligibility(licences: int, consumables: int, level: int | None, extended: bool, codes: list[str]) -> None:
    found = commitment.eligibility_violations(
        licences=licences, consumables=consumables, select_level=level, has_extended_term=extended
    )
    assert [each.code for each in found] == codes


LICENCE_CODES = {9: ("01", "01"), 10: ("12", "02"), 49: ("12", "02"), 50: ("13", "03")}
LICENCE_CODES |= {99: ("13", "03"), 100: ("14", "04"), 599_000: ("14", "04")}


@pytest.mark.parametrize(
    ("quantity", "codes"), LICENCE_CODES.items(), ids=[f"{quantity} licences" for quantity in LICENCE_CODES]
)
def test_licence_level_codes(quantity: int, codes: tuple[str, str]) -> None:
    commercial, education = codes
    assert commitment.licence_level_code(quantity, MarketSegment.COMMERCIAL) == commercial
    assert commitment.licence_level_code(quantity, MarketSegment.GOVERNMENT) == commercial
    assert commitment.licence_level_code(quantity, MarketSegment.EDUCATION) == education


CONSUMABLE_CODES = {
    999: "T1",
    1_000: "TB",
    2_499: "TB",
    2_500: "TC",
    4_999: "TC",
    5_000: "TD",
    14_999: "TD",
    15_000: "TE",
    49_999: "TE",
    50_000: "TF",
    99_999: "TF",
    100_000: "TG",
}


@pytest.mark.parametrize(
    ("quantity", "code"),
    CONSUMABLE_CODES.items(),
    ids=[f"{quantity} transactions" for quantity in CONSUMABLE_CODES],
)
def test_consumable_level_codes(quantity: int, code: str) -> None:
    assert commitment.consumable_level_code(quantity) == code


WORDS = {
    "as documented": ("COMMITTED", S.COMMITTED),
    "in lower case": ("accepted", S.ACCEPTED),
    "with spaces around it": (" Requested ", S.REQUESTED),
    "only met in samples": ("ACTIVE", S.ACTIVE),
    "never heard of": ("RECOMMITTED", S.UNKNOWN),
    "empty": ("", S.UNKNOWN),
}


@pytest.mark.parametrize(("text", "status"), WORDS.values(), ids=WORDS)
def test_an_unknown_status_never_fails(text: str, status: CommitmentStatus) -> None:
    assert status_from(text) is status


def test_statuses_that_count_as_no_commitment() -> None:
    assert frozenset({S.INACTIVE, S.DECLINED, S.NONCOMPLIANT, S.EXPIRED}) == commitment.NOT_COMMITTED


REQUESTED = Commitment(status=S.REQUESTED, requested_on=date(2026, 3, 1))
ACCEPTED = Commitment(status=S.ACCEPTED, requested_on=date(2026, 5, 30), accepted_on=date(2026, 6, 1))
MET = Commitment(status=S.ACCEPTED, requested_on=date(2026, 5, 30), accepted_on=date(2026, 6, 1), is_minimum_met=True)
COMMITTED = Commitment(status=S.COMMITTED, requested_on=date(2025, 7, 1), ends_on=date(2028, 7, 5))
ENDLESS = Commitment(status=S.COMMITTED, requested_on=date(2025, 7, 1))
DECLINED = Commitment(status=S.DECLINED, requested_on=date(2026, 3, 1))

STATUSES = {
    "a request the day before its last": (REQUESTED, date(2026, 3, 7), S.REQUESTED),
    "a request on its last day": (REQUESTED, date(2026, 3, 8), S.REQUESTED),
    "a request the day after": (REQUESTED, date(2026, 3, 9), S.EXPIRED),
    "an accepted one the day before its last": (ACCEPTED, date(2026, 6, 30), S.ACCEPTED),
    "an accepted one on its last day": (ACCEPTED, date(2026, 7, 1), S.ACCEPTED),
    "an accepted one the day after": (ACCEPTED, date(2026, 7, 2), S.NONCOMPLIANT),
    "an accepted one whose minimum is met": (MET, date(2026, 7, 2), S.ACCEPTED),
    "a commitment on its last day": (COMMITTED, date(2028, 7, 5), S.COMMITTED),
    "a commitment the day after": (COMMITTED, date(2028, 7, 6), S.EXPIRED),
    "a commitment of unknown end": (ENDLESS, date(2099, 1, 1), S.COMMITTED),
    "a declined one stays declined": (DECLINED, date(2099, 1, 1), S.DECLINED),
}


@pytest.mark.parametrize(("given", "today", "status"), STATUSES.values(), ids=STATUSES)
def test_status_on_a_day(given: Commitment, today: date, status: CommitmentStatus) -> None:
    assert commitment.status_on(given, today, POLICY) is status


def test_deadlines_follow_the_policy() -> None:
    assert commitment.last_answer_day(date(2026, 3, 1), POLICY) == date(2026, 3, 8)
    assert commitment.compliance_day(date(2026, 6, 1), POLICY) == date(2026, 7, 1)
    assert commitment.compliance_day(date(2026, 6, 1), VipPolicy(threeyc_compliance_days=7)) == date(2026, 6, 8)


ADVICE = {
    "the day before the window": (date(2026, 5, 15), 12, 8, False),
    "the first day of the window": (date(2026, 5, 16), 12, 8, True),
    "the anniversary": (date(2026, 6, 15), 12, 8, True),
    "the last day of the window": (date(2026, 7, 15), 12, 8, True),
    "the day after the window": (date(2026, 7, 16), 12, 8, False),
    "everything renewed": (date(2026, 6, 15), 20, 0, False),
    "nothing renewed": (date(2026, 6, 15), 0, 20, False),
}


@pytest.mark.parametrize(("today", "renewed", "unrenewed", "warns"), ADVICE.values(), ids=ADVICE)
def test_accepting_after_a_partial_renewal_is_advised_against(
    today: date, renewed: int, unrenewed: int, warns: bool
) -> None:
    advice = commitment.acceptance_advice(date(2026, 6, 15), today, POLICY, renewed=renewed, unrenewed=unrenewed)
    assert (advice is not None) is warns
    if advice is not None:
        assert "all 20 licences, not only the 12 renewed" in advice
        assert "2026-07-15" in advice


def test_a_kind_of_product_left_out_is_not_committed() -> None:
    assert commitment.eligibility_violations(licences=10, select_level=2, has_extended_term=False) == ()
    assert commitment.eligibility_violations(consumables=1_000, select_level=2, has_extended_term=False) == ()


BINDING = {
    "in force": ("COMMITTED", 12, None, 12),
    "active": ("ACTIVE", 12, None, 12),
    "accepted, before its minimum is met": ("ACCEPTED", 12, None, 12),
    "on its last day": ("COMMITTED", 12, date(2026, 3, 20), 12),
    "on the day after its last day": ("COMMITTED", 12, date(2026, 3, 19), 0),
    "only asked for": ("REQUESTED", 12, None, 0),
    "declined": ("DECLINED", 12, None, 0),
    "not complied with": ("NONCOMPLIANT", 12, None, 0),
    "another word": ("SOMETHING", 12, None, 0),
    "none": (None, None, None, 0),
    "a quantity that is not known": ("ACTIVE", None, None, 0),
}


@pytest.mark.parametrize(("status", "quantity", "ends_on", "expected"), BINDING.values(), ids=BINDING)
def test_what_a_commitment_binds_to(
    status: str | None, quantity: int | None, ends_on: date | None, expected: int
) -> None:
    assert commitment.committed_quantity(status, quantity, ends_on, date(2026, 3, 20)) == expected


@pytest.mark.parametrize(("left", "is_allowed"), [(9, False), (10, True), (11, True), (-1, False)])
def test_only_what_is_above_a_commitment_can_be_given_back(left: int, is_allowed: bool) -> None:
    assert (commitment.holding_violations(left, 10) == ()) is is_allowed
