"""Several commands in one transaction: each by itself, what is refused or only looked at leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

import pytest

from tests.support.acting import act_on, counts, footprint, history, mails
from tests.support.records import add_customer
from viptui.actions import BY_ID
from viptui.commands import several
from viptui.commands.act import Done
from viptui.commands.several import Asked, perform_some
from viptui.data.database import write_transaction
from viptui.errors import NotFound, SettingsError, StorageUnavailable, ViptuiError
from viptui.mail.templates import Templates

_requests = count(1)


def some(
    action: str, *subjects: str, dry_run: bool = False, goes_on: Callable[[], bool] = lambda: True
) -> list[Done | ViptuiError]:
    """Carry an action out on several."""
    values = {"body": "Called."} if action == "note.add" else {}
    asked = [Asked(BY_ID[action].build(values, each), f"some-{next(_requests)}") for each in subjects]
    return perform_some(BY_ID[action], asked, act_on(), dry_run=dry_run, goes_on=goes_on)


@pytest.fixture(autouse=True)
def _customers_and_time(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(several, "SECONDS_AT_ONCE", 60)
    for name in ("A", "B", "C"):
        add_customer(name, vip_id=name, invitation_status="Pending", contact_email=f"{name}@team.example")


def summaries(outcomes: list[Done | ViptuiError]) -> list[str]:
    return [each.summary if isinstance(each, Done) else type(each).__name__ for each in outcomes]


def test_what_is_refused_stops_no_other_and_leaves_nothing() -> None:
    told = summaries(some("note.add", "A", "nobody", "B"))
    assert told == ["Noted for A: Called.", "NotFound", "Noted for B: Called."]
    assert history() == [("note.add", "A"), ("note.add", "B")]
    counts()


def test_what_was_begun_before_it_was_refused_is_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    write = several.perform_within

    def refused_late(*args: object) -> Done:
        done = write(*args)  # type: ignore[arg-type]
        if done.subject == "B":
            raise NotFound("Gone.")
        return done

    monkeypatch.setattr(several, "perform_within", refused_late)
    assert summaries(some("note.add", "A", "B", "C"))[1] == "NotFound"
    assert history() == [("note.add", "A"), ("note.add", "C")]


def test_a_dry_run_of_several_looks_at_each_by_itself_and_leaves_nothing() -> None:
    before = footprint()
    outcomes = some("customer.remove", "A", "A", "B", dry_run=True)
    assert summaries(outcomes) == ["Removed A (A).", "Removed A (A).", "Removed B (B)."]
    assert all(isinstance(each, Done) and each.is_dry_run for each in outcomes)
    assert footprint() == before


def test_the_same_request_among_several_acts_once() -> None:
    asked = Asked(BY_ID["note.add"].build({"body": "Called."}, "A"), "once")
    first, second = perform_some(BY_ID["note.add"], [asked, asked], act_on(), goes_on=lambda: True)
    assert isinstance(first, Done)
    assert isinstance(second, Done)
    assert (first.is_repeated, second.is_repeated) == (False, True)
    assert len(history()) == 1


def test_it_ends_where_somebody_stops_it_or_time_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(some("note.add", "A", "B", "C", goes_on=lambda: False)) == 1
    monkeypatch.setattr(several, "SECONDS_AT_ONCE", 0)
    assert len(some("note.add", "A", "B", "C")) == 1
    assert len(history()) == 2


def test_what_is_no_refusal_ends_it_and_what_was_done_before_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    def unusable(*_: object) -> None:
        raise SettingsError("The text cannot be used.")

    assert summaries(some("invitation.remind", "A", "B")) != ["SettingsError"]
    sent = len(mails())
    monkeypatch.setattr(Templates, "render", unusable)
    assert summaries(some("invitation.remind", "A", "B")) == ["SettingsError"]
    assert len(mails()) == sent


def test_if_the_transaction_fails_nothing_came_of_any(monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def failing() -> Iterator[None]:
        with write_transaction():
            yield
            raise StorageUnavailable("Nothing was written: the disk is full.")

    monkeypatch.setattr(several, "write_transaction", failing)
    assert summaries(some("note.add", "A", "B")) == ["StorageUnavailable", "StorageUnavailable"]
    assert history() == []
