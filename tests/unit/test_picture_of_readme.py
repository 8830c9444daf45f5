"""The picture in README: the same program makes the same one, and it stays small."""

from __future__ import annotations

from xml.etree import ElementTree

from docs.picture import PICTURE, SIZE, screen, svg

MOST_BYTES = 60_000


async def test_the_picture_is_made_from_the_program_and_the_same_each_time() -> None:
    first, second = svg(await screen()), svg(await screen())
    assert first == second
    assert len(first) < MOST_BYTES
    text = "".join(ElementTree.fromstring(first).itertext())  # noqa: S314 - our own
    assert "Past Due" in text
    assert "SUSPENDED" in text


def test_the_picture_that_readme_shows_is_there() -> None:
    root = ElementTree.parse(PICTURE).getroot()  # noqa: S314 - our own
    assert len([each for each in root if each.tag.endswith("text")]) > SIZE[1]
    assert "docs/picture.svg" in PICTURE.parents[1].joinpath("README.md").read_text(encoding="utf-8")
