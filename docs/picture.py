"""The picture in README, of the real program on made-up customers: ``python -m docs.picture``.

The customers are made with a fixed seed for a fixed day, so that the same program makes the same picture. It is
written anew by whoever changes what it shows.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, tzinfo
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from xml.sax.saxutils import escape

from rich.cells import cell_len
from rich.style import Style
from textual._context import visible_screen_stack
from textual.strip import Strip

from viptui.app import ViptuiApp
from viptui.config import Settings
from viptui.data.database import open_database
from viptui.rules.policy import VipPolicy
from viptui.services import Services

PICTURE: Final = Path(__file__).with_name("picture.svg")

DAY: Final = date(2026, 11, 21)
NOW: Final = datetime(2026, 11, 21, 9, tzinfo=UTC)
ME: Final = "ana.kovac"
CUSTOMERS: Final = 400
SEED: Final = 7
SIZE: Final = (116, 31)
KEYS: Final = ("j", "j", "j", "j")
"""What is pressed before the picture is taken."""

CELL: Final = (8.4, 18.0)
"""Width and height of a terminal cell in the picture, for a font of 14."""

BASELINE: Final = 13
BORDER: Final = 10

WORDS: Final = re.compile(r"\S+(?: \S+)*")
"""What is drawn at once: longer gaps are not left to whoever shows the picture."""

TITLE: Final = "viptui: customers who are past due, the longest first, and why one of them is"
FONTS: Final = "ui-monospace,SFMono-Regular,Menlo,Consolas,&apos;DejaVu Sans Mono&apos;,monospace"


class StandingClock:
    """A clock that stands still."""

    zone: tzinfo = UTC

    def now(self) -> datetime:
        """The instant of the picture."""
        return NOW

    def today(self) -> date:
        """The day of the picture."""
        return DAY


def main() -> None:
    """Write the picture."""
    PICTURE.write_text(svg(asyncio.run(screen())), encoding="utf-8")
    print(f"{PICTURE}: {PICTURE.stat().st_size:,} bytes")


async def screen() -> Sequence[Strip]:
    """What stands on the terminal after the keys, line by line."""
    from viptui.data.demo import generate_demo

    with TemporaryDirectory() as folder:
        policy = VipPolicy()
        database = open_database(str(Path(folder, "demo.db")), create=True)
        with closing(database):
            generate_demo(CUSTOMERS, SEED, DAY, NOW, policy, me=ME)
            services = Services(database, clock=StandingClock(), policy=policy, me=ME)
            settings = Settings(
                database=folder, database_is_default=False, policy=policy, zone=UTC, me=ME, theme="dark"
            )
            app = ViptuiApp(services, settings)
            async with app.run_test(size=SIZE) as pilot:
                await app.workers.wait_for_complete()
                for key in KEYS:
                    await pilot.press(key)
                await pilot.pause(0.5)  # the preview follows a cursor that rests
                await app.workers.wait_for_complete()
                await pilot.pause()
                visible_screen_stack.set(app._background_screens)
                return [Strip(strip) for strip in app.screen._compositor.render_strips()]


def svg(strips: Sequence[Strip]) -> str:
    """Lines of a terminal as a picture: a rectangle for each background, a text for each run of one style."""
    width, height = SIZE[0] * CELL[0] + 2 * BORDER, SIZE[1] * CELL[1] + 2 * BORDER
    lines = [list(_runs(strip)) for strip in strips]
    grounds = Counter(_ground(style) for line in lines for text, style in line for _ in text)
    ground = grounds.most_common(1)[0][0]
    classes: dict[str, str] = {}
    body = [part for y, line in enumerate(lines) for part in _line(y, line, ground, classes)]
    rules = "".join(f".{name}{{{rule}}}" for rule, name in classes.items())
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img">',
            f"<title>{TITLE}</title>",
            f"<style>text{{font:14px {FONTS}}}{rules}</style>",
            f'<rect width="{width:g}" height="{height:g}" rx="8" fill="{ground}"/>',
            *body,
            "</svg>\n",
        )
    )


def _runs(strip: Strip) -> Iterator[tuple[str, Style]]:
    """The texts of a line, neighbours of one style together."""
    for style, segments in groupby(strip, key=lambda segment: segment.style or Style()):
        yield "".join(segment.text for segment in segments), style


def _line(y: int, runs: Iterable[tuple[str, Style]], ground: str, classes: dict[str, str]) -> Iterator[str]:
    """The parts of a line; a style is told once, as a class."""
    column, top = 0, BORDER + y * CELL[1]
    for text, style in runs:
        left, across = BORDER + column * CELL[0], cell_len(text) * CELL[0]
        column += cell_len(text)
        if (colour := _ground(style)) != ground:
            yield f'<rect x="{left:g}" y="{top:g}" width="{across:g}" height="{CELL[1]:g}" fill="{colour}"/>'
        for words in WORDS.finditer(text):
            start = left + cell_len(text[: words.start()]) * CELL[0]
            name = classes.setdefault(_rule(style), f"c{len(classes)}")
            length = cell_len(words[0]) * CELL[0]
            where = f'x="{start:g}" y="{top + BASELINE:g}" textLength="{length:g}"'
            yield f'<text class="{name}" {where}>{escape(words[0])}</text>'


def _ground(style: Style) -> str:
    return "#000000" if style.bgcolor is None else style.bgcolor.get_truecolor().hex


def _rule(style: Style) -> str:
    """What a style looks like, in the style sheet's words."""
    colour = "#ffffff" if style.color is None else style.color.get_truecolor().hex
    parts = [f"fill:{colour}"]
    if style.bold:
        parts.append("font-weight:bold")
    if style.dim:
        parts.append("opacity:.66")
    if style.underline:
        parts.append("text-decoration:underline")
    return ";".join(parts)


if __name__ == "__main__":
    main()
