"""Writing what a list shows into a file: a menu whose first entry is what is nearly always wanted."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding, BindingType

from viptui.customer_views import fields_of
from viptui.pressed import pressed
from viptui.report_forms import Form, ReportForm
from viptui.reports import file_name, name_of_marked
from viptui.rules.filters import TITLES
from viptui.rules.listing import Listing
from viptui.screens.acting import LONG_NOTICE
from viptui.screens.base import beside
from viptui.screens.menu import Entry, Menu
from viptui.screens.travel import REPORTING

if TYPE_CHECKING:
    from viptui.screens.verbs import ActingScreen

PATIENCE: Final = 1.0
"""Seconds after which it is told how far a report is, and then again and again."""

FORMS: Final = (
    ("c", Form.CSV, "CSV"),
    ("e", Form.EXCEL, "CSV for Excel"),
    ("s", Form.XLSX, "XLSX"),
    ("j", Form.JSON, "JSON"),
)


class ReportMenu(Menu, inherit_bindings=False):
    """The forms of a report; j is a letter here as all others are."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,x", "dismiss", "back", id="report.back", tooltip="Write nothing"),
        Binding("down,tab", "step(1)", show=False, id="report.down", tooltip="Next entry"),
        Binding("up,shift+tab", "step(-1)", show=False, id="report.up", tooltip="Entry before"),
        Binding("enter", "choose", show=False, id="report.choose", tooltip="Choose the entry with the cursor"),
        Binding("X", "letter('s')", show=False, id="report.xlsx", tooltip="XLSX"),
    ]


def offer_report(screen: ActingScreen, listing: Listing | None, marked: Sequence[int] | None = None) -> None:
    """Let choose how the list is written, or the marked customers with these ids; Enter writes CSV."""
    if listing is None:
        back = pressed("detail.back", "esc")
        screen.tell(f"A report has what a list shows: {back} goes back to it.", problem=True)
        return
    services, columns = screen.services, screen.columns()
    entries = []
    for letter, form, title in FORMS:
        how = ReportForm(form, services.excel_separator, fields_of(columns, listing.filter))
        today, ending = services.today(), form.ending
        name = file_name(listing, today, ending) if marked is None else name_of_marked(today, ending)
        entries.append(Entry(letter, f"{title:<15} {name}", partial(_start, screen, listing, how, marked)))
    everything = Listing()
    name = file_name(everything, services.today())
    entries.append(Entry("a", f"{'All customers':<15} {name}", partial(_start, screen, everything, ReportForm())))
    whose = f" of {listing.managed_by}" if listing.managed_by else ""
    found = f', "{listing.search}"' if listing.search else ""
    found += "" if listing.query is None else f", {listing.query}"
    shown, many = f"{TITLES[listing.filter]}{whose}{found}", 0 if marked is None else len(marked)
    what = shown if marked is None else f"{many:,} marked {'customer' if many == 1 else 'customers'}"
    verb = "Dry run: write" if screen.host.is_dry_run else "Write"
    which = ", the columns that were chosen," if columns else ""
    title = f"{verb} {what}{which} into {_short(services.exports)}"
    screen.app.push_screen(ReportMenu(title, entries, at=0))


def _start(screen: ActingScreen, listing: Listing, how: ReportForm, marked: Sequence[int] | None = None) -> None:
    # not `start`: where one is being written, this one waits for its turn
    beside(screen, REPORTING, screen.guarded, _write, screen, listing, how, marked)


async def _write(screen: ActingScreen, listing: Listing, how: ReportForm, marked: Sequence[int] | None) -> None:
    """Write it, say how far it is if that takes time, and hand its path to the clipboard."""
    is_dry_run = screen.host.is_dry_run
    screen.action_end_dry_run()
    written = [0]

    def tell_progress() -> None:
        screen.app.clear_notifications()
        screen.tell(f"Writing the report: {written[-1]:,} customers so far.")

    timer = screen.set_interval(PATIENCE, tell_progress)
    try:
        report = await screen.services.report(listing, how, marked=marked, told=written.append, dry_run=is_dry_run)
    finally:
        timer.stop()
    screen.app.clear_notifications()
    number = f"{report.customers:,} {'customer' if report.customers == 1 else 'customers'}"
    if is_dry_run:
        screen.tell(f"Dry run: x would write {number} to {report.path}.", seconds=LONG_NOTICE)
        return
    screen.host.copy(str(report.path))
    screen.tell(f"Wrote {number} to {report.path}; the path was sent to the clipboard.", seconds=LONG_NOTICE)


def _short(folder: Path) -> str:
    """The folder as people write it."""
    home = Path.home()
    return f"~/{folder.relative_to(home)}" if folder.is_relative_to(home) else str(folder)
