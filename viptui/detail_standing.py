"""What a customer's details mean on a day; one reading for the screen, the command line and the commands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from viptui.detail_rows import CustomerDetail
from viptui.rows import CustomerRow
from viptui.rules.anniversary import ANNUAL_MONTHS
from viptui.rules.commitment import (
    NOT_COMMITTED,
    Commitment,
    CommitmentStanding,
    consumable_level_code,
    deadline,
    licence_level_code,
    status_on,
)
from viptui.rules.commitment_status import CommitmentStatus, status_from
from viptui.rules.order import OrderLine
from viptui.rules.policy import MarketSegment, VipPolicy
from viptui.rules.select_level import SelectStanding, lines_of_term, select_standing
from viptui.rules.standing import standing


def select_on(detail: CustomerDetail, today: date, policy: VipPolicy) -> SelectStanding:
    """Where the customer stands in VIP Select."""
    return select_of(detail.row, detail.purchases, detail.select_level, detail.term_months, today, policy)


def select_of(
    row: CustomerRow,
    purchases: Sequence[OrderLine],
    recorded: int | None,
    term_months: int,
    today: date,
    policy: VipPolicy,
) -> SelectStanding:
    """The same of a customer whose details nobody has read; ``recorded`` is a level that Adobe has given."""
    ends_on = standing(row.anniversary_on, row.facts, today, policy).anniversary_on
    if ends_on is None:
        return select_standing((), None, today, recorded)
    months = term_months if ends_on == row.anniversary_on else ANNUAL_MONTHS
    return select_standing(lines_of_term(purchases, ends_on, policy, term_months=months), ends_on, today, recorded)


def commitment_on(detail: CustomerDetail, today: date, policy: VipPolicy) -> CommitmentStanding | None:
    """The 3-year commit; None without one.

    Its day of request or acceptance is its start. Whether its minimum is met is told by the term's purchases, which
    know licences only.
    """
    if detail.commitment_status is None:
        return None
    starts_on, licences = detail.commitment_start_on, detail.commitment_quantity or 0
    status = status_from(detail.commitment_status)
    stored = Commitment(
        status=status,
        requested_on=starts_on or today,
        accepted_on=starts_on,
        ends_on=detail.commitment_end_on,
        is_minimum_met=status is CommitmentStatus.ACCEPTED and select_on(detail, today, policy).licences >= licences,
    )
    stands, consumables = status_on(stored, today, policy), detail.commitment_consumables or 0
    counts = stands not in NOT_COMMITTED
    return CommitmentStanding(
        status=stands,
        licences=licences,
        consumables=consumables,
        starts_on=starts_on,
        ends_on=detail.commitment_end_on,
        due_on=deadline(stored, policy),
        licence_level=licence_level_code(licences if counts else 0, MarketSegment(detail.row.market_segment)),
        consumable_level=consumable_level_code(consumables if counts else 0),
    )
