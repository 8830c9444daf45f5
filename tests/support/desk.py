"""A driver that works the interface as a person does: presses keys, and reads what stands on the screen."""

from __future__ import annotations

import asyncio
import os
import re
import signal
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, closing
from datetime import UTC
from pathlib import Path
from threading import Event
from typing import Final

from textual._context import visible_screen_stack
from textual.events import Key, Paste
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widgets._toast import Toast

from tests.support.clock import FixedClock
from viptui.app import ViptuiApp
from viptui.clock import Clock
from viptui.config import Settings
from viptui.data.database import open_database
from viptui.mail.settings import MailSettings
from viptui.rules.filters import CustomerFilter
from viptui.rules.listing import Listing
from viptui.rules.policy import VipPolicy
from viptui.screens.confirmation import Confirmation
from viptui.screens.customers import CustomersScreen
from viptui.screens.forms.action_form import ActionForm
from viptui.services import Services
from viptui.terminal import ENDING_SIGNALS
from viptui.widgets.columns import MARGIN
from viptui.widgets.customer_table import HEADER_LINES, CustomerTable
from viptui.widgets.form_pane import FormPane

ME: Final = "ana.kovac"
SIZE: Final = (120, 40)

_TAB: Final = re.compile(
    r"(?P<open>\[| )(?P<number>[1-6])(?: [A-Z][A-Za-z ]*)? (?P<badge>…|[\d,]+(?: \(\+[\d,]+\))?)[\] ]"
)


