"""The tables. Models are storage only: reads return the frozen rows of `viptui.rows`.

Facts are stored, standings are not: the fact columns of a customer follow from its Purchase Authorizations and
orders and are refreshed by `viptui.data.facts` inside the transaction that changes those.
"""

from __future__ import annotations

from typing import Any, Final

from peewee import (
    SQL,
    AutoField,
    BooleanField,
    CharField,
    Check,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)

from viptui.data.fields import CivilDateField, CodePointField, InstantField, MoneyField
from viptui.data.proxy import database_proxy


def _one_of(column: str, *values: str) -> Any:
    return Check(f"{column} IN ({', '.join(repr(value) for value in values)})")


class Table(Model):
    """Base of all tables."""

    id = AutoField()

    class Meta:
        database = database_proxy
        legacy_table_names = False


class Reseller(Table):
    """The organisation that runs this database."""

    name = CharField()


class TeamMember(Table):
    """Somebody of the reseller's team, known by the login of the operating system."""

    login = CharField()
    login_key = CodePointField(unique=True)
    name = CharField(default="")
    email = CharField(default="")
    role = CharField(default="member", constraints=[_one_of("role", "primary_admin", "admin", "member")])
    status = CharField(default="active", constraints=[_one_of("status", "active", "pending", "inactive")])


class Product(Table):
    """Something that can be authorized or ordered."""

    sku = CharField()
    sku_key = CodePointField(unique=True)
    name = CharField()
    market_segment = CharField(null=True)
    offering_type = CharField(null=True)
    pa_allowed = BooleanField(default=True)
    """Whether a Purchase Authorization may name it; otherwise it is ordered directly."""
    consumable = BooleanField(default=False)
    active = BooleanField(default=True)
    unit_price = MoneyField(null=True)
    currency = CharField(null=True)


class Customer(Table):
    """An organisation in VIP."""

    vip_id = CharField()
    vip_key = CodePointField(unique=True)
    organization_name = TextField()
    organization_name_english = TextField(default="")
    market_segment = CharField(constraints=[_one_of("market_segment", "Commercial", "Education", "Government")])
    offering_type = CharField(constraints=[_one_of("offering_type", "Team", "Enterprise")])
    contact_name = TextField(default="")
    contact_email = CodePointField(default="")
    address = TextField(default="")
    city = TextField(default="")
    region = TextField(default="")
    postal_code = CharField(default="")
    country = CharField(default="")
    invitation_status = CharField(constraints=[_one_of("invitation_status", "Pending", "Accepted")])
    invited_on = CivilDateField(null=True)
    accepted_on = CivilDateField(null=True)
    anniversary_on = CivilDateField(null=True)
    """The stored Anniversary Date: given or set once, never recomputed."""
    anniversary_given = BooleanField(default=False)
    """Whether it was given (at the invitation or by an import) rather than derived."""
    term_months = IntegerField(default=12, constraints=[Check("term_months > 0")])
    managed_by = ForeignKeyField(TeamMember, null=True, backref="customers", on_delete="RESTRICT", index=False)
    commitment_status = CharField(null=True)
    commitment_quantity = IntegerField(null=True)
    """Licences."""
    commitment_start_on = CivilDateField(null=True)
    commitment_end_on = CivilDateField(null=True)
    select_level = IntegerField(null=True, constraints=[Check("select_level BETWEEN 1 AND 4")])
    version = IntegerField(default=1)
    """Grows with every change of the record, so that a stale form is noticed."""

    sort_name = CodePointField()
    search_text = CodePointField()
    """The searchable fields, folded, one a line."""

    authorizations: Any
    orders: Any
    notes: Any

    # Facts, refreshed by viptui.data.facts
    has_products = BooleanField(default=False)
    oldest_open_authorization_on = CivilDateField(null=True)
    newest_open_authorization_on = CivilDateField(null=True)
    open_licences = IntegerField(default=0)
    open_amount = MoneyField(null=True)
    open_currency = CharField(null=True)
    renewed_on = CivilDateField(null=True)
    renewal_due_on = CivilDateField(null=True)
    renewal_following_on = CivilDateField(null=True)
    licences_due = IntegerField(default=0)
    licences_renewed = IntegerField(default=0)

    commitment_consumables = IntegerField(null=True)
    """Transactions of consumables that are committed beside the licences."""


_PENDING_SINCE = SQL("invitation_status = 'Pending' AND invited_on IS NOT NULL")

