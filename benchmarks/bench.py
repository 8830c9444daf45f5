"""What every scenario has at hand: the options, the work folder, the programs, the figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks import programs
from benchmarks.figures import CPU, Figures
from benchmarks.programs import PEERS, Program
from benchmarks.terminal import QUIET, Session, Size, Unmeasurable
from benchmarks.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What is to be measured."""

    scenarios: tuple[str, ...]
    customers: int
    size: Size
    rounds: int
    visidata: str | None
    """VisiData's program, where it is not on the path."""
    fzf: str | None


@dataclass(slots=True)
class Bench:
    """One run of the benchmarks."""

    options: Options
    workspace: Workspace
    figures: Figures = field(default_factory=Figures)
    _programs: dict[str, Program | None] = field(default_factory=dict)

    @property
    def database(self) -> Path:
        """The database with the customers."""
        return self.workspace.database(self.options.customers)

    def viptuis(self) -> list[Program]:
        """viptui as it is on the spot and over SSH."""
        database, home = self.database, self.workspace.home
        return [programs.viptui(database, home), programs.viptui(database, home, lean=True)]

    def program(self, name: str) -> Program | None:
        """A peer; None, and the reason is kept, if it is not there."""
        if name not in self._programs:
            self._programs[name] = self._find(name)
        return self._programs[name]

    def peers(self, *names: str) -> list[Program]:
        """Those of the peers that are there."""
        return [program for name in names if (program := self.program(name)) is not None]

    def rounds(self, participants: Sequence[Program]) -> Iterator[Program]:
        """Every program in turn, round by round: what disturbs the machine disturbs all of them."""
        for turn in range(self.options.rounds):
            for program in participants:
                if program.name in self.figures.missing:
                    continue
                self.workspace.tell(f"round {turn + 1}: {program.name}")
                yield program

    def started(self, program: Program) -> Session:
        """A program, to be begun; its rows are in the system's cache, or a key would measure the disk now and then."""
        if program.reads is not None:
            self.workspace.warm(program.reads)
        return Session(program, self.options.size, self.workspace.home)

    @contextmanager
    def ready(self, program: Program) -> Iterator[Session]:
        """A program that has been started and has loaded everything."""
        with self.started(program) as session:
            session.wait_for(program.first_row, longest=self.longest_start)
            if program.loaded:
                session.wait_for(program.loaded, longest=self.longest_start)
            session.settle(program.quiet)
            yield session

    @property
    def longest_start(self) -> float:
        """Seconds that a program may take until it can be used."""
        return 30 + self.options.customers / 10_000

    def press_all(
        self,
        session: Session,
        scenario: str,
        action: str,
        keys: Iterable[bytes],
        *,
        quiet: float = QUIET,
        trailing: int = 0,
    ) -> None:
        """Press keys one after the other and keep what each of them cost; for ``trailing`` see `Step`."""
        began, times = session.cpu_seconds(), 0
        for key in keys:
            step = replace(session.press(key, quiet=quiet), trailing=trailing)
            self.figures.add_step(scenario, session.program.name, action, step)
            times += 1
        if times:
            spent = (session.cpu_seconds() - began) / times * 1000
            self.figures.add(scenario, session.program.name, action, CPU, spent)

    def press(self, session: Session, scenario: str, action: str, times: int, *, quiet: float = QUIET) -> None:
        """Press the program's key for an action, if it has one."""
        if key := session.program.key(action):
            self.press_all(session, scenario, action, [key] * times, quiet=quiet)

    @contextmanager
    def forgiving(self, program: Program) -> Iterator[None]:
        """A peer that cannot be measured is told as missing from then on; viptui has to be there."""
        try:
            yield
        except Unmeasurable as error:
            if program.name.startswith(programs.VIPTUI):
                raise
            self.figures.missing[program.name] = str(error)

    def _find(self, name: str) -> Program | None:
        rows, home, customers = self.workspace.list(self.options.customers), self.workspace.home, self.options.customers
        match name:
            case programs.SMALLEST:
                return programs.smallest(home)
            case programs.DATA_TABLE:
                return programs.data_table(rows, home, customers)
            case programs.C_LIST:
                if compiled := self.workspace.compiled(PEERS / "list.c"):
                    return programs.c_list(rows, home, compiled)
                self.figures.missing[name] = "not installed: no C compiler, or no curses to compile with"
            case programs.FZF:
                if path := programs.found("fzf", self.options.fzf):
                    return programs.fzf(rows, home, path, customers)
                self.figures.missing[name] = "not installed"
            case programs.VISIDATA:
                if path := programs.found("vd", self.options.visidata):
                    return programs.visidata(rows, home, path)
                self.figures.missing[name] = "not installed"
        return None
