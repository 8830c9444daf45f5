"""Every key of every screen, read from the bindings; what the settings may put on other keys, and what not.

Only this module knows all screens at once: it imports them. Who has no keys of one's own never needs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from typing import Any, Final, NamedTuple

from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widget import Widget

import viptui.screens
from viptui.pressed import character_of
from viptui.screens.typable import KeyRefused, only_alias, read_keys
from viptui.widgets.declared import declared

Owner = type[DOMNode]

ALWAYS: Final = frozenset({"ctrl+q", "ctrl+c", "super+c"})
"""Keys that stay what they are, so that nobody locks oneself in."""


class Known(NamedTuple):
    """Something that keys do, wherever they do it."""

    id: str
    keys: tuple[str, ...]
    """As they are by themselves."""
    help: str
    owners: tuple[Owner, ...]
    """The screens and widgets that have it."""
    screens: tuple[str, ...]
    """Where it can be pressed, in words."""
    group: str
    """Part of a screen; of two parts only one is there at a time. Mostly empty."""


@cache
def screens() -> Mapping[str, type[Screen[Any]]]:
    """All screens that are shown, by their names in words: `CustomerDetailScreen` is ``customer detail``."""
    for module in walk_packages(viptui.screens.__path__, f"{viptui.screens.__name__}."):
        import_module(module.name)
    found = {_name(each): each for each in _kinds_of(Screen) if _compositions(each)}
    return dict(sorted(found.items(), key=lambda item: (item[0] != "customers", item[0])))


def widgets_of(screen: type[Screen[Any]]) -> tuple[type[Widget], ...]:
    """The widgets of a screen that can have the focus, as its ``compose`` names them."""
    named = (
        composition.__globals__.get(name)
        for composition in _compositions(screen)
        for name in composition.__code__.co_names
    )
    return tuple(dict.fromkeys(each for each in named if _can_focus(each)))


@cache
def known() -> Mapping[str, Known]:
    """Everything that has a key, by its id, in the order of the screens."""
    found: dict[str, Known] = {}
    for name, screen in screens().items():
        for owner in (screen, *widgets_of(screen)):
            for binding in declared(owner):
                if binding.id is not None:
                    found[binding.id] = _joined(found.get(binding.id), binding, owner, name)
    return found


def keys_in_force(asked: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    """The keys of everything, by id, where the settings ask for these.

    A key that is asked for leaves what has it by itself, as long as that keeps another one. Raises `KeyRefused`.
    """
    force = {each.id: each.keys for each in known().values()} | {name: read_keys(asked[name]) for name in asked}
    for name in asked:
        taken = {*force[name]} - {*known()[name].keys}
        for other in _met_by(name).keys() - asked.keys():
            left = tuple(key for key in force[other] if key not in taken)
            force[other] = left or force[other]
    return force


def problems(asked: Mapping[str, str]) -> list[str]:
    """What cannot be as the settings ask for it, a sentence each; nothing: all can."""
    found: list[str] = []
    for name, text in asked.items():
        try:
            found += _faults(name, read_keys(text))
        except KeyRefused as refused:
            found.append(f"{name} cannot be on {text!r}: {refused}")
    return found or _clashes(asked)


def keymap(asked: Mapping[str, str]) -> Mapping[str, str]:
    """What Textual has to be told, so that nothing changes but what is asked for.

    When it moves one of several bindings that share a key on a screen, it drops the others: they are named too.
    """
    force = keys_in_force(asked)
    changed = {name for name, keys in force.items() if keys != known()[name].keys}
    told = set(changed)
    for owner in {owner for name in changed for owner in known()[name].owners}:
        told |= _touched(owner, changed, force)
    return {name: ",".join(force[name]) for name in told}


def _touched(owner: Owner, changed: set[str], force: Mapping[str, Sequence[str]]) -> set[str]:
    """What shares a key on a screen or a widget with something that leaves it or comes to it."""
    bindings = [each for each in declared(owner) if each.id is not None]
    touched = {str(each.id) for each in bindings} & changed
    while True:
        keys = {key for name in touched for key in (*force[name], *known()[name].keys)}
        more = {str(each.id) for each in bindings if each.key in keys}
        if more <= touched:
            return touched
        touched |= more


def _faults(name: str, keys: Sequence[str]) -> Iterator[str]:
    if name not in known():
        near = get_close_matches(name, known(), 1)
        meant = f"; is {near[0]!r} meant?" if near else "."
        yield f"{name!r} is nothing that has a key{meant} 'viptui keys' lists everything that has."
        return
    each = known()[name]
    if {*keys} != {*each.keys} and (why := only_alias(keys)):
        yield f"{name} cannot be on {keys[0]} alone: {why}; put another key before it."
    for key in keys:
        if key in ALWAYS:
            yield f"{name} cannot be on {key}: it always copies, or leaves the program."
        elif where := next((name for name in each.screens if _is_text(key, each, screens()[name])), ""):
            yield f"{name} cannot be on {key}: in {where} that types or moves in a text; take ctrl+letter or F6 to F12."


def _is_text(key: str, each: Known, screen: type[Screen[Any]]) -> bool:
    """Whether a key belongs to a text wherever the screen would have it do something else."""
    places = [place for place in _places(screen) if not {place, screen}.isdisjoint(each.owners)]
    if key == "space" or character_of(key):
        return all(_takes_text(place) for place in places)
    return key not in each.keys and any(key in _editing(place) for place in places)


def _clashes(asked: Mapping[str, str]) -> list[str]:
    """Two things on one key of a screen that are not so by themselves."""
    force = keys_in_force(asked)
    found: dict[frozenset[str], str] = {}
    for name in asked:
        for other, screen in _met_by(name).items():
            if shared := sorted({*force[name]} & {*force[other]}):
                sentence = f"{name} and {other} are both on {shared[0]} in {screen}; put one of them on another key."
                found.setdefault(frozenset((name, other)), sentence)
    return list(found.values())


@cache
def _met_by(name: str) -> Mapping[str, str]:
    """What may not be on the same key, and the screen where both can be pressed."""
    found: dict[str, str] = {}
    for title in known()[name].screens:
        screen = screens()[title]
        for place in _places(screen):
            here = {str(each.id) for owner in (place, screen) for each in declared(owner) if each.id}
            if name in here:
                found |= {other: found.get(other, title) for other in sorted(here)}
    return {other: title for other, title in found.items() if other != name and not _is_apart(name, other)}


def _is_apart(name: str, other: str) -> bool:
    """Whether two things never meet, or share a key already: what has the focus comes first."""
    one, another = known()[name], known()[other]
    in_other_parts = one.group and another.group and one.group != another.group
    return bool(in_other_parts) or not {*one.keys}.isdisjoint(another.keys)


def _joined(before: Known | None, binding: Binding, owner: Owner, screen: str) -> Known:
    name, group = str(binding.id), binding.group.description if binding.group else ""
    if before is None:
        return Known(name, (binding.key,), binding.tooltip or binding.description, (owner,), (screen,), group)
    return before._replace(
        keys=_with(before.keys, binding.key),
        owners=_with(before.owners, owner),
        screens=_with(before.screens, screen),
    )


def _with(values: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    return values if value in values else (*values, value)


def _kinds_of(kind: type[Any]) -> Iterator[type[Any]]:
    for each in kind.__subclasses__():
        if each.__module__.startswith("viptui."):
            yield each
        yield from _kinds_of(each)


def _compositions(screen: type) -> tuple[Any, ...]:
    """The functions that put a screen together, its own and those of its bases that it calls."""
    found = []
    for base in screen.__mro__:
        composition = base.__dict__.get("compose")
        if composition is None or not base.__module__.startswith("viptui."):
            continue
        found.append(composition)
        if "super" not in composition.__code__.co_names:
            break
    return tuple(found)


def _can_focus(thing: object) -> bool:
    return isinstance(thing, type) and issubclass(thing, Widget) and thing.can_focus


def _places(screen: type[Screen[Any]]) -> Sequence[type[Widget]]:
    """What can have the focus: widgets, or nothing but the screen itself."""
    return widgets_of(screen) or (screen,)


def _takes_text(place: type[Widget]) -> bool:
    return place.check_consume_key is not Widget.check_consume_key


def _editing(place: type[Widget]) -> Iterable[str]:
    """Keys that move in a text or change it, without being bound."""
    found: Iterable[str] = getattr(place, "EDITING_KEYS", ())
    return found


def _name(screen: type) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", screen.__name__.removesuffix("Screen")).lower()
