"""Wide, combining and hostile characters move no column, in whichever table they stand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC

import pytest
from rich.cells import cell_len

from tests.support.clock import NOON
from tests.unit.test_columns import NAMES
from viptui.record_rows import ActivityKey, ActivityRow, ProductRow, TeamRow
from viptui.rows import MailRow
from viptui.rules.plans import Plan, PlanProduct
from viptui.screens import activity_lines, administration_lines, outbox_lines
from viptui.screens.detail_lines import _products
from viptui.text import visible
from viptui.widgets.paint import SpanLine, framed, span_width

WIDTHS = (60, 80, 120, 200)
PLAIN = "Acme"


def starts(line: SpanLine) -> list[int]:
    """The cells at which the parts of a line begin, and where it ends."""
    found = [0]
    for text, _ in line:
        assert cell_len(visible(text)) == cell_len(text), "text that is not made visible yet cannot be measured"
        found.append(found[-1] + cell_len(text))
    return found


def mail(name: str) -> MailRow:
    return MailRow(
        number=1,
        status="failed",
        recipient=name,
        subject=name,
        body="",
        template="",
        message_id="",
        created_at=NOON,
        attempts=1,
        next_attempt_at=None,
        sent_at=None,
        problems=(f"2026-03-20 12:00  {name}",),
    )


def entry(name: str) -> ActivityRow:
    return ActivityRow(
        key=ActivityKey(NOON, 1),
        actor=name,
        origin="tui",
        action="note.add",
        subject="",
        vip_id="",
        organization_name=name,
        summary="what was done",
        before={},
        after={},
    )


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_outbox(name: str, width: int) -> None:
    line = outbox_lines.mail_line(mail(name), NOON, width)
    assert starts(line) == starts(outbox_lines.mail_line(mail(PLAIN), NOON, width))
    assert span_width(line) <= width - 1


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_activity(name: str, width: int) -> None:
    line = activity_lines.entry_line(entry(name), UTC, width)
    assert starts(line[:-1]) == starts(activity_lines.entry_line(entry(PLAIN), UTC, width)[:-1])


def rows(name: str) -> Mapping[str, administration_lines.Row]:
    member = TeamRow(login=name, name=name, email=name, role="member", status="active", customers=7)
    product = ProductRow(
        sku=name,
        name=name,
        market_segment=None,
        type=None,
        price=None,
        currency=None,
        pa_allowed=True,
        consumable=False,
        active=True,
    )
    return {
        "Team": administration_lines.member_row(member),
        "Products": administration_lines.product_row(product),
    }


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("tab", administration_lines.TABS[:2], ids=lambda tab: tab.title)
def test_the_administration(tab: administration_lines.Tab, name: str, width: int) -> None:
    fitting = administration_lines.widths(tab.columns, width - 1)
    heading = administration_lines.heading(tab.columns, fitting)
    line = administration_lines.row_line(tab.columns, fitting, rows(name)[tab.title].cells(NOON))
    assert starts(line) == starts(heading)
    assert span_width(line) <= width - 1


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_the_products_of_a_customer(name: str) -> None:
    plan = Plan(product=PlanProduct("1", name), total=1, active=1, pending=0)
    for width in WIDTHS:
        heading, line = _products([plan], width)
        assert span_width(line) == span_width(heading) <= width


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_what_opens_over_a_screen(name: str) -> None:
    lines = framed([[(" ", "bar"), (name, "bar")], []], 40, 4)
    assert [span_width(line) for line in lines] == [40] * 4
