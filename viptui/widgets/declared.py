"""The bindings of a screen or a widget as its class declares them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from textual.binding import ActiveBinding, Binding, BindingsMap
from textual.dom import DOMNode


@cache
def declared(owner: type[DOMNode]) -> tuple[Binding, ...]:
    """The bindings, one a key; as in Textual a subclass has its own say on a key, or takes over none."""
    keys: dict[str, list[Binding]] = {}
    for base in reversed(owner.__mro__):
        if not base.__dict__.get("_inherit_bindings", True):
            keys.clear()
        keys |= BindingsMap(base.__dict__.get("BINDINGS", ())).key_to_bindings
    return tuple(binding for bindings in keys.values() for binding in bindings)


def in_order(active: Iterable[ActiveBinding]) -> list[ActiveBinding]:
    """Bindings in the order of their declarations: Textual puts what is on another key last."""
    found = list(active)
    nodes = list(dict.fromkeys(each.node for each in found))
    return sorted(found, key=lambda each: (nodes.index(each.node), _rank(type(each.node), each.binding.id)))


def _rank(owner: type[DOMNode], name: str | None) -> int:
    ids = [each.id for each in declared(owner)]
    return ids.index(name) if name in ids else len(ids)
