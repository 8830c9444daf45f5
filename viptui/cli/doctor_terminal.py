"""What ``viptui doctor`` finds about the terminal. It asks the terminal itself only where somebody sits at one."""

from __future__ import annotations

import locale
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from typing import Final

from viptui.cli.findings import Finding, bad, look, ok

SLOW: Final = 0.15
"""Seconds there and back from which on a line is felt."""

USUAL: Final = (80, 24)
LEAST: Final = (60, 15)
"""Columns and lines; see `viptui.screens.base`."""

BYTES: Final = {"every colour": 150, "few colours": 90}
"""Bytes of a cursor move at 120x40. Source: benchmarks/RESULTS.md."""

_SECONDS_OF_TMUX: Final = 2

_NO_TERMINAL: Final = "not looked at: this is no terminal"


def look_at_terminal(variables: Mapping[str, str], *, may_ask: bool) -> Iterator[Finding]:
    """Everything about the terminal; ``may_ask`` says whether it may be written to."""
    yield _kind(variables)
    yield _colours(variables)
    yield _size()
    yield _encoding()
    yield _clipboard(variables)
    yield _line(variables)
    yield _round_trip() if may_ask else look_away("round trip")
    yield _escape(variables)
    costs = " or ".join(f"about {number} bytes with {what}" for what, number in BYTES.items())
    yield ok("cursor move", f"{costs}, at 120x40")


def look_away(about: str) -> Finding:
    """What was not looked at, as there is no terminal."""
    return ok(about, _NO_TERMINAL)


def _kind(variables: Mapping[str, str]) -> Finding:
    term = variables["TERM"]
    if not term or term == "dumb":
        told = "TERM is not set" if not term else "TERM=dumb"
        return look("terminal", told, "export TERM=xterm-256color, or whatever your terminal calls itself")
    if (variables["TMUX"] or variables["STY"]) and not term.startswith(("tmux", "screen")):
        within = "tmux" if variables["TMUX"] else "screen"
        return look(
            "terminal",
            f"TERM={term} within {within}",
            f'{within}: set -g default-terminal "tmux-256color"'
            if within == "tmux"
            else "screenrc: term screen-256color",
        )
    return ok("terminal", f"TERM={term}")


def _colours(variables: Mapping[str, str]) -> Finding:
    if variables["NO_COLOR"]:
        return ok("colours", "none, as NO_COLOR says")
    if variables["COLORTERM"].casefold() in ("truecolor", "24bit"):
        return ok("colours", f"16 million, as COLORTERM={variables['COLORTERM']} says")
    if variables["TERM"].rpartition("-")[2] in ("256color", "kitty"):
        return ok("colours", "256, as TERM says", "export COLORTERM=truecolor, if your terminal has all of them")
    return look("colours", "16", 'export TERM=xterm-256color, or theme = "ansi-dark" in the settings: it needs no more')


def _size() -> Finding:
    if not sys.stdout.isatty():
        return look_away("size")
    columns, lines = shutil.get_terminal_size()
    size = f"{columns}x{lines}"
    if columns < LEAST[0] or lines < LEAST[1]:
        return bad("size", size, f"make it {LEAST[0]}x{LEAST[1]} at least: the interface shows nothing before that")
    if columns < USUAL[0] or lines < USUAL[1]:
        return look("size", size, f"{USUAL[0]}x{USUAL[1]} has room for everything")
    return ok("size", size)


def _encoding() -> Finding:
    encoding = locale.getencoding()
    if encoding.casefold().replace("-", "") == "utf8":
        return ok("encoding", encoding)
    return bad("encoding", encoding, "export LANG=C.UTF-8: names in other scripts cannot be shown")


def _clipboard(variables: Mapping[str, str]) -> Finding:
    """Whether what is copied can reach the terminal's clipboard (OSC 52)."""
    about = "clipboard"
    if variables["TMUX"]:
        takes, passes = _tmux("set-clipboard"), _tmux("allow-passthrough")
        told = f"tmux: set-clipboard {takes or 'unknown'}, allow-passthrough {passes or 'unknown'}"
        if takes == "on" or passes in ("on", "all"):
            return ok(about, f"{told}; what is copied goes to the terminal")
        return look(about, f"{told}; what is copied may not arrive", "~/.tmux.conf: set -g set-clipboard on")
    if variables["STY"]:
        return look(about, "screen hands nothing on to the terminal's clipboard", "tmux does: set -g set-clipboard on")
    return ok(about, "what is copied goes straight to the terminal (OSC 52); whether it takes that, only it knows")


def _tmux(option: str) -> str:
    """What tmux says of an option; empty if it says nothing."""
    if (tmux := shutil.which("tmux")) is None:
        return ""
    for scope in ("-gv", "-gwv"):
        try:
            done = subprocess.run(  # noqa: S603 # tmux as it is found, with words of ours
                (tmux, "show", scope, option),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=_SECONDS_OF_TMUX,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return ""
        if done.returncode == 0 and done.stdout.strip():
            return done.stdout.strip()
    return ""


def _line(variables: Mapping[str, str]) -> Finding:
    far_end = variables["SSH_CONNECTION"].partition(" ")[0] or ("somewhere" if variables["SSH_TTY"] else "")
    if far_end:
        return ok(
            "line", f'over SSH from {far_end}: theme "auto" means few bytes, and the mouse is left to the terminal'
        )
    return ok("line", "not over SSH, as far as the environment tells")


def _round_trip() -> Finding:
    from viptui.round_trip import LONGEST, can_ask, round_trip

    about = "round trip"
    if not can_ask():
        return look_away(about)
    seconds = round_trip()
    if seconds is None:
        return look(about, f"the terminal did not say where its cursor is within {LONGEST:g} s", _SLOW_SETTING)
    told = f"{seconds * 1000:.0f} ms to the terminal and back"
    return look(about, told, _SLOW_SETTING) if seconds >= SLOW else ok(about, told)


def _escape(variables: Mapping[str, str]) -> Finding:
    text = variables["ESCDELAY"]
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        return look("ESCDELAY", f"{text!r} is no number of milliseconds", "export ESCDELAY=25")
    advice = "export ESCDELAY=200, if keys such as arrows act as Esc on a bad line"
    return ok("ESCDELAY", f"{text} ms to tell Esc from a key sequence", advice if variables["SSH_CONNECTION"] else "")


_SLOW_SETTING: Final = 'link = "slow" in the settings draws less from the start; auto does so once it is held up'
