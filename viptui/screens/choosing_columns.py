"""What the keys do with which somebody decides which columns the list shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viptui.pressed import pressed
from viptui.screens.columns_menu import ColumnsMenu

if TYPE_CHECKING:
    from viptui.screens.filtering import FilteringScreen


def choose_columns(screen: FilteringScreen) -> None:
    """Let choose the columns and their order."""
    choice, own = screen.choice, screen.services.columns

    def take(columns: tuple[str, ...] | None) -> None:
        if columns is None or columns == choice.columns:
            return
        screen.show_columns(choice._replace(columns=columns, skipped=0))
        if columns != own:
            views = pressed("list.views", "b")
            screen.tell(f"So until you leave; a view ({views}) or the setting columns keeps them.")

    screen.app.push_screen(ColumnsMenu(choice, own, prices=screen.table.prices), take)


def widen(screen: FilteringScreen) -> None:
    """Let no column fold away, or do so again."""
    choice, before = screen.choice, screen.table.shape
    screen.show_columns(choice._replace(is_wide=not choice.is_wide, skipped=0))
    if not choice.is_wide and screen.table.shape == before:
        screen.tell("Wide: all columns have room already.")


def go_sideways(screen: FilteringScreen, step: int) -> None:
    """Go to columns further right or left where none folds away; the first one stays."""
    shape = screen.table.shape
    if shape.goes_on if step > 0 else shape.skipped:
        screen.show_columns(screen.choice._replace(skipped=shape.skipped + step))