_INDEXES: Final[dict[str, tuple[tuple[Any, ...], Any]]] = {
    # The filters, alone and with "managed by"
    "newest_open": ((Customer.newest_open_authorization_on,), Customer.newest_open_authorization_on.is_null(False)),
    **{
        f"managed_by_{name}": ((Customer.managed_by, column), column.is_null(False))
        for name, column in (
            ("oldest_open", Customer.oldest_open_authorization_on),
            ("newest_open", Customer.newest_open_authorization_on),
            ("renewal_due", Customer.renewal_due_on),
            ("renewal_following", Customer.renewal_following_on),
        )
    },
    "managed_by_no_products": ((Customer.managed_by, Customer.invited_on), SQL("NOT has_products")),
    # The orders, each with the name that decides among equals; some serve a filter as well
    "name": ((Customer.sort_name,), None),
    "email": ((Customer.contact_email, Customer.sort_name), None),
    "oldest_open": (
        (Customer.oldest_open_authorization_on, Customer.sort_name),
        Customer.oldest_open_authorization_on.is_null(False),
    ),
    "licences": ((Customer.open_licences, Customer.sort_name), SQL("open_licences > 0")),
    "amount": ((Customer.open_amount, Customer.sort_name), Customer.open_amount.is_null(False)),
    "segment": ((Customer.market_segment, Customer.sort_name), None),
    "managed_by": ((Customer.managed_by, Customer.sort_name), None),
    "no_products": ((Customer.invited_on, Customer.sort_name), SQL("NOT has_products")),
    "no_products_name": ((Customer.sort_name,), SQL("NOT has_products")),
    "no_products_anniversary": (
        (Customer.anniversary_on, Customer.sort_name),
        SQL("NOT has_products AND anniversary_on IS NOT NULL"),
    ),
    "invited": ((Customer.invited_on, Customer.sort_name), None),
    "invitation": ((Customer.invited_on, Customer.sort_name), _PENDING_SINCE),
    "renewed": ((Customer.renewed_on, Customer.sort_name), Customer.renewed_on.is_null(False)),
    "renewal_due": ((Customer.renewal_due_on, Customer.sort_name), Customer.renewal_due_on.is_null(False)),
    "renewal_following": (
        (Customer.renewal_following_on, Customer.sort_name),
        Customer.renewal_following_on.is_null(False),
    ),
}
"""By what customers are looked up: columns (the id comes last in each) and, for a part of the rows, which part."""

for _name, (_columns, _part) in _INDEXES.items():
    Customer.add_index(Customer.index(*_columns, Customer.id, name=f"customer_by_{_name}", where=_part))

# Behind the id stands what decides which of the entries count, so that it is read from the index.
_DECIDED: Final[dict[str, tuple[tuple[Any, ...], tuple[Any, ...], Any]]] = {
    "several_open": (
        (Customer.oldest_open_authorization_on, Customer.sort_name),
        (Customer.newest_open_authorization_on,),
        SQL("newest_open_authorization_on > oldest_open_authorization_on"),
    ),
    "anniversary": (
        (Customer.anniversary_on, Customer.sort_name),
        (
            Customer.renewal_due_on,
            Customer.oldest_open_authorization_on,
            Customer.newest_open_authorization_on,
            Customer.managed_by,
        ),
        None,
    ),
    "open_invited": (
        (Customer.invited_on, Customer.sort_name),
        (Customer.oldest_open_authorization_on, Customer.newest_open_authorization_on, Customer.managed_by),
        Customer.oldest_open_authorization_on.is_null(False),
    ),
    "products_invitation": (
        (Customer.invited_on, Customer.sort_name),
        (
            Customer.oldest_open_authorization_on,
            Customer.newest_open_authorization_on,
            Customer.renewal_due_on,
            Customer.renewal_following_on,
            Customer.managed_by,
        ),
        SQL(f"has_products AND {_PENDING_SINCE.sql}"),
    ),
    **{
        f"{name}_invited": (
            (column, Customer.invited_on, Customer.sort_name),
            (Customer.managed_by,),
            column.is_null(False),
        )
        for name, column in (
            ("renewal_due", Customer.renewal_due_on),
            ("renewal_following", Customer.renewal_following_on),
        )
    },
}

for _name, (_columns, _behind, _part) in _DECIDED.items():
    Customer.add_index(Customer.index(*_columns, Customer.id, *_behind, name=f"customer_by_{_name}", where=_part))


