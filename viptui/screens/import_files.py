"""Taking CSV files over without leaving the interface: asks for a folder, shows how far it is, and what came of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Resize

from viptui.actions import Parameter
from viptui.errors import ImportRejected, ImportStopped, ViptuiError
from viptui.events import Performed
from viptui.screens.base import ServiceScreen
from viptui.screens.menu import Entry, Menu
from viptui.widgets.fields import Field
from viptui.widgets.footer import FooterLine
from viptui.widgets.form_pane import FormPane
from viptui.widgets.lines import Document, Lines
from viptui.widgets.paint import SpanLine

if TYPE_CHECKING:
    from viptui.importing import ImportResult, Progress

SECONDS_BETWEEN_UPDATES: Final = 0.1

ABOUT: Final = (
    "Customers, Purchase Authorizations and orders, a CSV file each; a file is told by its columns, not by its name.",
    "Either all of them are taken over or nothing is. The same files once more change nothing.",
    "Other encodings and columns under names of your own: viptui import --help.",
)


class ImportScreen(ServiceScreen):
    """A folder or a file to import."""

    AUTO_FOCUS = "FormPane"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "send", "import", id="import.send", tooltip="Import the files"),
        Binding("ctrl+t", "look", "preview", id="import.look", tooltip="Say what would change, and change nothing"),
        Binding("escape", "back", "back", key_display="esc", id="import.back", tooltip="Back"),
        Binding("pagedown", "scroll(1)", show=False, id="import.down", tooltip="A page down"),
        Binding("pageup", "scroll(-1)", show=False, id="import.up", tooltip="A page up"),
        Binding("f1", "help", "help", id="form.help", tooltip="All keys"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._is_stopped = False
        """Whether the import under way is to end with nothing written."""
        self._leaves = False
        """Whether viptui is to be left once it has ended."""
        self._path = Field(Parameter(name="path", label="Folder", help="a folder of CSV files, or one file", parse=str))

    def compose(self) -> ComposeResult:
        yield Lines(id="title", base="bar")
        yield FormPane(id="word")
        yield Document(id="detail")
        yield FooterLine(id="footer")

    def on_mount(self) -> None:
        """Ask for the folder."""
        self._pane = self.query_one(FormPane)
        self._pane.show([self._path], "Import")
        self._tell((each, "dim") for each in ABOUT)
        self._show_title()

    def on_resize(self, _event: Resize) -> None:
        """The title spans the screen."""
        self._show_title()

    # Keys

    def action_send(self) -> None:
        """Import the files."""
        self._begin(dry_run=False)

    def action_look(self) -> None:
        """Say what would change."""
        self._begin(dry_run=True)

    def action_back(self) -> None:
        """Back; while an import is under way it can be stopped, so that it has done nothing."""
        if self._pane.is_busy:
            self._offer_to_stop([Entry("s", "stop the import: nothing is imported", self._stop)])
        else:
            self.app.pop_screen()

    def hinders_leaving(self) -> bool:
        """Leaving waits for an import, or has it stopped."""
        if not self._pane.is_busy:
            return False
        self._offer_to_stop(
            [
                Entry("s", "stop the import and leave viptui: nothing is imported", partial(self._stop, leaves=True)),
                Entry("w", "leave viptui once the import is done", self._leave_later),
            ]
        )
        return True

    def action_scroll(self, pages: float) -> None:
        """Move the account, while the cursor stays in the field."""
        self.query_one(Document).action_scroll_pages(pages)

    def on_form_pane_sent(self) -> None:
        """Enter in the field, or on the button."""
        self.action_send()

    # Leaving

    def _offer_to_stop(self, entries: Sequence[Entry]) -> None:
        if not isinstance(self.app.screen, Menu):
            title = "The import is under way: all of it is taken over in the end, or nothing. Esc lets it go on."
            self.app.push_screen(Menu(title, entries))

    def _stop(self, *, leaves: bool = False) -> None:
        self._leaves = self._leaves or leaves
        if self._pane.is_busy:
            self._is_stopped = True
            self.tell("Stopping the import: the step that it is at comes to its end, then all is taken back.")
        elif leaves:
            self.app.exit()

    def _leave_later(self) -> None:
        self._leaves = True
        if self._pane.is_busy:
            self.tell("viptui ends once the import is done.")
        else:
            self.app.exit()

    # The import

    def _begin(self, *, dry_run: bool) -> None:
        services = self.services
        if self._pane.is_busy:
            return
        if services.read_only and not dry_run:
            self.tell(f"Everything is read-only as of {services.today()}: ctrl+t says what would change.", problem=True)
        elif self._path.is_empty():
            self._path.fault = "needed: where the files lie"
            self._pane.explain(())
        else:
            self._is_stopped = False
            self._pane.forget_problems()
            self._pane.work("Reading the files…")
            self.start("import", self._import, str(Path(self._path.editor.text.strip()).expanduser()), dry_run=dry_run)

    async def _import(self, path: str, *, dry_run: bool) -> None:
        from viptui.importing.account import account, remarks

        try:
            result = await self._read(path, dry_run=dry_run)
        except ImportRejected as rejected:
            lines = [(each, "warning") for each in str(rejected).split("\n")]
            self._tell([("Nothing was imported. Correct the files and import them again.", "strong"), *lines])
        except ImportStopped:
            self.app.clear_notifications()
            self._tell([("Stopped: nothing was imported.", "strong")])
        except ViptuiError as error:
            self._tell([(str(error), "warning")])
        else:
            first, *others = account(result.changes, dry_run=dry_run)
            leads = "" if dry_run else "  esc shows the customers."
            told = [(each, "plain") for each in (*others, *remarks(result))]
            self._tell([(f"{first}{leads}", "strong"), *told])
            if not (dry_run or self._leaves):
                self.host.changes.publish(Performed(action="import", customer_id=None))
                self.host.evaluate_now()
        finally:
            self._pane.work("")
        if self._leaves:
            self.app.exit()

    async def _read(self, path: str, *, dry_run: bool) -> ImportResult:
        """Import on the background thread, which tells how far it is."""
        from viptui.importing import STORED, Source, import_files
        from viptui.importing.account import progress_words

        loop, services = asyncio.get_running_loop(), self.services
        began = told_at = time.monotonic()
        step = ""

        def report(progress: Progress) -> None:
            nonlocal step, told_at
            if self._is_stopped and progress.step != STORED:
                raise ImportStopped("The import was stopped: nothing was imported.")
            now = time.monotonic()
            if progress.step != step or now - told_at >= SECONDS_BETWEEN_UPDATES:
                step, told_at = progress.step, now
                loop.call_soon_threadsafe(self._pane.work, progress_words(progress, now - began))

        return await services.in_background(
            import_files,
            Source(paths=(path,)),
            policy=services.policy,
            now=services.now(),
            actor=services.me,
            origin=f"tui {services.seat}".strip(),
            dry_run=dry_run,
            report=report,
        )

    # Showing

    def _tell(self, sentences: Iterable[tuple[str, str]]) -> None:
        """Show these below the field."""
        lines: list[SpanLine] = [[("   ", "plain"), each] for each in sentences]
        self.query_one(Document).show(lines)

    def _show_title(self) -> None:
        left = [(" Import", "bar-strong"), ("  from CSV files", "bar-dim")]
        right = [(f" {self.services.today()} ", "bar-dim")]
        self.show_title(left, right)
