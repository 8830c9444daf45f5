"""Made-up portfolios of any size, as the CSV files that ``viptui import`` reads and as one list for the peers.

The spread is that of a busy reseller on the given day: 15 % of the customers have no products, a tenth are past
due, about as many have a pending request, a tenth are ready for renewal, 7 % upcoming. On that very day a chosen
number of customers cross a line, each one line once, and nobody else does.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

from viptui.data.demo.dice import between, one
from viptui.data.demo.names import NameBook
from viptui.importing.columns import AUTHORIZATIONS, CUSTOMERS, ORDERS
from viptui.rules.policy import MarketSegment, VipPolicy

TEAM: Final = (
    "ana.kovac", "bela.nagy", "chidi.eze", "dana.levi", "emil.sorensen", "fatima.zahra",
    "goro.ito", "hana.park", "ivo.petrov", "joana.reis", "kofi.mensah", "lena.fischer",
)  # fmt: skip
"""Logins of those who manage the customers."""

ME: Final = TEAM[0]
"""Whose customers ``m`` shows."""

LIST_COLUMNS: Final = ("vip_id", "organization", "e-mail", "segment", "city", "country", "anniversary", "managed_by")
"""Columns of the list that the peers show."""

LIST: Final = "customers.tsv"
"""The list's file in a portfolio's folder."""

FILES: Final = "csv"
"""The folder, in a portfolio's, with the files to import."""

Row = Sequence[Any]


@dataclass(slots=True)
class Story:
    """One customer's dates: what is open since when, and which anniversary is due."""

    asked_on: date | None = None
    """Creation day of the open Purchase Authorization."""
    due_on: date | None = None
    """The Anniversary Date at which licences are due; None without orders."""


def write_portfolio(
    folder: Path, customers: int, today: date, *, seed: int = 1, crossing: int = 0, first: int = 0
) -> None:
    """Write the files of a portfolio into ``folder``.

    Args:
        folder: where to; it is made if it is not there.
        customers: how many.
        today: the day on which the spread holds.
        seed: chooses among the portfolios.
        crossing: how many of the customers cross a line from the day before to ``today``.
        first: number of the first customer; portfolios whose numbers do not meet share no customer.
    """
    files = folder / FILES
    files.mkdir(parents=True, exist_ok=True)
    portfolio = Portfolio(customers, today, seed=seed, crossing=crossing, first=first)
    with ExitStack() as stack:
        writers = []
        for kind in (CUSTOMERS, AUTHORIZATIONS, ORDERS):
            file = stack.enter_context((files / f"{kind.name}.csv").open("w", encoding="utf-8", newline=""))
            writers.append(csv.writer(file, lineterminator="\n"))
            writers[-1].writerow([field.name for field in kind.fields])
        plain = stack.enter_context((folder / LIST).open("w", encoding="utf-8"))
        print(*LIST_COLUMNS, sep="\t", file=plain)
        for customer, authorizations, orders in portfolio.records():
            writers[0].writerow(customer)
            writers[1].writerows(authorizations)
            writers[2].writerows(orders)
            print(*[customer[place] for place in _LIST_PLACES], sep="\t", file=plain)


