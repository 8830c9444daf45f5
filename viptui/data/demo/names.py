"""Invented organizations: their names in many scripts, where they are and whom to write to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random
from typing import Final

from viptui.data.demo.dice import between, one
from viptui.data.demo.places import PLACES, Place, Spelling, latin
from viptui.rules.policy import MarketSegment


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """Who a customer is."""

    name: str
    name_english: str
    contact_name: str
    contact_email: str
    address: str
    city: str
    region: str
    postal_code: str
    country: str
    pays_in_dollars: bool


BROKEN: Final = (
    ("Foo [/] Ltd", "", "GB"),
    ("ACME [bold] GmbH", "", "DE"),
    ("[red]x", "", "US"),
    ("Café 🎨 Farbklecks", "Cafe Farbklecks", "DE"),
    ("[link=https://a.example]Akademie[/link] für Schrift", "Akademie fur Schrift", "DE"),
    ("سوق [b] الكتب Ltd 2000", "Book Market Ltd 2000", "EG"),
    ("M̃usée q̀uai d̤es B̊̃rumes", "Musee quai des Brumes", "FR"),
    (
        (
            "Gesellschaft zur Förderung der Donaudampfschifffahrtskunde und ihrer Nebenfächer an den Schulen im "
            "Obertal, eingetragener Verein mit Sitz, Druckerei und öffentlicher Kartensammlung"
        ),
        "Society for Steamship Studies in the Schools of the Upper Valley",
        "DE",
    ),
    ("漢字と仮名交じりのとても長い名前を持つ専門学校グラフィックデザイン科研究所", "Long Name School", "JP"),
    ("👩‍🚀👨‍👩‍👧 Space Camp 🇺🇳", "Space Camp", "US"),
    ("שלום (עולם) [/red] בע\"מ", "Shalom Olam Ltd.", "IL"),
    ("=1+1 Design, \"quoted\"; O'Hara & Co", "", "GB"),
    ("100%_Print\\Shop", "", "US"),
)  # fmt: skip
"""Names that a careless program stumbles over, with their English form and country."""

FIRST_BROKEN: Final = 1
BROKEN_EVERY: Final = 3


class NameBook:
    """Invents organizations, no two of the same name."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._taken: dict[str, int] = {}

    def invent(self, number: int, segment: MarketSegment) -> Organization:
        """The organization of the customer with this number, counted from 0."""
        rng = self._rng
        if broken := _broken(number):
            name, english, place = broken
            city, region = one(rng, place.cities)
        else:
            place = one(rng, _PLACES_BY_WEIGHT)
            city, region = one(rng, place.cities)
            name, english = self._unused(place, segment, city)
        person, mailbox = _person(rng, place)
        return Organization(
            name=name,
            name_english=english,
            contact_name=person,
            contact_email=f"{mailbox}@{_slug(english or name)}.example",
            address=place.street.format(n=between(rng, 1, 199)),
            city=city.native,
            region=region,
            postal_code=_digits(rng, place.postal_code),
            country=place.country,
            pays_in_dollars=place.pays_in_dollars,
        )

    def _unused(self, place: Place, segment: MarketSegment, city: Spelling) -> tuple[str, str]:
        """A name that is not taken, with a number behind it once the words run out."""
        for _ in range(_ATTEMPTS):
            name, english = _name(self._rng, place, segment, city)
            if name not in self._taken:
                self._taken[name] = 1
                return name, english
        self._taken[name] += 1
        again = f" {self._taken[name]}"
        return name + again, english and english + again


_ATTEMPTS: Final = 2

_PLACES_BY_WEIGHT: Final = tuple(place for place in PLACES for _ in range(place.weight))

_PLACE_OF: Final = {place.country: place for place in PLACES}


def _broken(number: int) -> tuple[str, str, Place] | None:
    index, rest = divmod(number - FIRST_BROKEN, BROKEN_EVERY)
    if rest or not 0 <= index < len(BROKEN):
        return None
    name, english, country = BROKEN[index]
    return name, english, _PLACE_OF[country]


def _name(rng: Random, place: Place, segment: MarketSegment, city: Spelling) -> tuple[str, str]:
    """A name, and its English form where it has other characters."""
    pattern, word, family = one(rng, place.patterns[segment]), one(rng, place.words), one(rng, place.family)
    name = pattern.native.format(word=word.native, city=city.native, family=family.native)
    if name.isascii():
        return name, ""
    return name, pattern.english.format(word=word.english, city=city.english, family=family.english)


def _person(rng: Random, place: Place) -> tuple[str, str]:
    """A name and the mailbox that belongs to it."""
    given, family = one(rng, place.given), one(rng, place.family)
    name = place.person.format(given=given.native, family=family.native)
    return name, f"{_slug(given.english)}.{_slug(family.english)}"


def _slug(text: str) -> str:
    return _OTHERS.sub("-", latin(text).lower())[:_LONGEST_LABEL].strip("-")


_OTHERS: Final = re.compile("[^a-z0-9]+")
_LONGEST_LABEL: Final = 40


def _digits(rng: Random, form: str) -> str:
    digits = iter(f"{rng.randrange(10**8):08}")
    return "".join(next(digits) if character == "#" else character for character in form)