class Order(Table):
    """A paid order."""

    number = CharField()
    number_key = CodePointField(unique=True)
    customer = ForeignKeyField(Customer, backref="orders", on_delete="RESTRICT")
    customer_id: Any
    authorizations: Any
    kind = CharField(constraints=[_one_of("kind", "initial", "add-on", "renewal", "return")])
    ordered_on = CivilDateField()
    lines: Any
    po_number = CharField(default="")
    returns = ForeignKeyField("self", null=True, on_delete="RESTRICT")
    """The order that a return undoes, where it is known."""

    class Meta:
        table_name = "customer_order"


class OrderLine(Table):
    """One product of an order."""

    order = ForeignKeyField(Order, backref="lines", on_delete="CASCADE")
    product = ForeignKeyField(Product, on_delete="RESTRICT")
    product_id: Any
    quantity = IntegerField(constraints=[Check("quantity > 0")])
    assigned = IntegerField(default=0, constraints=[Check("assigned >= 0")])
    """Licences of the line that are assigned to users."""
    unit_price = MoneyField(null=True)
    """Price of a licence when it was ordered, where it was known."""
    currency = CharField(null=True)
    months = IntegerField(null=True)
    """Whole months that it was ordered for, where viptui placed the order; lines of several Purchase
    Authorizations began on different days."""


class Authorization(Table):
    """A Purchase Authorization."""

    number = CharField()
    number_key = CodePointField(unique=True)
    customer = ForeignKeyField(Customer, backref="authorizations", on_delete="RESTRICT")
    customer_id: Any
    created_on = CivilDateField()
    created_by = CharField(constraints=[_one_of("created_by", "reseller", "customer")])
    lines: Any
    po_number = CharField(default="")
    status = CharField(constraints=[_one_of("status", "open", "ordered", "cancelled")])
    order = ForeignKeyField(Order, null=True, backref="authorizations", on_delete="RESTRICT")
    """The order that paid for it, where it is known."""
    version = IntegerField(default=1)

    class Meta:
        table_name = "purchase_authorization"


class AuthorizationLine(Table):
    """One product of a Purchase Authorization."""

    authorization = ForeignKeyField(Authorization, backref="lines", on_delete="CASCADE")
    product = ForeignKeyField(Product, on_delete="RESTRICT")
    quantity = IntegerField(constraints=[Check("quantity > 0")])
    assigned = IntegerField(default=0, constraints=[SQL("DEFAULT 0"), Check("assigned >= 0")])
    """Licences of the line that are assigned to users."""

    class Meta:
        table_name = "purchase_authorization_line"


class ResellerChange(Table):
    """A code with which a customer may move here from another reseller."""

    vip_id = CharField()
    admin_email = CharField()
    code = CharField(unique=True)
    requested_by = ForeignKeyField(TeamMember, null=True, on_delete="RESTRICT")
    issued_at = InstantField()
    expires_at = InstantField()
    used_at = InstantField(null=True)
    customer = ForeignKeyField(Customer, null=True, on_delete="RESTRICT")


class Note(Table):
    """Something a team member wrote about a customer."""

    customer = ForeignKeyField(Customer, backref="notes", on_delete="CASCADE")
    author = CharField()
    body = TextField()
    written_at = InstantField()


class AuditEntry(Table):
    """Who did what to what, when and from where."""

    at = InstantField(index=True)
    actor = CharField()
    origin = CharField(default="")
    """The door it came through: tui, cli, worker; and the terminal's far end, where known."""
    action = CharField()
    subject = CharField(default="")
    customer = ForeignKeyField(Customer, null=True, on_delete="SET NULL")
    customer_id: Any
    request_id = CharField(null=True, unique=True)
    """Made when a form opens: the same request acts once."""
    before = TextField(default="")
    after = TextField(default="")
    """What changed, as JSON."""
    summary = TextField(default="", constraints=[SQL("DEFAULT ''")])
    """The same as one sentence."""
    request_digest = CharField(null=True)
    """What the request asked for, so that another one under the same id is noticed."""
    search_text = CodePointField(default="", constraints=[SQL("DEFAULT ''")])
    """What a search of the history looks in, folded."""
    part_of = ForeignKeyField("self", null=True, on_delete="RESTRICT")
    """Of what one customer has had of an action on many: the entry of the whole."""
    undoes = ForeignKeyField("self", null=True, unique=True, on_delete="RESTRICT")
    undoes_id: Any
    """The entry that this one has taken back; each is taken back once."""

    class Meta:
        indexes = ((("actor", "id"), False),)