class Portfolio:
    """The records of made-up customers; the same arguments make the same ones."""

    def __init__(self, customers: int, today: date, *, seed: int, crossing: int = 0, first: int = 0) -> None:
        self._rng = Random(seed)
        self._names = NameBook(self._rng)
        self._organizations: list[tuple[str, ...]] = []
        self._numbers = range(first, first + customers)
        self._today = today
        self._policy = VipPolicy()
        self._crossing = min(crossing, customers)
        self._lines = _lines_of(self._policy)

    def records(self) -> Iterator[tuple[Row, list[Row], list[Row]]]:
        """Each customer's row with the rows of its Purchase Authorizations and orders."""
        count = len(self._numbers)
        for place, number in enumerate(self._numbers):
            crossed = self._crossing and place * self._crossing // count != (place + 1) * self._crossing // count
            story = self._crosser(place * self._crossing // count) if crossed else self._story()
            yield self._record(number, story)

    def _crosser(self, turn: int) -> Story:
        """Somebody who crosses a line today; one line after the other."""
        column, days = self._lines[turn % len(self._lines)]
        day = self._today + timedelta(days=days)
        return Story(asked_on=day) if column == "asked_on" else Story(due_on=day)

    def _story(self) -> Story:
        rng, today = self._rng, self._today
        if rng.random() < _WITHOUT_PRODUCTS:
            return Story()
        story = Story()
        draw = rng.random()
        if draw < _PAST_DUE:
            story.asked_on = self._but_for_lines("asked_on", -120, -self._policy.overdue_after - 1)
        elif draw < _PAST_DUE + _PENDING:
            story.asked_on = today - timedelta(days=between(rng, 0, self._policy.overdue_after))
        if story.asked_on is None or rng.random() < _BOUGHT_BEFORE:
            story.due_on = self._due_on()
        return story

    def _due_on(self) -> date:
        policy = self._policy
        draw = self._rng.random()
        if draw < _READY:
            return self._but_for_lines("due_on", -policy.grace_days, policy.window_open_days)
        if draw < _READY + _UPCOMING:
            return self._but_for_lines("due_on", policy.window_open_days + 1, policy.upcoming_first_day)
        if draw < _READY + _UPCOMING + _LAPSED:
            return self._but_for_lines("due_on", -250, -policy.grace_days - 1)
        return self._today + timedelta(days=between(self._rng, policy.upcoming_first_day + 1, 364))

    def _but_for_lines(self, column: str, first: int, last: int) -> date:
        """A day from ``first`` to ``last``, counted from today, on which nobody crosses a line today."""
        while True:
            days = between(self._rng, first, last)
            if (column, days) not in self._lines:
                return self._today + timedelta(days=days)

    def _record(self, number: int, story: Story) -> tuple[Row, list[Row], list[Row]]:
        rng = self._rng
        name, english, segment, *contact = self._organization(number)
        vip_id = f"{rng.getrandbits(48):012X}{number:08X}"
        orders = self._orders(number, vip_id, story.due_on)
        authorizations = self._authorizations(number, vip_id, story.asked_on, orders)
        known = [row[3] for row in orders] + [row[2] for row in authorizations]
        accepted_on = min(known, default=self._today) - timedelta(days=between(rng, 0, 60))
        pending = not known and rng.random() < _NOT_ACCEPTED
        customer = (
            vip_id, name, english, segment, "Team" if rng.random() < _TEAM else "Enterprise", *contact,
            "Pending" if pending else "Accepted", accepted_on - timedelta(days=between(rng, 0, 9)),
            "" if pending else accepted_on, story.due_on or "", 12, "" if rng.random() < _UNMANAGED else one(rng, TEAM),
        )  # fmt: skip
        return customer, authorizations, orders

    def _organization(self, number: int) -> tuple[str, ...]:
        """An invented organization's cells; from a number on they come again with a number behind their names."""
        again, place = divmod(number - self._numbers.start, _ORGANIZATIONS)
        if not again:
            self._organizations.append(_invented(self._names, one(self._rng, _SEGMENTS), number))
        cells = self._organizations[place]
        if not again:
            return cells
        name, english, segment, contact, email, *where = cells
        english = english and f"{english} {again}"
        return f"{name} {again}", english, segment, contact, email.replace("@", f".{again}@"), *where

    def _orders(self, number: int, vip_id: str, due_on: date | None) -> list[Row]:
        """Orders after which licences are due at ``due_on``; a row a line, a number a kind."""
        if due_on is None:
            return []
        rng = self._rng
        rows: list[Row] = []
        renewed_on = min(due_on - timedelta(days=365 + between(rng, 0, 20)), self._today)
        kinds = [("initial", renewed_on)]
        if rng.random() < _RENEWED_BEFORE:
            kinds = [("initial", due_on - timedelta(days=730)), ("renewal", renewed_on)]
        if rng.random() < _ADDED:
            kinds.append(("add-on", renewed_on + timedelta(days=between(rng, 31, 200))))
        for turn, (kind, ordered_on) in enumerate(kinds):
            if ordered_on > min(due_on, self._today):
                continue
            place = between(rng, 1, len(_PRODUCTS) - 1)
            for product in _PRODUCTS[place - (rng.random() < _TWO_LINES) : place + 1]:
                quantity = one(rng, _QUANTITIES)
                rows.append(
                    [f"ORD{number:08}-{turn}", vip_id, kind, ordered_on, "", f"PO-{number}-{turn}", *product, quantity,
                     between(rng, 0, quantity), ""]
                )  # fmt: skip
        return rows

    def _authorizations(self, number: int, vip_id: str, asked_on: date | None, orders: list[Row]) -> list[Row]:
        """The open Purchase Authorization, and perhaps the one that the first order has paid for."""
        rng = self._rng
        rows: list[Row] = []
        if orders and rng.random() < _AUTHORIZED_BEFORE:
            paid = f"PA{number:08}-0"
            first = orders[0]
            orders[:] = [(*each[:4], paid, *each[5:]) if each[0] == first[0] else each for each in orders]
            created_on = first[3] - timedelta(days=between(rng, 0, 40))
            rows.append((paid, vip_id, created_on, "reseller", first[5], *first[6:9], "", "ordered"))
        if asked_on is not None:
            created_by = "customer" if rng.random() < _BY_CUSTOMERS else "reseller"
            product, quantity = one(rng, _PRODUCTS), one(rng, _QUANTITIES)
            rows.append((f"PA{number:08}-1", vip_id, asked_on, created_by, "", *product, quantity, "", "open"))
        return rows


def _invented(names: NameBook, segment: MarketSegment, number: int) -> tuple[str, ...]:
    """Name, English name, segment, contact, e-mail, and the address from the street to the country."""
    who = names.invent(number, segment)
    address = who.address, who.city, who.region, who.postal_code, who.country
    return who.name, who.name_english, segment.value, who.contact_name, who.contact_email, *address


def _lines_of(policy: VipPolicy) -> list[tuple[str, int]]:
    """The lines: which date, and how many days from today it lies for who crosses the line today."""
    return [
        ("asked_on", -policy.overdue_after - 1),
        ("asked_on", -policy.suspended_after - 1),
        ("due_on", policy.upcoming_first_day),
        ("due_on", policy.window_open_days),
        ("due_on", -1),
        ("due_on", -policy.grace_days - 1),
    ]


_WITHOUT_PRODUCTS: Final = 0.15
_PAST_DUE: Final = 0.12  # of the customers with products, as are the next ones
_PENDING: Final = 0.13
_BOUGHT_BEFORE: Final = 0.7
_READY: Final = 0.12
_UPCOMING: Final = 0.085
_LAPSED: Final = 0.05
_RENEWED_BEFORE: Final = 0.35
_ADDED: Final = 0.3
_TWO_LINES: Final = 0.15
_AUTHORIZED_BEFORE: Final = 0.36
_BY_CUSTOMERS: Final = 0.5
_NOT_ACCEPTED: Final = 0.5
_TEAM: Final = 0.6
_UNMANAGED: Final = 0.05

_ORGANIZATIONS: Final = 20_000
"""How many are invented, which is what takes the time."""

_SEGMENTS: Final = tuple(MarketSegment)
_QUANTITIES: Final = (1, 1, 2, 2, 3, 5, 5, 8, 10, 15, 25, 60)

_PRODUCTS: Final = tuple(
    (f"{name} for {edition}", f"{65_300_000 + 11 * place + 5_000 * (edition == 'Enterprise')}CA01A12")
    for place, name in enumerate(
        ("Creative Cloud All Apps", "Photoshop", "Illustrator", "InDesign", "Premiere Pro", "Acrobat Pro", "InCopy")
    )
    for edition in ("Teams", "Enterprise")
)
"""Name and SKU."""

_LIST_PLACES: Final = (0, 1, 6, 3, 8, 11, 15, 17)
"""Where the columns of the list stand in a customer's row."""
