"""Commands carried out one after the other, each by itself, several in a transaction: others come in between."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from time import monotonic
from typing import Any, Final, NamedTuple

from viptui.actions import Action
from viptui.commands.act import Act, Done
from viptui.commands.perform import perform_within
from viptui.data.database import savepoint, write_transaction
from viptui.errors import CommandRejected, NotFound, StaleRecord, StorageUnavailable, ViptuiError

SECONDS_AT_ONCE: Final = 0.02
"""How long one transaction goes on with another command; what somebody waits for is held up by little more."""

REFUSALS: Final = (CommandRejected, NotFound, StaleRecord)
"""What keeps one command from being carried out, and no other."""


class Asked(NamedTuple):
    """A command, and the request that carries it out once."""

    command: Any
    request_id: str


class _OnlyLooked(Exception):
    """Ends the transaction of a dry run without writing."""


def perform_some(
    action: Action, asked: Iterable[Asked], act: Act, *, dry_run: bool = False, goes_on: Callable[[], bool]
) -> list[Done | ViptuiError]:
    """What came of the first of these commands, or why nothing did: of one at least, of others as long as time is.

    They share a transaction, and each is a part of it that is taken back by itself where it is refused, or on a dry
    run. What is no refusal ends it. If the transaction itself fails, nothing came of any of them.

    Args:
        action: what they are commands of.
        asked: the commands in their order.
        act: who acts; every command has a request of its own.
        dry_run: say what would come of each by itself, and do nothing.
        goes_on: asked after each; False ends it.
    """
    until = monotonic() + SECONDS_AT_ONCE
    outcomes: list[Done | ViptuiError] = []
    tried = 0
    try:
        with write_transaction():
            for each in asked:
                tried += 1
                outcomes.append(_outcome(action, each, act, dry_run=dry_run))
                is_failure = isinstance(outcomes[-1], ViptuiError) and not isinstance(outcomes[-1], REFUSALS)
                if is_failure or monotonic() > until or not goes_on():
                    break
            if dry_run:
                raise _OnlyLooked
    except _OnlyLooked:
        pass
    except StorageUnavailable as error:
        return [error] * max(1, tried)
    return outcomes


def _outcome(action: Action, asked: Asked, act: Act, *, dry_run: bool) -> Done | ViptuiError:
    done: Done | None = None
    try:
        with savepoint():
            done = perform_within(action, asked.command, replace(act, request_id=asked.request_id))
            if dry_run:
                raise _OnlyLooked
    except _OnlyLooked:
        pass
    except ViptuiError as error:
        return error
    if done is None:
        raise AssertionError("a part of a transaction ended without an outcome")
    return replace(done, is_dry_run=dry_run)