class Desk:
    """The interface in the hands of a test."""

    def __init__(self, app: ViptuiApp, pilot: Pilot[None]) -> None:
        self.app = app
        self._pilot = pilot
        self._drawn: list[Strip] | None = None
        """The screen as it was read last, until something may have changed."""

    # What a person does

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, each after the screen has answered the one before."""
        for key in keys:
            self._send(key)
            await self.settle()

    async def hurry(self, *keys: str) -> None:
        """Press keys as fast as they come: the database has not answered one when the next is pressed."""
        await self.strike(*keys)
        await self.settle()

    @asynccontextmanager
    async def slow_database(self) -> AsyncIterator[None]:
        """As long as this lasts the database answers nobody; press keys with `strike` meanwhile."""
        gate = Event()
        waiting = asyncio.create_task(self.app.services.ask(gate.wait))
        await asyncio.sleep(0)
        try:
            yield
        finally:
            gate.set()
            await waiting
        await self.settle()

    async def strike(self, *keys: str) -> None:
        """Press keys without waiting for the database."""
        for key in keys:
            self._send(key)
            await self._handled()

    async def burst(self, *keys: str) -> None:
        """Keys that arrive in one piece, as over a slow line."""
        for key in keys:
            self._send(key)
        await self.settle()

    async def burst_without_waiting(self, *keys: str) -> None:
        """The same while the database does not answer."""
        for key in keys:
            self._send(key)
        await self._handled()

    async def type(self, text: str) -> None:
        """Type a text as fast as it goes."""
        await self.hurry(*text)

    async def paste(self, text: str) -> None:
        """Paste a text."""
        self.app.post_message(Paste(text))
        await self.settle()

    async def go_to(self, label: str) -> None:
        """Put the cursor of a form into a field."""
        for _ in range(60):
            if any(line.startswith(f" > {label}") for line in self.lines()):
                return
            await self.press("tab")
        raise AssertionError(f"no field {label!r}:\n{self.screen_text()}")

    async def fill(self, **texts: str) -> None:
        """Type into the fields of a form, named by their labels with ``_`` for whatever is no letter."""
        for name, text in texts.items():
            (label,) = [each for each in self.labels() if re.sub(r"\W", "_", each) == name]
            await self.go_to(label)
            await self.press("ctrl+u")
            await self.type(text)

    async def resize(self, width: int, height: int) -> None:
        """Change the terminal's size."""
        await self._pilot.resize_terminal(width, height)
        await self.settle()

    async def tick(self) -> None:
        """Let the interval of the re-evaluation pass."""
        self.app.evaluate_now()
        await self.settle()

    async def closed(self) -> None:
        """Wait until the interface has been left."""
        assert self.app._task is not None
        await asyncio.wait([self.app._task], timeout=10)
        assert self.app._task.done()

    async def settle(self, *, preview: bool = False) -> None:
        """Wait until nothing runs any more; with ``preview`` also until the preview has followed the cursor."""
        await self._quiet()
        if not preview:
            return
        below = [screen for screen in self.app.screen_stack if isinstance(screen, CustomersScreen)]
        for timer in [screen._preview.timer for screen in below]:
            if timer is not None and not timer.cancelled():
                await asyncio.sleep(max(0, timer.when() - asyncio.get_running_loop().time()))
            await self._quiet()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds, whatever still runs then."""
        for _ in range(1_000):
            await self._handled()
            if holds():
                return
            await asyncio.sleep(0.01)
        raise AssertionError(self.screen_text())

    # What a person sees

    def lines(self) -> list[str]:
        """The screen's lines, without trailing blanks."""
        return ["".join(segment.text for segment in strip).rstrip() for strip in self._strips()]

    def screen_text(self) -> str:
        """The whole screen."""
        return "\n".join(self.lines())

    def title(self) -> str:
        """The first line."""
        return self.lines()[0]

    def names(self) -> list[str]:
        """The customers that are visible, top to bottom."""
        return [name for _, name in self._rows()]

    def cursor(self) -> str | None:
        """The customer under the cursor, if the cursor is visible."""
        return next((name for mark, name in self._rows() if mark.startswith(">")), None)

    def badge(self, tab: CustomerFilter) -> str:
        """``9 (+2)``: the number on a tab, and how many came since it was last looked at."""
        number = str(list(CustomerFilter).index(tab) + 1)
        return next(each["badge"] for each in self._tabs() if each["number"] == number)

    def tab(self) -> CustomerFilter:
        """The active tab."""
        (active,) = (each["number"] for each in self._tabs() if each["open"] == "[")
        return list(CustomerFilter)[int(active) - 1]

    def status(self) -> str:
        """The line between tabs and list: the search, the order, the position."""
        return self.lines()[2]

    def search(self) -> str:
        """What is searched for, as it stands on the screen."""
        text = self.status().removeprefix(" / ").partition("  ")[0]
        return "" if text == "search" else text.removesuffix("_")

    def mine(self) -> bool:
        """Whether only my customers are shown."""
        return "mine on" in self.lines()[1]

    def footer(self) -> str:
        """The last line."""
        return self.lines()[-1]

    def preview(self) -> str:
        """The preview, if there is one."""
        preview = self.app.screen.query_one("#preview")
        top = preview.region.y
        return "\n".join(self.lines()[top : top + preview.region.height]) if preview.display else ""

    def empty_text(self) -> str:
        """What the list says instead of rows."""
        region = self._table.region
        return "\n".join(line.strip() for line in self.lines()[region.y + HEADER_LINES : region.bottom]).strip()

    def form(self) -> str:
        """What the open form is called and about; empty if there is none."""
        is_form = isinstance(self.app.screen, ActionForm | Confirmation)
        return self.title().strip().removesuffix(str(self.app.services.today())).strip() if is_form else ""

    def labels(self) -> list[str]:
        """The names of the form's fields."""
        return [field.parameter.label for field in self._pane._fields]

    def field(self) -> str:
        """The name of the field with the cursor; the button's in brackets."""
        (line,) = [line for line in self.lines() if line.startswith(" > ")]
        found = [each for each in self.labels() if line.startswith(f" > {each}")]
        return found[0] if found else line.removeprefix(" > ")

    def errors(self) -> dict[str, str]:
        """What the form says is wrong, by the names of its fields; what concerns none of them by an empty name."""
        found: dict[str, str] = {}
        label = ""
        for line in self.lines()[1:-1]:
            label = next((each for each in self.labels() if line[3:].startswith(each)), label)
            if "! " in line:
                found[label] = f"{found.get(label, '')} {line.partition('! ')[2]}".strip()
        return found

    def notice(self) -> str:
        """The text of the last notice, on one line."""
        shown = [toast._notification.message.replace("\n", " ") for toast in self.app.screen.query(Toast)]
        return shown[-1] if shown else ""

    def notice_lines(self) -> list[str]:
        """The lines of the last notice as they stand on the screen."""
        toast = list(self.app.screen.query(Toast))[-1]
        area = toast.content_region
        return [line[area.x : area.right].strip() for line in self.lines()[area.y : area.bottom]]

    # Below

    @property
    def _pane(self) -> FormPane:
        return self.app.screen.query_one(FormPane)

    @property
    def _table(self) -> CustomerTable:
        return self.app.screen.query_one(CustomerTable)

    def _strips(self) -> list[Strip]:
        if self._drawn is None:
            visible_screen_stack.set(self.app._background_screens)  # what stands under a translucent screen
            self._drawn = [Strip(strip) for strip in self.app.screen._compositor.render_strips()]
        return self._drawn

    def _rows(self) -> list[tuple[str, str]]:
        table = self._table
        if not table.total:
            return []
        width = table.shape.columns[0][1]
        region = table.region
        lines = self._strips()[region.y + HEADER_LINES : region.bottom]
        rows = [(line.crop(0, MARGIN).text, line.crop(MARGIN, MARGIN + width).text.strip()) for line in lines]
        return [(mark, name) for mark, name in rows if name]

    def _tabs(self) -> list[re.Match[str]]:
        return list(_TAB.finditer(self.lines()[1] + " "))

    def _send(self, key: str) -> None:
        event = Key(_character_to_key(key), key) if len(key) == 1 else Key(key, None)
        self.app.post_message(event)

    async def _handled(self) -> None:
        """Wait until every message, also those that others brought about, has been handled, or the app has ended."""
        still = 0
        while still < 2:
            self._drawn = None
            await self._pilot._wait_for_screen()
            if not self.app.is_running:
                return  # on its way out of the test: `run_test` raises what ended it
            still = 0 if self.app.typed_ahead.waiting else still + 1

    async def _quiet(self) -> None:
        """Wait until no worker runs and every message, also those that workers sent, has been handled."""
        still = 0
        while still < 2:
            await self._handled()
            running = [worker for worker in self.app.workers if not worker.is_finished]
            still = 0 if running else still + 1
            await asyncio.gather(*(worker.wait() for worker in running), return_exceptions=True)


