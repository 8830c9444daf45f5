"""Looking at another day: keys that every screen has which shows customers."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Final

from textual.binding import Binding, BindingType

from viptui.events import DayChosen
from viptui.screens.base import ServiceScreen

CARRYING_OUT: Final = "act"
REPORTING: Final = "report"
"""The groups of work that goes by today and ends before another day is looked at; forms stand above these keys."""

_BACK: Final = "everything is read-only until = goes back to today"
_ANY: Final = ":as-of 2026-12-01 or :as-of +14d goes to any day"


def day_bindings() -> list[BindingType]:
    """The keys that lead to other days; a screen has them where they are to stand in its help."""
    keys = (
        ("less_than_sign", -1, "before", f"As of a day earlier; {_BACK}"),
        ("greater_than_sign", 1, "after", f"As of a day later; {_BACK}"),
        ("left_curly_bracket,left_parenthesis", -7, "week_before", "As of a week earlier"),
        ("right_curly_bracket,right_parenthesis", 7, "week_after", f"As of a week later; {_ANY}"),
    )
    return [Binding(key, f"days({days})", show=False, id=f"day.{name}", tooltip=told) for key, days, name, told in keys]


class TravelScreen(ServiceScreen):
    """A screen whose customers can be looked at as of another day."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("equals_sign", "day_it_is", "back to today", id="day.today", tooltip="Back to today"),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is a way back only for who is away."""
        if action == "day_it_is":
            return self.services.is_away
        return super().check_action(action, parameters)

    def action_days(self, days: int) -> None:
        """Look at a day so many days later."""
        self.look_at(f"{days:+}d", self.services.today())

    def action_day_it_is(self) -> None:
        """Look at today again."""
        self._go_to(None)

    def look_at(self, text: str, today: date | None = None) -> None:
        """Look at the day that a text means, seen from ``today`` (the clock's, if none is given)."""
        from viptui.rules.day_words import resolve_day
        from viptui.rules.parsing import ParseError

        try:
            day = resolve_day(text, today or self.services.clock.today())
        except ParseError as error:
            self.tell(str(error), problem=True)
        else:
            self._go_to(day)

    def _go_to(self, day: date | None) -> None:
        """Look at a day, unless something is being carried out: that is finished first."""
        if any(each.group in (CARRYING_OUT, REPORTING) and not each.is_finished for each in self.workers):
            self.tell("Something is being carried out: look at another day once that is done.", problem=True)
            return
        self.services.look_at(day)
        self.host.changes.publish(DayChosen(self.services.today()))
        self.refresh_bindings()
