"""The three kinds of files: their columns, by which names they are known, where their values go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from viptui.importing import cells
from viptui.importing.cells import Parser, Value
from viptui.rules.parsing import LONGEST_NAME, LONGEST_PO_NUMBER, LONGEST_VIP_ID


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column of a kind of file."""

    name: str
    column: str
    """Where the value goes, in the table that the rows are gathered in."""
    parse: Parser
    aliases: tuple[str, ...] = ()
    """Other names, bare (see `bare`)."""
    is_required: bool = False
    default: Value = ""
    """The value where the file has no such column."""
    type: str = "{text}"
    longest: int | None = None
    """Characters of a text that is stored as it is written; None where it is read in any other way."""

    def stays(self, column: Sequence[str]) -> bool:
        """Whether the cells of a column are the values themselves."""
        if self.longest is None or (self.is_required and not all(column)):
            return False
        return cells.are_clean(column, self.longest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of file."""

    name: str
    label: str
    fields: tuple[Field, ...]
    """The first is the one by which a record is known."""
    derived: tuple[str, ...]
    """Columns that follow from the fields; the first is the key by which a record is found."""
    stage: str
    """Temporary table that the rows are gathered in."""
    table: str
    """Table that the records go to."""
    lines: str | None = None
    """Table of the record's lines, if one record has several rows."""
    parent: str = ""
    """The lines' column that names the record."""
    line_columns: tuple[str, ...] = ()
    positions: dict[str, int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.positions.update({each.name: position for position, each in enumerate(self.fields)})

    def __reduce__(self) -> tuple[Callable[[str], Kind], tuple[str]]:
        return kind_named, (self.name,)  # there is one of each, in every process

    @property
    def key(self) -> str:
        """Column of the key by which a record is found, in both tables."""
        return self.derived[0]

    @property
    def heads(self) -> str:
        """Temporary table with the first row of each record, and the record in the database."""
        return f"{self.stage}_head"

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of the temporary table, but for its id."""
        return ("file", "line", *(each.column for each in self.fields), *self.derived)

    def field(self, name: str) -> Field:
        """The field of that name."""
        return self.fields[self.positions[name]]


def bare(name: str) -> str:
    """A column's name without case, spaces and punctuation; ``#`` reads as "number"."""
    return "".join(each for each in name.casefold().replace("#", "number") if each.isalnum())


def _field(
    name: str,
    parse: Parser,
    aliases: str = "",
    *,
    column: str | None = None,
    is_required: bool = False,
    default: Value = "",
    type: str = "{text}",  # noqa: A002 - the word of SQL
    longest: int | None = None,
) -> Field:
    return Field(
        name=name,
        column=column or name,
        parse=parse,
        aliases=tuple(aliases.split()),
        is_required=is_required,
        default=default,
        type=type,
        longest=longest,
    )


def _text(name: str, longest: int, aliases: str) -> Field:
    return _field(name, cells.text(longest), aliases, longest=longest)


_VIP_ID: Final = _field(
    "vip_id",
    cells.vip_id,
    "vip vipnumber vipno membershipid membershipnumber vipmembershipid",
    is_required=True,
    longest=LONGEST_VIP_ID,
)
_PO_NUMBER: Final = _field(
    "po_number",
    cells.po_number,
    "po pono ponr enduserponumber enduserpo customerpo purchaseorder",
    longest=LONGEST_PO_NUMBER,
)
_PRODUCT: Final = _text("product", 200, "productname offer offername description item")
_SKU: Final = _field(
    "sku",
    cells.number,
    "skunumber partnumber partno offerid productsku productid",
    is_required=True,
    longest=cells.LONGEST_NUMBER,
)
_QUANTITY: Final = _field(
    "quantity", cells.quantity, "qty licenses licences seats licensequantity", is_required=True, type="INTEGER"
)

_ASSIGNED: Final = _field(
    "assigned",
    cells.assigned,
    "assignedlicenses assignedlicences used usedlicenses usedlicences assignedquantity",
    default=None,
    type="INTEGER",
)

CUSTOMERS: Final = Kind(
    name="customers",
    label="customers",
    fields=(
        _VIP_ID,
        _field(
            "organization_name",
            cells.organization_name,
            "organization organisation organisationname customer customername company companyname name "
            "account accountname",
            is_required=True,
            longest=LONGEST_NAME,
        ),
        _text(
            "organization_name_english",
            200,
            "organisationnameenglish englishname nameenglish nameinenglish organizationnameinenglish "
            "organisationnameinenglish companynameenglish",
        ),
        _field("market_segment", cells.market_segment, "segment marketsegments market", is_required=True),
        _field(
            "type", cells.offering_type, "offeringtype offering customertype", column="offering_type", default="Team"
        ),
        _text(
            "contact_name",
            200,
            "contact primarycontact primarycontractowner contractowner primaryadmin primaryadministrator "
            "admin adminname",
        ),
        _field(
            "contact_email",
            cells.email,
            "email mail emailaddress contactmail primarycontactemail adminemail primaryadminemail contractowneremail",
            type="{code_point}",
        ),
        _text("address", 200, "street streetaddress address1 addressline1"),
        _text("city", 100, "town"),
        _text("region", 100, "state province stateprovince stateregion"),
        _text("postal_code", 40, "zip zipcode postcode postal zippostalcode"),
        _text("country", 100, "countrycode"),
        _field(
            "invitation_status", cells.invitation_status, "vipinvitationstatus invitation status", default="Accepted"
        ),
        _field(
            "invited_on",
            cells.day_or_nothing,
            "invited invitedat invitationdate invitationsent invitationsenton inviteddate",
            default=None,
            type="{date}",
        ),
        _field(
            "accepted_on",
            cells.day_or_nothing,
            "accepted acceptedat accepteddate acceptancedate invitationaccepted",
            default=None,
            type="{date}",
        ),
        _field(
            "anniversary_date",
            cells.day_or_nothing,
            "anniversary anniversaryon ad cotermdate coterm cotermdates renewaldate vipanniversarydate",
            column="anniversary_on",
            default=None,
            type="{date}",
        ),
        _field("term_months", cells.term_months, "term termlength termmonth months", default=12, type="INTEGER"),
        _field(
            "managed_by",
            cells.number_or_nothing,
            "manager accountmanager owner assignedto",
            column="login",
            longest=cells.LONGEST_NUMBER,
        ),
    ),
    derived=("vip_key", "login_key", "sort_name", "search_text"),
    stage="import_customer",
    table="customer",
)

AUTHORIZATIONS: Final = Kind(
    name="authorizations",
    label="Purchase Authorizations",
    fields=(
        _field(
            "authorization_number",
            cells.number,
            "authorization authorisation panumber pa pano authorizationno authorisationnumber purchaseauthorization "
            "purchaseauthorizationnumber licenseauthorization licenseauthorizationnumber licenceauthorization "
            "seatauthorization",
            column="number",
            is_required=True,
            longest=cells.LONGEST_NUMBER,
        ),
        _VIP_ID,
        _field(
            "created_on",
            cells.day,
            "created createdat date createddate creationdate authorizationdate padate datecreated deploymentdate",
            is_required=True,
            type="{date}",
        ),
        _field("created_by", cells.creator, "creator requestedby", default="reseller"),
        _PO_NUMBER,
        _PRODUCT,
        _SKU,
        _QUANTITY,
        _ASSIGNED,
        _field("status", cells.authorization_status, "state pastatus authorizationstatus", is_required=True),
    ),
    derived=("number_key", "vip_key", "sku_key"),
    stage="import_authorization",
    table="purchase_authorization",
    lines="purchase_authorization_line",
    parent="authorization_id",
    line_columns=("quantity", "assigned"),
)

ORDERS: Final = Kind(
    name="orders",
    label="orders",
    fields=(
        _field(
            "order_number",
            cells.number,
            "order orderno orderid ordernr",
            column="number",
            is_required=True,
            longest=cells.LONGEST_NUMBER,
        ),
        _VIP_ID,
        _field("kind", cells.order_kind, "type ordertype orderkind", is_required=True),
        _field(
            "ordered_on",
            cells.day,
            "ordered orderedat date orderdate ordereddate dateordered acceptedon",
            is_required=True,
            type="{date}",
        ),
        _field(
            "authorization_number",
            cells.number_or_nothing,
            " ".join(AUTHORIZATIONS.fields[0].aliases),
            longest=cells.LONGEST_NUMBER,
        ),
        _PO_NUMBER,
        _PRODUCT,
        _SKU,
        _QUANTITY,
        _ASSIGNED,
        _field(
            "returned_order",
            cells.number_or_nothing,
            "returns returnof returnedorderno returnedordernumber originalorder originalordernumber referenceorder "
            "referenceorderid",
            longest=cells.LONGEST_NUMBER,
        ),
    ),
    derived=("number_key", "vip_key", "sku_key", "authorization_key", "returned_key"),
    stage="import_order",
    table="customer_order",
    lines="order_line",
    parent="order_id",
    line_columns=("quantity", "assigned"),
)

KINDS: Final = (ORDERS, AUTHORIZATIONS, CUSTOMERS)
"""A file that could be several kinds is the first of them."""


def kind_named(name: str) -> Kind:
    """The kind of that name."""
    return next(kind for kind in KINDS if kind.name == name)
