"""Any sequence of actions: what is stored stays true to the rows, and a refused action leaves nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.support.acting import act_on, counts, do, footprint
from tests.support.clock import TODAY
from tests.support.records import add_customer, order, product
from viptui.data.database import is_postgres, write_transaction
from viptui.data.day_counts import recount
from viptui.data.models import (
    ALL_TABLES,
    AuditEntry,
    Authorization,
    AuthorizationLine,
    Customer,
    Order,
    OrderLine,
    OutboxMail,
    Product,
)
from viptui.data.proxy import database_proxy
from viptui.errors import CommandRejected, NotFound

PRODUCTS = ("Photoshop", "Acrobat")

some_lines = st.sampled_from(
    [["SKU-Photoshop=1"], ["SKU-Photoshop=6"], ["SKU-Acrobat=2"], ["SKU-Photoshop=3", "SKU-Acrobat=5"]]
)
lines = st.just([]) | some_lines
places = st.integers(0, 2)
"""Which of the customers, Purchase Authorizations or orders that there are; the newest for 0."""

MOST_INVITED = 2
"""More would only spread the actions over more customers."""


class Desk(RuleBasedStateMachine):
    """An account manager who does anything at any time."""

    target = ""

    @initialize()
    def empty(self) -> None:
        database_proxy.obj.execute_sql(
            f"{'SET synchronous_commit' if is_postgres(self.target) else 'PRAGMA synchronous'} = OFF"
        )
        with write_transaction():
            OrderLine.delete().execute()
            AuditEntry.update(undoes=None, part_of=None).execute()
            AuthorizationLine.delete().execute()
            for table in ALL_TABLES:
                if table not in (Order, Customer, Product):
                    table.delete().execute()
            Order.update(returns=None).execute()
            for table in (Order, Customer, Product):
                table.delete().execute()
            recount()
        for name in PRODUCTS:
            product(name)
        self.today = TODAY
        self.invited = 0
        elm = add_customer("Elm", vip_id="ELM", anniversary_on=TODAY, contact_email="kim@elm.example")
        order(elm, TODAY - timedelta(days=365), {"Photoshop": 9}, assigned=4)
        oak = add_customer("Oak", vip_id="OAK", anniversary_on=TODAY + timedelta(days=40), term_months=24)
        order(oak, TODAY, {"Photoshop": 5, "Acrobat": 2})

    @precondition(lambda self: self.invited < MOST_INVITED)
    @rule()
    def invite(self) -> None:
        self.invited += 1
        self.act(
            "invitation.send",
            organization_name=f"Customer {self.invited}",
            market_segment="Education",
            offering_type="Team",
            address="1 Main Street",
            city="Ulm",
            region="BW",
            postal_code="89073",
            country="DE",
            contact_name="Kim Example",
            contact_email=f"kim{self.invited}@customer.example",
        )

    @rule(place=places)
    def accept(self, place: int) -> None:
        self.act("invitation.accept", self.customer(place))

    @rule(place=places, lines=some_lines)
    def authorize(self, place: int, lines: list[str]) -> None:
        self.act("authorization.create", self.customer(place), lines=lines)

    @rule(place=places, lines=some_lines, days=st.integers(-1, 70))
    def record(self, place: int, lines: list[str], days: int) -> None:
        created_on = self.today - timedelta(days=days)
        self.act("authorization.record", self.customer(place), lines=lines, created_on=str(created_on))

    @rule(place=places)
    def cancel(self, place: int) -> None:
        self.act("authorization.cancel", self.number(Authorization, place))

    @rule(place=places, lines=lines, is_named=st.booleans(), days=st.sampled_from([0, 0, 0, 3, 20]))
    def order(self, place: int, lines: list[str], is_named: bool, days: int) -> None:
        named = [self.number(Authorization, place)] if is_named else []
        ordered_on = str(self.today - timedelta(days=days))
        self.act("order.place", self.customer(place), lines=lines, authorizations=named, ordered_on=ordered_on)

    @rule(place=places, lines=lines)
    def give_back(self, place: int, lines: list[str]) -> None:
        self.act("order.return", self.number(Order, place), lines=lines)

    @rule(place=places, lines=lines)
    def renew(self, place: int, lines: list[str]) -> None:
        self.act("renewal.place", self.customer(place), lines=lines)

    @rule(place=places)
    def notify(self, place: int) -> None:
        self.act("renewal.notify", self.customer(place))

    @rule(place=places, lines=some_lines)
    def assign(self, place: int, lines: list[str]) -> None:
        self.act("licences.assign", self.customer(place), lines=lines)

    @rule(place=places)
    def note(self, place: int) -> None:
        self.act("note.add", self.customer(place), body="Called.")

    @rule()
    def undo(self) -> None:
        self.act("history.undo")

    @rule()
    def redo(self) -> None:
        self.act("history.redo")

    @rule(days=st.sampled_from([1, 1, 14, 31, 335]))
    def time_passes(self, days: int) -> None:
        self.today += timedelta(days=days)

    @invariant()
    def facts_and_badges_are_what_the_rows_say(self) -> None:
        counts(self.today)

    @invariant()
    def a_purchase_authorization_has_an_order_exactly_if_it_is_ordered(self) -> None:
        for each in Authorization.select():
            assert (each.status == "ordered") is (each.order_id is not None)
            if each.order_id is not None:
                assert each.order.customer_id == each.customer_id
                assert each.order.kind in ("initial", "add-on")

    @invariant()
    def no_more_is_returned_than_was_ordered(self) -> None:
        balance: dict[tuple[int, int], int] = {}
        for line in OrderLine.select():
            returned = line.order.returns_id
            key = (returned or line.order_id, line.product_id)
            balance[key] = balance.get(key, 0) + (-line.quantity if returned else line.quantity)
            assert line.assigned <= line.quantity
        assert all(left >= 0 for left in balance.values())

    def act(self, action: str, subject: str | None = None, **values: Any) -> None:
        """Do something; what is refused must leave nothing behind, what is done leaves one entry of the history."""
        before, entries, mails = footprint(), AuditEntry.select().count(), OutboxMail.select().count()
        try:
            done = do(action, subject, act=act_on(self.today), **values)
        except (CommandRejected, NotFound):
            assert footprint() == before
        else:
            assert AuditEntry.select().count() == entries + 1
            assert OutboxMail.select().count() == mails + len(done.mails)

    def customer(self, place: int) -> str:
        vip_ids = [each.vip_id for each in Customer.select().order_by(Customer.id.desc())]
        return vip_ids[place % len(vip_ids)] if vip_ids else "nobody"

    def number(self, table: type[Authorization] | type[Order], place: int) -> str:
        numbers = [each.number for each in table.select().order_by(table.id.desc())]
        return numbers[place % len(numbers)] if numbers else "none"


def test_nothing_goes_wrong_whatever_is_done_in_whatever_order(database: str) -> None:
    run_state_machine_as_test(
        type("DeskHere", (Desk,), {"target": database}),
        settings=settings(
            derandomize=True,
            deadline=None,
            max_examples=4 if is_postgres(database) else 16,
            stateful_step_count=25,
            suppress_health_check=list(HealthCheck),
        ),
    )
