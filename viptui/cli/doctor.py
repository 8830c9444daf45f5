"""``viptui doctor``: what it finds about this terminal and about the set-up, a line each."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from itertools import chain
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from viptui.cli.doctor_setup import look_at_setup
from viptui.cli.doctor_terminal import look_at_terminal
from viptui.cli.findings import Finding, State
from viptui.cli.output import prepare_output, print_json
from viptui.cli.tables import BOLD, RED, YELLOW, Paper, coloured, paper
from viptui.config import terminal_variables
from viptui.text import visible

if TYPE_CHECKING:
    from viptui.config import Overrides

NOT_WELL: Final = 1
"""Exit status when something does not work."""

MARKS: Final = {State.OK: "+", State.LOOK: "?", State.BAD: "!"}

_COLOURS: Final = {State.OK: "", State.LOOK: YELLOW, State.BAD: f"{BOLD};{RED}"}

_ABOUT: Final = 12
"""Cells of what a line is about."""

_INDENT: Final = " " * (_ABOUT + 10)


def run_doctor(arguments: Namespace, overrides: Overrides) -> int:
    """Print the findings as they come; whether anything does not work."""
    prepare_output(for_programs=arguments.json)
    variables = terminal_variables()
    told = chain(look_at_terminal(variables, may_ask=not arguments.json), look_at_setup(overrides))
    if arguments.json:
        found = list(told)
        print_json([each._asdict() for each in found])
    else:
        found = list(_print(told, paper(no_color=bool(variables["NO_COLOR"]))))
        print(_summary(found))
    sys.stdout.flush()
    return NOT_WELL if any(each.state is State.BAD for each in found) else 0


def _print(findings: Iterable[Finding], on: Paper) -> Iterator[Finding]:
    room = max(60, min(on.room or 100, 100)) - 1
    for each in findings:
        first, *rest = wrap(visible(each.found), room - len(_INDENT)) or [""]
        head = coloured(f"{MARKS[each.state]} {each.state:<4}", _COLOURS[each.state] if on.has_colour else "")
        print(f" {head}  {visible(each.about):<{_ABOUT}} {first}")
        advice = wrap(f"-> {visible(each.advice)}", room - len(_INDENT), subsequent_indent="   ") if each.advice else []
        for line in (*rest, *advice):
            print(f"{_INDENT}{line}")
        sys.stdout.flush()
        yield each


def _summary(found: Iterable[Finding]) -> str:
    states = [each.state for each in found]
    bad, looks = states.count(State.BAD), states.count(State.LOOK)
    if not bad and not looks:
        return "Everything is well."
    parts = [f"{bad} {'does' if bad == 1 else 'do'} not work"] if bad else []
    parts += [f"{looks} could be better"] if looks else []
    return f"{len(states)} things were looked at: {', '.join(parts)}."
