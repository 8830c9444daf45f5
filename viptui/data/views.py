"""Views that people have saved. They belong to whoever saved them and change no customer: the history keeps none."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from viptui.data.database import write_transaction
from viptui.data.models import SavedView as Stored
from viptui.data.sql import fetch
from viptui.rules.column_words import COLUMNS
from viptui.rules.filters import CustomerFilter
from viptui.rules.folding import fold
from viptui.rules.listing import SortColumn
from viptui.rules.views import SavedView


def list_views(login: str) -> tuple[SavedView, ...]:
    """The views of a person, in the order in which they were saved first."""
    return tuple(_view(*values) for values in fetch(f"{_VIEWS} ORDER BY id", (login,)))


def find_view(login: str, name: str) -> SavedView | None:
    """The view of this name, case ignored."""
    found = fetch(f"{_VIEWS} AND name_key = ?", (login, fold(name)))
    return _view(*found[0]) if found else None


def save_view(login: str, view: SavedView, now: datetime) -> None:
    """Keep a view, in the place of the one that had its name."""
    with write_transaction():
        Stored.insert(
            login=login,
            name=view.name,
            name_key=fold(view.name),
            tab=view.filter.value,
            mine=view.mine,
            search=view.search.replace("\0", ""),
            sort=None if view.sort is None else view.sort.value,
            reverse=view.reverse,
            query=view.query,
            columns=",".join(view.columns) or None,
            saved_at=now,
        ).on_conflict(
            conflict_target=(Stored.login, Stored.name_key),
            preserve=(
                *(Stored.name, Stored.tab, Stored.mine, Stored.search),
                *(Stored.sort, Stored.reverse, Stored.query, Stored.columns, Stored.saved_at),
            ),
        ).execute()


def remove_view(login: str, name: str) -> None:
    """Forget the view of this name, if there is one."""
    with write_transaction():
        Stored.delete().where(Stored.login == login, Stored.name_key == fold(name)).execute()


def _view(
    name: str, tab: str, mine: bool, search: str, sort: str | None, reverse: bool, query: str, columns: str | None
) -> SavedView:
    return SavedView(
        name=name,
        filter=CustomerFilter(tab),
        mine=bool(mine),
        search=search,
        sort=None if sort is None else SortColumn(sort),
        reverse=bool(reverse),
        query=query,
        columns=tuple(
            word for word in (columns or "").split(",") if word in COLUMNS
        ),  # what has gone, a list is without
    )


_VIEWS: Final = "SELECT name, tab, mine, search, sort, reverse, query, columns FROM saved_view WHERE login = ?"
