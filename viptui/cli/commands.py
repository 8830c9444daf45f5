"""The commands, each with the options of its own; actions have theirs from their parameters."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from viptui.cli.about import ABOUT
from viptui.cli.options import begin_command, columns, count, day, how_to_print, request_id, selection

if TYPE_CHECKING:
    from viptui.actions import Action

MAIL_STATUSES: Final = ("waiting", "sending", "sent", "failed", "unknown", "discarded")
"""``unknown``: perhaps sent."""

REPORT_FORMATS: Final = ("csv", "xlsx", "json")


def _demo(commands: Any) -> None:
    command = begin_command(commands, "demo", "open the interface on made-up customers, or keep them with --into")
    command.add_argument("--customers", metavar="N", type=count, default=1000, help="how many (default 1000)")
    command.add_argument("--seed", metavar="S", type=int, default=1, help="the same seed makes the same customers")
    command.add_argument("--into", metavar="PATH|URL", help="make a new database there and leave")
    command.add_argument("--no-tour", dest="tour", action="store_false", help="without the tour of five keys")


def _init(commands: Any) -> None:
    begin_command(commands, "init", "make a new, empty database")


def _import(commands: Any) -> None:
    command = begin_command(
        commands, "import", "take over customers, Purchase Authorizations and orders from CSV files"
    )
    command.add_argument("paths", metavar="PATH", nargs="+", help="a folder or CSV files")
    command.add_argument(
        "--map", metavar="COLUMN=FIELD", action="append", default=[], help="read COLUMN as FIELD; may be repeated"
    )
    command.add_argument("--encoding", help="of the files, for example cp1252 (default: UTF-8 or UTF-16, detected)")
    command.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
    command.add_argument("--json", action="store_true", help="the result as JSON")


def _triage(commands: Any) -> None:
    command = begin_command(commands, "triage", "work through a list customer by customer, or go on where you were")
    selection(command, to_print=False)
    command.add_argument("--summary", action="store_true", help="print what was done in the session so far, and leave")


def _counts(commands: Any) -> None:
    command = begin_command(commands, "counts", "how many customers each tab holds")
    selection(command)
    how_to_print(command, csv=True)


def _dashboard(commands: Any) -> None:
    how_to_print(
        begin_command(commands, "dashboard", "what waits by age, renewals by week, who has it to do, past due")
    )


def _list(commands: Any) -> None:
    command = begin_command(commands, "list", "list customers")
    selection(command)
    columns(command)
    how_to_print(command, csv=True)


def _views(commands: Any) -> None:
    how_to_print(begin_command(commands, "views", "the lists that you have saved under a name"))


def _show(commands: Any) -> None:
    command = begin_command(commands, "show", "everything about one customer")
    command.add_argument("vip_id", metavar="VIP_ID")
    command.add_argument("--json", action="store_true", help="as JSON")


def _order_sheet(commands: Any) -> None:
    command = begin_command(
        commands, "order-sheet", "what to type into the ordering system, before an order and after it"
    )
    command.add_argument("number", metavar="NUMBER", help="of an order or a Purchase Authorization")
    how = command.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true", help="as JSON")
    how.add_argument("--csv", action="store_true", help="as CSV")


def _evaluate(commands: Any) -> None:
    command = begin_command(commands, "evaluate", "look once at what has become overdue or due, and record it")
    command.add_argument("--json", action="store_true", help="the result as JSON")


def _worker(commands: Any) -> None:
    command = begin_command(commands, "worker", "evaluate and deliver mail again and again, as a service")
    command.add_argument("--every", metavar="MINUTES", type=count, help="between evaluations, instead of the setting")


def _outbox(commands: Any) -> None:
    command = begin_command(commands, "outbox", "mails that wait, were sent, failed, or perhaps arrived")
    command.add_argument("--status", choices=MAIL_STATUSES, action="append", help="only these; may be repeated")
    command.add_argument("--limit", metavar="N", type=count, default=100, help="at most N mails (default 100)")
    command.add_argument("--json", action="store_true", help="as JSON, with their texts")


def _deliver(commands: Any) -> None:
    command = begin_command(commands, "deliver", "send the mails of the outbox that are due, once")
    command.add_argument("--json", action="store_true", help="the result as JSON")


def _team(commands: Any) -> None:
    how_to_print(begin_command(commands, "team", "who is in the team, and how many customers each member manages"))


def _change_codes(commands: Any) -> None:
    how_to_print(
        begin_command(commands, "change-codes", "the reseller change codes with their state and the time left")
    )


def _audit(commands: Any) -> None:
    command = begin_command(commands, "audit", "what was done, by whom and when; newest first")
    command.add_argument("--search", metavar="TEXT", default="", help="only what names this")
    command.add_argument("--since", metavar="DATE", type=day, help="only from this day on")
    command.add_argument("--until", metavar="DATE", type=day, help="only up to this day, inclusive")
    command.add_argument("--customer", metavar="VIP_ID", help="only what was about this customer")
    command.add_argument("--actor", metavar="LOGIN", help="only what this team member did")
    command.add_argument("--limit", metavar="N", type=count, help="at most N entries")
    how_to_print(command, csv=True)


def _products(commands: Any) -> None:
    command = begin_command(commands, "products", "the products that can be authorized or ordered")
    command.add_argument("--search", metavar="TEXT", default="", help="only products that are called so")
    command.add_argument("--inactive", action="store_true", help="those that are no longer sold as well")
    how_to_print(command, csv=True)


def _import_products(commands: Any) -> None:
    command = begin_command(commands, "import-products", "take over a price list from a CSV file")
    what = command.add_mutually_exclusive_group(required=True)
    what.add_argument("file", metavar="FILE", nargs="?", help="a CSV file")
    what.add_argument(
        "--starting-catalogue", action="store_true", help="the product families that come with viptui, without prices"
    )
    command.add_argument("--encoding", help="of the file, for example cp1252 (default: UTF-8 or UTF-16, detected)")
    command.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
    request_id(command)
    command.add_argument("--json", action="store_true", help="the result as JSON")


def _report(commands: Any) -> None:
    command = begin_command(commands, "report", "write customers to a file in the exports folder")
    selection(command)
    columns(command)
    command.add_argument("--format", choices=REPORT_FORMATS, help="by default what the file's name ends with, or csv")
    command.add_argument("--excel", action="store_true", help="CSV as Excel opens it without asking")
    command.add_argument(
        "--weekly", action="store_true", help="instead print the weekly report, yours or that of --managed-by"
    )
    command.add_argument(
        "--mail", action="store_true", help="instead mail the weekly report to every active team member, once a day"
    )
    command.add_argument("--output", metavar="FILE|-", help="another file, or standard output")
    command.add_argument("--dry-run", action="store_true", help="say what would be written or mailed, and do neither")
    request_id(command)
    how_to_print(command)


def _about(name: str) -> Callable[[Any], None]:
    def add(commands: Any) -> None:
        ABOUT[name].options(begin_command(commands, name, ABOUT[name].summary))

    return add


COMMANDS: Final = {
    add.__name__.removeprefix("_").replace("_", "-"): add
    for add in (
        *(_demo, _init, _import, _triage, _counts, _dashboard, _list, _views, _show, _order_sheet, _evaluate, _worker),
        *(_team, _change_codes, _products, _import_products, _report, _audit, _outbox, _deliver),
    )
} | {name: _about(name) for name in ABOUT}
"""What adds the parser of a command, by its word."""


def add_action(commands: Any, action: Action) -> None:
    """Add the parser of an action's command."""
    command = begin_command(commands, action.word, action.help)
    if action.subject is not None:
        metavar = action.subject.removesuffix("s").upper()
        how_many = "+" if action.takes_many else "?" if action.finds_subject else None
        command.add_argument("subject", metavar=metavar, help=_SUBJECTS[action.subject], nargs=how_many)
    if action.finds_subject:
        command.add_argument(
            "--whole", action="store_true", help="with it all that was done to others by the same action on many"
        )
    for parameter in action.parameters:
        command.add_argument(
            parameter.option,
            dest=f"value_{parameter.name}",
            metavar="|".join(parameter.choices) or parameter.option[2:].replace("-", "_").upper(),
            default=parameter.default or None,
            action="append" if parameter.is_many else "store",
            help=parameter.help + ("; may be repeated" if parameter.is_many else ""),
        )
    command.add_argument("--dry-run", action="store_true", help="say what would happen, and do nothing")
    command.add_argument("--json", action="store_true", help="the result as JSON")
    request_id(command)


_SUBJECTS: Final = {
    "vip_id": "VIP ID of the customer",
    "vip_ids": "VIP IDs of the customers",
    "number": "number as the customer's details show it",
    "note": "number of the note as the customer's details show it",
    "login": "login of the team member",
    "sku": "SKU of the product",
    "entry": "number of the entry as 'viptui audit' shows it; your newest if left out",
    "mail": "number of the mail as 'viptui outbox' shows it",
}
