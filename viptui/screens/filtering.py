"""Filters, saved views and columns of the list: what their keys do."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from viptui.data.queries import team_members
from viptui.pressed import pressed
from viptui.screens.verbs import ActingScreen

if TYPE_CHECKING:
    from viptui.rules.filters import CustomerFilter
    from viptui.rules.listing import Choice
    from viptui.rules.views import SavedView, View
    from viptui.screens.customer_list import CustomerList
    from viptui.screens.line_prompt import Fault, LinePrompt
    from viptui.screens.list_heading import ListHeading
    from viptui.screens.views_menu import ViewsMenu
    from viptui.widgets.customer_table import CustomerTable


class FilteringScreen(ActingScreen):
    """A list that can be narrowed by a query, shown in other columns, and kept as it is under a name."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("C", "columns", show=False, id="list.columns", tooltip="Choose the columns, and their order"),
        Binding("w", "wide", show=False, id="list.wide", tooltip="Wide: no column folds away, or as usual again"),
        Binding("right", "sideways(1)", show=False, id="list.right", tooltip="Wide: columns further right"),
        Binding("left", "sideways(-1)", show=False, id="list.left", tooltip="Wide: columns further left"),
    ]

    _list: CustomerList
    _table: CustomerTable
    _heading: ListHeading
    _team: tuple[str, ...] | None = None
    """The logins that a query can name, once they have come."""

    def _reload(self) -> None:
        raise NotImplementedError

    def action_filter(self) -> None:
        """Type what the list is to show."""
        from viptui.rules.query_completion import completion
        from viptui.screens.line_prompt import Asked, LinePrompt

        asked = Asked(
            title="filter",
            hint="for example  segment:edu,gov late>45 -country:US mine",
            taken=self._on_filter_typed,
            fault=self._fault,
            completion=lambda text, at: completion(text, at, self._team or ()),
        )
        query = self._list.query
        prompt = LinePrompt(asked, "" if query is None else f"{query} ")
        self.app.push_screen(prompt)
        self.start("team", self._read_team, prompt)

    def action_columns(self) -> None:
        """Choose the columns."""
        from viptui.screens.choosing_columns import choose_columns

        choose_columns(self)

    def action_wide(self) -> None:
        """Let no column fold away, or do so again."""
        from viptui.screens.choosing_columns import widen

        widen(self)

    def action_sideways(self, step: int) -> None:
        """Go to columns that have no room."""
        from viptui.screens.choosing_columns import go_sideways

        go_sideways(self, step)

    @property
    def choice(self) -> Choice:
        """The columns, as they were chosen."""
        return self._list.choice

    def columns(self) -> tuple[str, ...]:
        """The columns that were chosen for it; none for the usual ones."""
        return self.choice.columns

    @property
    def table(self) -> CustomerTable:
        """The list that shows them."""
        return self._table

    def show_columns(self, choice: Choice) -> None:
        """Show other columns."""
        self._list.show_columns(choice)
        self._heading.show_status()

    def action_views(self) -> None:
        """Open a saved view, save what is shown, or copy the command that lists it."""
        from viptui.screens.menu import Entry
        from viptui.screens.views_menu import ViewsMenu

        always = [
            Entry("s", "save what is shown under a name", self._ask_for_name),
            Entry("c", "copy the command line that lists it", self._copy_command),
        ]
        menu = ViewsMenu("Views", always)
        self.app.push_screen(menu)
        self.start("views", self._fill, menu)

    def _on_filter_typed(self, text: str) -> None:
        from viptui.rules.query import parse_query

        query = parse_query(text, self._team, self._list.tab)
        if query != self._list.query:
            self._list.want_query(query)
            self._reload()

    def _fault(self, text: str) -> Fault | None:
        """What is wrong with a query."""
        from viptui.rules.folding import key_of
        from viptui.rules.query import QueryError, parse_query
        from viptui.rules.query_words import MINE
        from viptui.screens.line_prompt import Fault

        try:
            query = parse_query(text, self._team, self._list.tab)
        except QueryError as error:
            return Fault(error.reason, error.at, error.end)
        me = self.services.me
        is_mine = query is not None and any(each.name == MINE for each in query.terms)
        if is_mine and self._team is not None and key_of(me) not in map(key_of, self._team):
            return Fault(f"{me} is not in the team: start viptui with --me LOGIN to say who you are.")
        return None

    async def _read_team(self, prompt: LinePrompt) -> None:
        self._team = tuple(member.login for member in await self.services.ask(team_members))
        if prompt.is_mounted and prompt.is_current:  # it may have been left meanwhile
            prompt.draw()

    # Views

    async def _fill(self, menu: ViewsMenu) -> None:
        """Bring the saved views to the menu."""
        from viptui.data.views import list_views
        from viptui.rules.views import in_words
        from viptui.screens.menu import Entry
        from viptui.screens.views_menu import numbered

        views = await self.services.ask(list_views, self.services.me)
        found = numbered((f"{each.name}  {in_words(each)}", partial(self._open_view, each)) for each in views)
        if views:
            found.append(Entry("d", "remove one of them", partial(self._choose_to_remove, views)))
        menu.fill(found)

    def _open_view(self, saved: SavedView) -> None:
        from viptui.rules.query import QueryError

        try:
            self.show_view(saved.view)
        except QueryError as error:
            self.tell(f"{saved.name} cannot be opened, {error}.", problem=True)

    def bare_view(self, tab: CustomerFilter | None = None) -> View:
        """A tab, or the one that is shown, and whose customers, as if nothing else had been asked for."""
        from viptui.rules.views import View

        wanted = tab or self._list.tab
        return View(wanted, self._list.is_mine, columns=self._list.columns_of(wanted))

    def show_view(self, view: View) -> None:
        """Show a list, from its first row on."""
        left = self._list.tab
        if view.filter is not left and self._list.has_news(left):
            self.start(f"look-{left}", self._list.record_look, left)
        self._list.want_view(view)
        self._reload()

    def _ask_for_name(self) -> None:
        from viptui.screens.line_prompt import Asked, LinePrompt

        asked = Asked(
            title="name of the view",
            hint="one that is there already is replaced",
            taken=lambda name: self.start("view", self._save, name),
            fault=_fault_of_name,
        )
        self.app.push_screen(LinePrompt(asked))

    async def _save(self, name: str) -> None:
        from viptui.data.views import save_view
        from viptui.rules.views import parse_name, saved

        if self._is_refused():
            return
        view = saved(parse_name(name), self._list.view)
        await self.services.ask(save_view, self.services.me, view, self.services.now())
        self.tell(f"Saved {view.name}: {pressed('list.views', 'b')} opens it.")

    def _choose_to_remove(self, views: tuple[SavedView, ...]) -> None:
        from viptui.screens.menu import Menu
        from viptui.screens.views_menu import numbered

        choices = numbered((each.name, partial(self._remove, each.name)) for each in views)
        self.app.push_screen(Menu("Remove which view?", choices))

    def _remove(self, name: str) -> None:
        self.start("view", self._forget, name)

    async def _forget(self, name: str) -> None:
        from viptui.data.views import remove_view

        if self._is_refused():
            return
        await self.services.ask(remove_view, self.services.me, name)
        self.tell(f"Removed {name}.")

    def _is_refused(self) -> bool:
        """Whether nothing can be written; says so."""
        if self.services.read_only:
            self.tell(self.services.read_only_words(), problem=True)
        return self.services.read_only

    def _copy_command(self) -> None:
        from viptui.errors import CopyFailed
        from viptui.rules.views import command_of

        services = self.services
        day = services.today() if services.read_only else None
        command = command_of(self._list.view, services.me, day, without_snoozed=self._list.asleep > 0)
        try:
            self.host.copy(command)
        except CopyFailed as error:
            self.tell(str(error), problem=True)
        else:
            self.tell(f"Copied: {command}")


def _fault_of_name(text: str) -> Fault | None:
    from viptui.rules.parsing import ParseError
    from viptui.rules.views import parse_name
    from viptui.screens.line_prompt import Fault

    try:
        parse_name(text)
    except ParseError as error:
        return Fault(str(error))
    return None