class OutboxMail(Table):
    """A mail that a transaction decided to send; a worker delivers it later."""

    key = CharField(unique=True)
    """Names the occasion, so that one occasion sends one mail."""
    message_id = CharField(unique=True)
    customer = ForeignKeyField(Customer, null=True, on_delete="SET NULL")
    recipient = CharField()
    subject = TextField()
    body = TextField()
    status = CharField(
        default="waiting",
        constraints=[_one_of("status", "waiting", "sending", "sent", "failed", "unknown", "discarded")],
    )
    attempts = IntegerField(default=0)
    next_attempt_at = InstantField(null=True)
    """None: as soon as somebody delivers."""
    problems = TextField(default="")
    """What went wrong, attempt by attempt, one a line."""
    created_at = InstantField()
    sent_at = InstantField(null=True)
    template = CharField(default="")
    """Name of the text that it was made from."""
    claimed_at = InstantField(null=True)
    """When somebody began to send it last."""
    first_attempt_at = InstantField(null=True)
    """Since when it is being tried."""

    class Meta:
        indexes = ((("status", "id"), False),)


class Draft(Table):
    """What somebody has typed into a form that is not sent yet."""

    login = CharField()
    form = CharField()
    """The action that the form is for."""
    subject = CharField(default="")
    """What it is about, for example a VIP ID."""
    request_id = CharField()
    content = TextField()
    """What was typed, as JSON."""
    saved_at = InstantField()

    class Meta:
        indexes = ((("login", "form", "subject"), True),)


class Triage(Table):
    """A list that somebody works through, customer by customer."""

    login = CharField(unique=True)
    tab = CharField()
    """The filter of the list."""
    words = TextField()
    """Which list it is, as a person says it."""
    queue = TextField()
    """VIP IDs in the order of the list, as JSON."""
    position = IntegerField()
    reached = IntegerField()
    """The furthest position so far."""
    started_at = InstantField()


class DayCount(Table):
    """How many customers have a fact on a day; see `viptui.data.day_counts`."""

    kind = CharField()
    manager = IntegerField()
    """Id of the team member in charge, 0 for nobody."""
    day = CivilDateField()
    customers = IntegerField()

    class Meta:
        indexes = ((("kind", "manager", "day"), True),)


class Evaluation(Table):
    """One round of looking at what the calendar has changed."""

    evaluated_on = CivilDateField(index=True)
    evaluated_at = InstantField()
    evaluator = CharField()
    counts = TextField()
    """Customers per filter on that day, as JSON."""
    crossings = IntegerField()
    """Crossings that this round recorded first."""


class Crossing(Table):
    """A customer crossed a line: became overdue, suspended, upcoming, ready, late or lapsed."""

    customer = ForeignKeyField(Customer, on_delete="CASCADE", index=False)
    kind = CharField(constraints=[_one_of("kind", "overdue", "suspended", "upcoming", "ready", "late", "lapsed")])
    crossed_on = CivilDateField()
    recorded_at = InstantField(index=True)

    class Meta:
        indexes = ((("customer", "kind", "crossed_on"), True),)


class Look(Table):
    """When a team member last looked at a filter, so that a badge can say how many came since."""

    login = CharField()
    tab = CharField()
    looked_at = InstantField()

    class Meta:
        indexes = ((("login", "tab"), True),)


class SavedView(Table):
    """A list that somebody has saved under a name; see `viptui.rules.views`."""

    login = CharField()
    name = CharField()
    name_key = CodePointField()
    """Under which it is unique."""
    tab = CharField()
    mine = BooleanField()
    search = TextField()
    sort = CharField(null=True)
    reverse = BooleanField()
    query = TextField()
    saved_at = InstantField()
    columns = TextField(null=True)
    """Words with commas between them; none for those that are shown anyway."""

    class Meta:
        indexes = ((("login", "name_key"), True),)


class Snooze(Table):
    """A customer that somebody does not want to see in a tab before a day; see `viptui.rules.snooze`."""

    login = CharField()
    """As a key, like that of a look."""
    customer = ForeignKeyField(Customer, on_delete="CASCADE", index=False)
    tab = CharField()
    until_on = CivilDateField()
    """The day on which it is back."""
    created_at = InstantField()

    class Meta:
        indexes = ((("login", "tab", "customer"), True), (("customer", "login"), False))


ALL_TABLES: Final = (
    Reseller,
    TeamMember,
    Product,
    Customer,
    Order,
    OrderLine,
    Authorization,
    AuthorizationLine,
    ResellerChange,
    Note,
    AuditEntry,
    OutboxMail,
    Draft,
    Triage,
    DayCount,
    Evaluation,
    Crossing,
    Look,
    SavedView,
    Snooze,
)
"""In an order in which they can be created."""
