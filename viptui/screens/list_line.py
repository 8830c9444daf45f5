"""A list typed as a line in the palette: what Enter would show, the words that could follow, and what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from viptui.data.queries import team_members
from viptui.rules.filters import TITLES
from viptui.rules.folding import fold, key_of
from viptui.rules.list_line import ListLine, complete_list_line, is_list_line, parse_list_line
from viptui.rules.query import QueryError
from viptui.rules.query_words import MINE
from viptui.screens import wording
from viptui.screens.filtering import FilteringScreen
from viptui.screens.line_prompt import Fault
from viptui.screens.picker import Choice

if TYPE_CHECKING:
    from viptui.rules.views import SavedView, View
    from viptui.screens.verbs import ActingScreen

INVITATION: Final = 'Show a list: past-due mine sort=days late>45 "north shore", view=NAME'

FEWEST: Final = 2
"""Letters from which on the words are offered that a line can begin with."""


class ListLines:
    """What the palette offers for a text that says a list."""

    def __init__(self, below: ActingScreen, type_in: Callable[[str], object]) -> None:
        self._below = below
        self._type_in = type_in
        self._logins: tuple[str, ...] | None = None
        self._views: Mapping[str, SavedView] | None = None
        """The saved views by their folded names; None, as the logins, until they have come."""
        begin = partial(type_in, f"{self._list.bare_view().filter} ")
        self.invitation: Final = Choice(
            "",
            INVITATION,
            fold("show a list in one line: its tab, whose, its order, filter, search, saved view"),
            begin,
            stays=True,
        )

    async def read(self) -> None:
        """Read what can be named: the team and the saved views."""
        from viptui.data.views import list_views

        services = self._below.services
        self._logins = tuple(member.login for member in await services.ask(team_members))
        self._views = {fold(each.name): each for each in await services.ask(list_views, services.me)}

    def shown(self, text: str) -> Sequence[Choice]:
        """What Enter would show, if the text says a list and nothing is wrong with it."""
        if not is_list_line(text) or self.fault(text) is not None:
            return ()
        line = self._parsed(text)
        view = self._view(line)
        title = f"Show the view {line.view}" if view is None else _words(view, self._below.services.me)
        return [Choice("enter", title, "", partial(self._open, line))]

    def completions(self, text: str) -> Sequence[Choice]:
        """The words that could stand at the end of the text; nothing as long as nothing is typed."""
        if not text.strip():
            return ()
        names = () if self._views is None else tuple(each.name for each in self._views.values())
        start, candidates = complete_list_line(text, self._logins or (), names)
        if not is_list_line(text):  # a name is typed, or the first word of a line
            is_word = len(text) >= FEWEST and " " not in text
            candidates = tuple(each for each in candidates if is_word and is_list_line(each))
        typed = [text[:start] + each + ("" if each.endswith((":", ">", "=")) else " ") for each in candidates]
        return [
            Choice("tab", f"… {word}", "", partial(self._type_in, line), stays=True)
            for word, line in zip(candidates, typed, strict=True)
        ]

    def fault(self, text: str) -> Fault | None:
        """What is wrong with a list that is typed."""
        if not is_list_line(text):
            return None
        try:
            line = self._parsed(text)
            view = self._view(line)
        except QueryError as error:
            return Fault(error.reason, error.at, error.end)
        me = self._below.services.me
        is_stranger = self._logins is not None and key_of(me) not in map(key_of, self._logins)
        if is_stranger and view is not None and _names_me(view):
            return Fault(f"{me} is not in the team: start viptui with --me LOGIN to say who you are.")
        return None

    @property
    def _list(self) -> FilteringScreen:
        """The list, which is the first of all screens."""
        below = self._below.app.screen_stack[0]
        if not isinstance(below, FilteringScreen):
            raise TypeError("the list is the first of all screens")
        return below

    def _parsed(self, text: str) -> ListLine:
        names = None if self._views is None else tuple(each.name for each in self._views.values())
        return parse_list_line(text, self._logins, names)

    def _view(self, line: ListLine) -> View | None:
        """What a line shows; None as long as the view that it begins with has not come."""
        if not line.view:
            return line.on(self._list.bare_view(line.tab))
        return None if self._views is None else line.on(self._views[fold(line.view)].view)

    def _open(self, line: ListLine) -> None:
        """Go back to the list, and show it there."""
        screen = self._list
        screen.start("line", self._show, screen, line)

    async def _show(self, screen: FilteringScreen, line: ListLine) -> None:
        if line.view and self._views is None:
            await self.read()
        view = None if line.view and fold(line.view) not in (self._views or {}) else self._view(line)
        if view is None:
            screen.tell(f"There is no view {line.view!r}.", problem=True)
            return
        while len(screen.app.screen_stack) > 1:
            screen.app.pop_screen()
        screen.show_view(view)


def _names_me(view: View) -> bool:
    return view.mine or (view.query is not None and MINE in [each.name for each in view.query.terms])


def _words(view: View, me: str) -> str:
    """What is shown, as one reads it."""
    parts = [f"Show {TITLES[view.filter]}"]
    if view.mine:
        parts.append(MINE)
    if view.search:
        parts.append(f'called "{view.search}"')
    if view.query is not None:
        parts.append(str(view.query))
    return ", ".join((*parts, wording.order_words(view.listing(me))))
