"""Lines that stand in a form from the beginning: all that there is, to be changed or dropped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from viptui.errors import CommandRejected, Violation
from viptui.pressed import pressed
from viptui.rules.products import AskedLine
from viptui.screens.forms.extra import Extra, Loaded
from viptui.widgets.fields import Value

LINES: Final = "lines"


class PrefilledExtra(Extra):
    """A form that begins with all lines that its action is about.

    Left as they were they mean what no lines mean to the command: all that there is by the time it is carried out,
    also if a colleague was faster with a part. None at all is refused: somebody who has dropped every line does not
    want all of them.
    """

    foresees = True

    def asked(self, values: Mapping[str, Value], loaded: Loaded) -> Mapping[str, Value]:
        """Without the lines, if they are those that the form began with."""
        prefilled = loaded.values.get(LINES)
        if not prefilled or LINES not in values:
            return values
        if not values[LINES]:
            message = f"Products: Name at least one; {pressed('form.anew', 'ctrl+r')} brings all of them back."
            raise CommandRejected((Violation("lines.none", message, LINES),))
        return {**values, LINES: []} if values[LINES] == prefilled else values


def prefilled(lines: Iterable[AskedLine]) -> Loaded:
    """What a form begins with that can be sent as it stands."""
    texts = [f"{line.sku}={line.quantity}" for line in lines if line.quantity]
    return Loaded(values={LINES: texts} if texts else {}, is_ready=True)