def exports_of(target: str | Path) -> Path:
    """Where the interface of a test writes files to: beside the database, for a server's one to no folder."""
    return Path(target).parent / "exports" if Path(target).is_file() else Path(os.devnull) / "exports"


def settings_for(
    target: str, *, theme: str = "dark", keys: Mapping[str, str] | None = None, link: str = "auto"
) -> Settings:
    """Settings of a test."""
    return Settings(
        database=target,
        database_is_default=False,
        policy=VipPolicy(),
        zone=UTC,
        me=ME,
        theme=theme,
        link=link,
        keys=keys or {},
    )


@asynccontextmanager
async def desk_on(
    target: str | Path,
    clock: Clock | None = None,
    *,
    me: str = ME,
    size: tuple[int, int] = SIZE,
    read_only: bool = False,
    theme: str = "dark",
    link: str = "auto",
    mail: MailSettings | None = None,
    keys: Mapping[str, str] | None = None,
    tour: bool = False,
    triage: Listing | None = None,
    columns: tuple[str, ...] = (),
) -> AsyncIterator[Desk]:
    """The interface, open on the database at ``target`` and evaluated once; without ``mail`` it delivers none."""
    handlers = {number: signal.getsignal(number) for number in ENDING_SIGNALS}
    with closing(open_database(str(target), read_only=read_only)) as database:
        services = Services(
            database,
            clock=clock or FixedClock(),
            policy=VipPolicy(),
            me=me,
            read_only_by="--as-of" if read_only else "",
            mail=mail,
            exports=exports_of(target),
            columns=columns,
        )
        app = ViptuiApp(
            services, settings_for(str(target), theme=theme, keys=keys, link=link), triage=triage, tour=tour
        )
        try:
            async with app.run_test(size=size, notifications=True) as pilot:
                desk = Desk(app, pilot)
                await _begun(app)
                await desk.settle()
                yield desk
        finally:
            for number, handler in handlers.items():
                signal.signal(number, handler)


async def _begun(app: ViptuiApp) -> None:
    """Wait until the app has started what it does after the first drawing."""
    drawn = asyncio.Event()
    app.call_after_refresh(drawn.set)
    await drawn.wait()
