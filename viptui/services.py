"""The one door between whoever asks (screens, the command line) and the data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing, nullcontext
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from viptui.clock import Clock, FixedDay, SystemClock
from viptui.data.database import DataThread, open_database
from viptui.errors import CommandRejected, ReportFailed, Violation, ViptuiError
from viptui.rules.policy import VipPolicy
from viptui.waiting import Waiting

if TYPE_CHECKING:
    from concurrent.futures import Future

    from peewee import Database

    from viptui.actions import Action
    from viptui.commands.act import Act, Done
    from viptui.commands.several import Asked
    from viptui.config import Settings
    from viptui.mail.settings import MailSettings
    from viptui.report_forms import ReportForm
    from viptui.reports import Report
    from viptui.rules.listing import Listing
    from viptui.workers.post import Post

P = ParamSpec("P")
T = TypeVar("T")


class Services:
    """An open database with its clock, its policy and its two threads."""

    def __init__(
        self,
        database: Database,
        *,
        clock: Clock,
        policy: VipPolicy,
        me: str,
        read_only_by: str = "",
        seat: str = "",
        exports: Path = Path("viptui-exports"),
        excel_separator: str = ";",
        mail: MailSettings | None = None,
        confirm_single: bool = True,
        columns: tuple[str, ...] = (),
    ) -> None:
        self.database = database
        self.clock = clock
        self.policy = policy
        self.me = me
        """Login that "managed by me" means."""
        self.read_only_by = read_only_by
        """What makes the database refuse every write, ``--as-of`` or ``--read-only``; empty if it refuses none."""
        self._looked_at: date | None = None
        """The day that somebody looks at, if it is not the clock's."""
        self.seat = seat
        """Where the person sits, for the history."""
        self.exports = exports
        """Folder that reports and order sheets are written to."""
        self.excel_separator = excel_separator
        """Between the cells of CSV for Excel."""
        self.mail = mail
        """How mail leaves the house; None: not from here."""
        self.confirm_single = confirm_single
        """Whether mails to one customer are shown before they are sent."""
        self.columns = columns
        """Columns that lists begin with; none for the usual ones."""
        self.when_done: Callable[[], None] = lambda: None
        """Called after each command: there may be mail to deliver."""
        self._post: Post | None = None
        self._is_over = False
        """Whether whoever asked has left."""
        self._foreground = DataThread(database, "foreground")
        self._background = DataThread(database, "background")
        self.when_waiting: Callable[[bool], None] = lambda _: None
        """Called once somebody has waited for long for an answer, and once nobody does any more."""
        self._waiting = Waiting(lambda: self._foreground.is_busy, lambda waits: self.when_waiting(waits))

    @classmethod
    def open(cls, settings: Settings, *, create: bool = False) -> Services:
        """Open what the settings name.

        Raises:
            StorageUnavailable: the database cannot be used.
        """
        database = open_database(settings.database, create=create, read_only=settings.read_only)
        return cls(
            database,
            clock=clock_of(settings),
            policy=settings.policy,
            me=settings.me,
            read_only_by=settings.read_only_by,
            seat=settings.seat,
            exports=Path(settings.exports),
            excel_separator=settings.excel_separator,
            mail=settings.mail,
            confirm_single=settings.confirm_single,
            columns=settings.columns,
        )

    def now(self) -> datetime:
        """This instant."""
        return self.clock.now()

    def today(self) -> date:
        """The civil date that is looked at: the clock's, unless somebody looks at another day."""
        return self.clock.today() if self._looked_at is None else self._looked_at

    def look_at(self, day: date | None) -> None:
        """Look at another day; at the clock's again with None.

        What is carried out and what the worker does go by the clock. As long as somebody looks at another day
        nothing can be carried out from here.
        """
        self._looked_at = None if day == self.clock.today() else day

    @property
    def is_away(self) -> bool:
        """Whether another day is looked at than the clock's."""
        return self._looked_at is not None

    @property
    def read_only(self) -> bool:
        """Whether nothing can be carried out now."""
        return bool(self.read_only_by) or self.is_away

    def read_only_words(self) -> str:
        """Why nothing can be carried out now, and the way back."""
        if self.read_only_by:
            as_of = f" as of {self.today()}" if self.read_only_by == "--as-of" else ""
            return f"Everything is read-only{as_of}: leave out {self.read_only_by} to change something."
        return f"Everything is read-only as of {self.today()}: = goes back to today."

    async def ask(self, query: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Answer what a person waits for. Cancelling drops a query that has not begun."""
        return await self.answer(self.begin(query, *args, **kwargs))

    async def answer(self, asked: Future[T]) -> T:
        """The answer to what a person has begun to ask."""
        import asyncio

        with self._waiting.for_an_answer():
            return await asyncio.wrap_future(asked)

    def begin(self, query: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Ask what a person will wait for once there is a screen."""
        return self._foreground.begin(query, *args, **kwargs)

    async def in_background(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do what nobody waits for, one thing at a time, beside what people wait for."""
        return await self._background.run(work, *args, **kwargs)

    async def execute(self, action: Action, command: Any, request_id: str, *, dry_run: bool = False) -> Done:
        """Carry a command out, once for each request id; see `viptui.commands.perform`."""
        done = await self.ask(self.perform, action, command, request_id, dry_run=dry_run)
        if not dry_run:
            self.when_done()
        return done

    async def execute_some(
        self, action: Action, asked: Sequence[Asked], *, dry_run: bool = False, goes_on: Callable[[], bool]
    ) -> list[Done | ViptuiError]:
        """Carry out the first of these commands, as many as nobody is held up by; see `viptui.commands.several`."""
        done = await self.ask(self.perform_some, action, asked, dry_run=dry_run, goes_on=goes_on)
        if not dry_run:
            self.when_done()
        return done

    def perform_some(
        self,
        action: Action,
        asked: Sequence[Asked],
        *,
        dry_run: bool = False,
        goes_on: Callable[[], bool] = lambda: True,
        origin: str = "tui",
    ) -> list[Done | ViptuiError]:
        """The same on the calling thread."""
        from viptui.commands.several import perform_some

        return perform_some(action, asked, self._act("", origin), dry_run=dry_run, goes_on=goes_on)

    def perform(
        self, action: Action, command: Any, request_id: str, *, dry_run: bool = False, origin: str = "tui"
    ) -> Done:
        """The same as `execute` on the calling thread.

        Raises:
            CommandRejected, StaleRecord, NotFound, StorageUnavailable: see `viptui.commands.perform`.
        """
        from viptui.commands.perform import perform

        return perform(action, command, self._act(request_id, origin), dry_run=dry_run)

    def _act(self, request_id: str, origin: str) -> Act:
        from viptui.commands.act import Act
        from viptui.mail.templates import Templates

        if self.read_only:
            raise CommandRejected((Violation("read_only", self.read_only_words()),))
        return Act(
            actor=self.me,
            origin=f"{origin} {self.seat}".strip(),
            request_id=request_id,
            now=self.now(),
            today=self.clock.today(),
            zone=self.clock.zone,
            policy=self.policy,
            templates=Templates() if self.mail is None else self.mail.templates(),
        )

    async def report(
        self,
        listing: Listing,
        form: ReportForm | None = None,
        *,
        marked: Sequence[int] | None = None,
        told: Callable[[int], None] = lambda _: None,
        dry_run: bool = False,
    ) -> Report:
        """Write the customers of a list, or marked ones, to a new file in the exports folder; on a dry run say what."""
        return await self.in_background(self.write_report, listing, form, marked=marked, told=told, dry_run=dry_run)

    def write_report(
        self,
        listing: Listing,
        form: ReportForm | None = None,
        *,
        path: Path | None = None,
        limit: int | None = None,
        marked: Sequence[int] | None = None,
        told: Callable[[int], None] = lambda _: None,
        origin: str = "tui",
        request_id: str = "",
        dry_run: bool = False,
    ) -> Report:
        """The same on the calling thread, if need be under another path; the history tells of it.

        As of another day nothing can be written to the database, so the history tells nothing then.

        Args:
            listing: which customers in which order.
            form: how they are written; None: as CSV.
            path: another file than the one that is called after the list, in the exports folder.
            limit: at most so many customers.
            marked: ids of customers that are written instead, in this order, whichever list has them.
            told: called with the number of customers that are written, again and again.
            origin: the door, for the history.
            request_id: under which the history tells of it; empty: a new one.
            dry_run: only count them, and find the file's name.

        Raises:
            ReportFailed: the file cannot be written.
            StorageUnavailable: the database cannot be used.
        """
        from uuid import uuid4

        from viptui.actions import BY_ID
        from viptui.commands.report import RecordReport
        from viptui.data.marked import rows_of
        from viptui.data.queries import walk_customers
        from viptui.report_forms import ReportForm
        from viptui.reports import Counted, Report, file_name, free_name, name_of_marked, put_file

        def tell(customers: int) -> None:
            if self._is_over:
                raise ReportFailed("The report was not finished: the program was left before.")
            told(customers)

        today, how = self.today(), form or ReportForm()
        ending = how.form.ending
        name = file_name(listing, today, ending) if marked is None else name_of_marked(today, ending)
        wanted = path or self.exports / name
        walk = closing(walk_customers(listing, today, self.policy, limit)) if marked is None else None
        with walk or nullcontext(rows_of(marked or ())) as found:
            rows = Counted(found, tell)
            if dry_run:
                return Report(free_name(wanted), sum(1 for _ in rows))
            written = put_file(
                lambda file: how.write(rows, today, self.policy, file, wanted.parent), wanted.parent, wanted.name
            )
        report = Report(written, rows.count)
        if not self.read_only:
            command = RecordReport(
                file=str(report.path),
                customers=report.customers,
                filter=listing.filter,
                managed_by=listing.managed_by,
                search=listing.search,
                query="" if listing.query is None else str(listing.query),
                form=how.form,
                marked=marked is not None,
            )
            self.perform(BY_ID["report.export"], command, request_id or uuid4().hex, origin=origin)
        return report

    def post(self) -> Post | None:
        """Whoever delivers the outbox from here; None if that is done elsewhere.

        Where nobody has said how mail is to leave, a program on a shared server delivers none: it would write what
        its colleagues send into a folder of its own.
        """
        from viptui.data.database import is_shared

        if self.read_only_by or self.mail is None:
            return None
        if not self.mail.is_chosen and is_shared(self.database):
            return None
        if self._post is None:
            from viptui.workers.post import Post

            self._post = Post(self.database, self.mail, self.now)
        return self._post

    def mail_place(self) -> str:
        """Where mail goes from here, in words."""
        if self.mail is None or self.post() is None:
            return "not delivered from here"
        return f"to {self.mail.place}"

    def close(self) -> None:
        """Let what has begun finish, but for a report, which may take minutes, and close every connection."""
        self._is_over = True
        if self._post is not None:
            self._post.close()
        self._background.close()
        self._foreground.close()
        self.database.close()


def clock_of(settings: Settings) -> Clock:
    """The clock that the settings ask for."""
    if settings.as_of is not None:
        return FixedDay(settings.zone, settings.as_of)
    return SystemClock(settings.zone)
