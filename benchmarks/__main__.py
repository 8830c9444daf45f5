"""``python -m benchmarks``: measure everything, or what is named."""

from __future__ import annotations

import sys
import tempfile
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Final

from benchmarks.bench import Bench, Options
from benchmarks.goals import load_goals
from benchmarks.machine import described
from benchmarks.processes import CommandFailed
from benchmarks.registry import SCENARIOS
from benchmarks.report import report
from benchmarks.terminal import Size, Unmeasurable
from benchmarks.workspace import Workspace, today

RESULTS: Final = Path(__file__).with_name("RESULTS.md")


def main() -> int:
    """Measure, print the tables, and write them to `RESULTS` if asked to; the exit status."""
    parser = ArgumentParser(prog="python -m benchmarks", description="Measure viptui in a real pseudo-terminal.")
    parser.add_argument("scenarios", nargs="*", metavar="SCENARIO", help=f"one of {', '.join(SCENARIOS)}; default all")
    parser.add_argument("--customers", type=int, default=1000, metavar="N", help="size of the portfolio (1000)")
    parser.add_argument("--size", type=_size, default=Size(120, 40), metavar="120x40", help="of the terminal")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="rounds through all programs (3)")
    parser.add_argument(
        "--work",
        type=Path,
        default=Path(tempfile.gettempdir(), "viptui-benchmarks"),
        metavar="FOLDER",
        help="where portfolios and databases are made once and kept (default: %(default)s)",
    )
    parser.add_argument("--vd", metavar="PATH", help="VisiData's program, if it is not on the path")
    parser.add_argument("--fzf", metavar="PATH", help="fzf's program, if it is not on the path")
    parser.add_argument("--write", action="store_true", help=f"write the tables to {RESULTS.name} too")
    arguments = parser.parse_args()
    if unknown := set(arguments.scenarios) - set(SCENARIOS):
        parser.error(f"there is no scenario {', '.join(sorted(unknown))}; there are {', '.join(SCENARIOS)}")
    options = Options(
        scenarios=tuple(arguments.scenarios) or tuple(SCENARIOS),
        customers=arguments.customers,
        size=arguments.size,
        rounds=arguments.rounds,
        visidata=arguments.vd,
        fzf=arguments.fzf,
    )
    bench = Bench(options, Workspace(arguments.work.resolve(), _tell, today()))
    head = described(options)
    failed = [name for name in options.scenarios if not _measure(bench, name)]
    text = report(bench.figures, load_goals(), options.customers, head)
    print(text)
    if arguments.write:
        RESULTS.write_text(text, encoding="utf-8")
    return 1 if failed else 0


def _measure(bench: Bench, name: str) -> bool:
    """Run a scenario; what is wrong with one does not cost the figures of the others."""
    _tell(f"{name} …")
    try:
        SCENARIOS[name](bench)
    except (Unmeasurable, CommandFailed) as error:
        _tell(str(error))
        bench.figures.missing[f"all of {name}"] = str(error)
        return False
    return True


def _size(text: str) -> Size:
    columns, by, lines = text.partition("x")
    if not (by and columns.isdigit() and lines.isdigit()):
        raise ArgumentTypeError(f"{text!r} is not a size written as 120x40")
    return Size(int(columns), int(lines))


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
