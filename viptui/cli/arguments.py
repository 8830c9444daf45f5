"""The command line's words: commands, options and their help. Imports nothing that takes time."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from viptui import __version__
from viptui.cli.about import ABOUT
from viptui.rules.column_words import COLUMNS

if TYPE_CHECKING:
    from viptui.actions import Action

FILTERS: Final = ("no-products", "pending-requests", "past-due", "upcoming-renewals", "ready-for-renewal", "all")
SORTS: Final = (
    "name",
    "email",
    "state",
    "licences",
    "amount",
    "anniversary",
    "segment",
    "managed-by",
    "invitation",
    "invited",
)
MAIL_STATUSES: Final = ("waiting", "sending", "sent", "failed", "unknown", "discarded")
"""``unknown``: perhaps sent."""

EPILOG: Final = """\
exit status:
  0    done
  1    refused: faulty input, or nothing found
  2    wrong usage, or a setting that makes no sense
  3    the database cannot be used
  4    an error in viptui itself; the log says more
  130  interrupted (ctrl+c); 128 + N when ended by signal N
"""


REPORT_FORMATS: Final = ("csv", "xlsx", "json")


def parse(words: Sequence[str]) -> argparse.Namespace:
    """What the words ask for; ``command`` is None when it is the interface."""
    options = _global_options(None)
    options.exit_on_error = False
    try:
        arguments, rest = options.parse_known_args(words)
    except argparse.ArgumentError:
        rest = list(words)
    if rest:
        return parser(only=rest[0]).parse_args(words)
    arguments.command = None  # as nearly always; the parser of all commands takes longer to make than settings to read
    return arguments


def parser(only: str = "") -> argparse.ArgumentParser:
    """The parser of the whole command line; ``command`` is None when the interface is asked for.

    With ``only`` it knows that command alone, if it is no action: it is made in a tenth of the time.
    """
    root = argparse.ArgumentParser(
        prog="viptui",
        description="Work the customers of Adobe's Value Incentive Plan from the keyboard.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[_global_options(None)],
    )
    root.add_argument("--version", action="version", version=f"viptui {__version__}")
    commands = root.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    if add := _COMMANDS.get(only):
        add(commands)
        return root
    from viptui.actions import ACTIONS

    for add in _COMMANDS.values():
        add(commands)
    for action in ACTIONS:
        if not action.has_own_door:
            _action(commands, action)
    return root


def _global_options(default: Any) -> argparse.ArgumentParser:
    """Options that stand before or after the command; after it they must not undo what stood before."""
    options = argparse.ArgumentParser(add_help=False, argument_default=default)
    group = options.add_argument_group("global options, before or after the command")
    group.add_argument(
        "--database",
        metavar="PATH|URL",
        default=default,
        help="SQLite file or postgresql:// URL (also VIPTUI_DATABASE); by default in your data folder",
    )
    group.add_argument("--config", metavar="FILE", default=default, help="settings file (also VIPTUI_CONFIG)")
    group.add_argument(
        "--as-of", metavar="DATE", type=_day, default=default, help="as if today were DATE (2026-03-20); read-only"
    )
    group.add_argument(
        "--read-only", action="store_true", default=default, help="only look: the database refuses every change"
    )
    group.add_argument("--me", metavar="LOGIN", default=default, help='the team member that "managed by me" means')
    return options


def _command(commands: Any, name: str, summary: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(
        name, help=summary, description=summary, parents=[_global_options(argparse.SUPPRESS)]
    )
    return command


def _demo(commands: Any) -> None:
    command = _command(commands, "demo", "open the interface on made-up customers, or keep them with --into")
    command.add_argument("--customers", metavar="N", type=_count, default=1000, help="how many (default 1000)")
    command.add_argument("--seed", metavar="S", type=int, default=1, help="the same seed makes the same customers")
    command.add_argument("--into", metavar="PATH|URL", help="make a new database there and leave")
    command.add_argument("--no-tour", dest="tour", action="store_false", help="without the tour of five keys")


def _init(commands: Any) -> None:
    _command(commands, "init", "make a new, empty database")


def _import(commands: Any) -> None:
    command = _command(commands, "import", "take over customers, Purchase Authorizations and orders from CSV files")
    command.add_argument("paths", metavar="PATH", nargs="+", help="a folder or CSV files")
    command.add_argument(
        "--map", metavar="COLUMN=FIELD", action="append", default=[], help="read COLUMN as FIELD; may be repeated"
    )
    command.add_argument("--encoding", help="of the files, for example cp1252 (default: UTF-8 or UTF-16, detected)")
    command.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
    command.add_argument("--json", action="store_true", help="the result as JSON")


def _selection(command: argparse.ArgumentParser, *, to_print: bool = True) -> None:
    command.add_argument("--filter", choices=FILTERS, help="only the customers of this tab")
    command.add_argument("--managed-by", metavar="LOGIN", help="only the customers of this team member")
    command.add_argument("--mine", action="store_true", help="only my customers")
    command.add_argument("--search", metavar="TEXT", default="", help="only customers that are called so")
    command.add_argument("--where", metavar="QUERY", help="only what fulfils it, as 'mine late>45 segment:edu' does")
    command.add_argument("--view", metavar="NAME", help="what is saved under this name, instead of all of these")
    command.add_argument(
        "--sort", metavar="COLUMN", help=f"order: {', '.join(SORTS)}; with - in front reversed (--sort=-amount)"
    )
    if to_print:
        command.add_argument("--limit", metavar="N", type=_count, help="at most N customers")
        command.add_argument("--without-snoozed", action="store_true", help="but for whom I have snoozed in the tab")


def _columns(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--columns", metavar="COLUMN,COLUMN", help=f"these instead of all, in this order: {', '.join(COLUMNS)}"
    )


def _triage(commands: Any) -> None:
    command = _command(commands, "triage", "work through a list customer by customer, or go on where you were")
    _selection(command, to_print=False)
    command.add_argument("--summary", action="store_true", help="print what was done in the session so far, and leave")


def _counts(commands: Any) -> None:
    command = _command(commands, "counts", "how many customers each tab holds")
    _selection(command)
    _how_to_print(command, csv=True)


def _dashboard(commands: Any) -> None:
    _how_to_print(_command(commands, "dashboard", "what waits by age, renewals by week, who has it to do, past due"))


def _list(commands: Any) -> None:
    command = _command(commands, "list", "list customers")
    _selection(command)
    _columns(command)
    _how_to_print(command, csv=True)


def _views(commands: Any) -> None:
    _how_to_print(_command(commands, "views", "the lists that you have saved under a name"))


def _show(commands: Any) -> None:
    command = _command(commands, "show", "everything about one customer")
    command.add_argument("vip_id", metavar="VIP_ID")
    command.add_argument("--json", action="store_true", help="as JSON")


def _order_sheet(commands: Any) -> None:
    command = _command(commands, "order-sheet", "what to type into the ordering system, before an order and after it")
    command.add_argument("number", metavar="NUMBER", help="of an order or a Purchase Authorization")
    how = command.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true", help="as JSON")
    how.add_argument("--csv", action="store_true", help="as CSV")


def _evaluate(commands: Any) -> None:
    command = _command(commands, "evaluate", "look once at what has become overdue or due, and record it")
    command.add_argument("--json", action="store_true", help="the result as JSON")


def _worker(commands: Any) -> None:
    command = _command(commands, "worker", "evaluate and deliver mail again and again, as a service")
    command.add_argument("--every", metavar="MINUTES", type=_count, help="between evaluations, instead of the setting")


def _outbox(commands: Any) -> None:
    command = _command(commands, "outbox", "mails that wait, were sent, failed, or perhaps arrived")
    command.add_argument("--status", choices=MAIL_STATUSES, action="append", help="only these; may be repeated")
    command.add_argument("--limit", metavar="N", type=_count, default=100, help="at most N mails (default 100)")
    command.add_argument("--json", action="store_true", help="as JSON, with their texts")


def _deliver(commands: Any) -> None:
    command = _command(commands, "deliver", "send the mails of the outbox that are due, once")
    command.add_argument("--json", action="store_true", help="the result as JSON")


def _team(commands: Any) -> None:
    _how_to_print(_command(commands, "team", "who is in the team, and how many customers each member manages"))


def _change_codes(commands: Any) -> None:
    _how_to_print(_command(commands, "change-codes", "the reseller change codes with their state and the time left"))


def _audit(commands: Any) -> None:
    command = _command(commands, "audit", "what was done, by whom and when; newest first")
    command.add_argument("--search", metavar="TEXT", default="", help="only what names this")
    command.add_argument("--since", metavar="DATE", type=_day, help="only from this day on")
    command.add_argument("--until", metavar="DATE", type=_day, help="only up to this day, inclusive")
    command.add_argument("--customer", metavar="VIP_ID", help="only what was about this customer")
    command.add_argument("--actor", metavar="LOGIN", help="only what this team member did")
    command.add_argument("--limit", metavar="N", type=_count, help="at most N entries")
    _how_to_print(command, csv=True)


def _how_to_print(command: argparse.ArgumentParser, *, csv: bool = False) -> None:
    how = command.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true", help="as JSON")
    if csv:
        how.add_argument("--csv", action="store_true", help="as CSV")


def _products(commands: Any) -> None:
    command = _command(commands, "products", "the products that can be authorized or ordered")
    command.add_argument("--search", metavar="TEXT", default="", help="only products that are called so")
    command.add_argument("--inactive", action="store_true", help="those that are no longer sold as well")
    _how_to_print(command, csv=True)


def _import_products(commands: Any) -> None:
    command = _command(commands, "import-products", "take over a price list from a CSV file")
    what = command.add_mutually_exclusive_group(required=True)
    what.add_argument("file", metavar="FILE", nargs="?", help="a CSV file")
    what.add_argument(
        "--starting-catalogue", action="store_true", help="the product families that come with viptui, without prices"
    )
    command.add_argument("--encoding", help="of the file, for example cp1252 (default: UTF-8 or UTF-16, detected)")
    command.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
    command.add_argument("--json", action="store_true", help="the result as JSON")


def _report(commands: Any) -> None:
    command = _command(commands, "report", "write customers to a file in the exports folder")
    _selection(command)
    _columns(command)
    command.add_argument("--format", choices=REPORT_FORMATS, help="by default what the file's name ends with, or csv")
    command.add_argument("--excel", action="store_true", help="CSV as Excel opens it without asking")
    command.add_argument("--mail", action="store_true", help="instead a mail to every active team member, once a day")
    command.add_argument("--output", metavar="FILE|-", help="another file, or standard output")
    command.add_argument("--dry-run", action="store_true", help="say what would be written or mailed, and do neither")
    _how_to_print(command)


def _about(name: str) -> Callable[[Any], None]:
    def add(commands: Any) -> None:
        ABOUT[name].options(_command(commands, name, ABOUT[name].summary))

    return add


_COMMANDS: Final = {
    add.__name__.removeprefix("_").replace("_", "-"): add
    for add in (
        *(_demo, _init, _import, _triage, _counts, _dashboard, _list, _views, _show, _order_sheet, _evaluate, _worker),
        *(_team, _change_codes, _products, _import_products, _report, _audit, _outbox, _deliver),
    )
} | {name: _about(name) for name in ABOUT}
"""What adds the parser of a command, by its word."""


def _action(commands: Any, action: Action) -> None:
    command = _command(commands, action.word, action.help)
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
    command.add_argument(
        "--request-id", metavar="ID", help="the same ID acts once, however often it is sent; one is made if left out"
    )


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


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text or not 1990 <= day.year <= 2199:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date from 1990 to 2199, written as 2026-03-20")
    return day


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= 100_000_000):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return int(text)
