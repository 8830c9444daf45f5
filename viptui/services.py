"""The one door between whoever asks (screens, the command line) and the data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from viptui.clock import Clock, FixedDay, SystemClock
from viptui.data.database import DataThread, open_database
from viptui.errors import CommandRejected, Violation
from viptui.rules.policy import VipPolicy

if TYPE_CHECKING:
    from concurrent.futures import Future

    from peewee import Database

    from viptui.actions import Action
    from viptui.commands.act import Done
    from viptui.config import Settings
    from viptui.mail.templates import Templates

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
        read_only: bool = False,
        templates: Templates | None = None,
        seat: str = "",
    ) -> None:
        self.database = database
        self.clock = clock
        self.policy = policy
        self.me = me
        """Login that "managed by me" means."""
        self.read_only = read_only
        self.templates = templates
        """Texts of the mails; None for viptui's own."""
        self.seat = seat
        """Where the person sits, for the history."""
        self._foreground = DataThread(database, "foreground")
        self._background = DataThread(database, "background")

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
            read_only=settings.read_only,
            seat=settings.seat,
        )

    def now(self) -> datetime:
        """This instant."""
        return self.clock.now()

    def today(self) -> date:
        """The civil date that counts."""
        return self.clock.today()

    async def ask(self, query: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Answer what a person waits for. Cancelling drops a query that has not begun."""
        return await self._foreground.run(query, *args, **kwargs)

    def begin(self, query: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Ask what a person will wait for once there is a screen."""
        return self._foreground.begin(query, *args, **kwargs)

    async def in_background(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do what nobody waits for, one thing at a time, beside what people wait for."""
        return await self._background.run(work, *args, **kwargs)

    async def execute(self, action: Action, command: Any, request_id: str, *, dry_run: bool = False) -> Done:
        """Carry a command out, once for each request id; see `viptui.commands.perform`."""
        return await self.ask(self.perform, action, command, request_id, dry_run=dry_run)

    def perform(
        self, action: Action, command: Any, request_id: str, *, dry_run: bool = False, origin: str = "tui"
    ) -> Done:
        """The same on the calling thread.

        Raises:
            CommandRejected, StaleRecord, NotFound, StorageUnavailable: see `viptui.commands.perform`.
        """
        from viptui.commands.act import Act
        from viptui.commands.perform import perform
        from viptui.mail.templates import Templates

        if self.read_only:
            message = f"Everything is read-only as of {self.today()}: leave out --as-of to change something."
            raise CommandRejected((Violation("read_only", message),))
        act = Act(
            actor=self.me,
            origin=f"{origin} {self.seat}".strip(),
            request_id=request_id,
            now=self.now(),
            today=self.today(),
            zone=self.clock.zone,
            policy=self.policy,
            templates=self.templates or Templates(),
        )
        return perform(action, command, act, dry_run=dry_run)

    def close(self) -> None:
        """Let what has begun finish, and close every connection."""
        self._background.close()
        self._foreground.close()
        self.database.close()


def clock_of(settings: Settings) -> Clock:
    """The clock that the settings ask for."""
    if settings.as_of is not None:
        return FixedDay(settings.zone, settings.as_of)
    return SystemClock(settings.zone)
