"""The field for products with quantities: a row each, and a list of products that opens while one is typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from viptui.actions import Parameter
from viptui.pressed import pressed
from viptui.rules.folding import fold
from viptui.rules.parsing import ParseError, parse_quantity
from viptui.text import fitted, width_of
from viptui.widgets.editor import Editor
from viptui.widgets.fields import NEXT, TAKEN, UNUSED, Field, Reaction, Value
from viptui.widgets.paint import Span, SpanLine

QUANTITY: Final = 8
"""Cells of a quantity."""

LISTED: Final = 36
"""Cells of a name in the open list."""

MOST_SHOWN: Final = 6
"""Products that the open list shows at once."""


class Offer(NamedTuple):
    """A product that can be asked for."""

    sku: str
    name: str
    note: str = ""
    """What else is good to know, for example its price."""
    refusal: str = ""
    """Why it cannot be asked for here, in a word or two; such a product cannot be chosen."""


class Row:
    """A product and a quantity that are being typed."""

    def __init__(self) -> None:
        self.product = Editor()
        self.quantity = Editor()
        self.offer: Offer | None = None
        """The product that was chosen."""
        self.pointed = 0
        """The product that the open list points at."""
        self.is_open = False
        self.is_taken = False
        """Whether enter took what the text finds before the products had come."""
        self.fault = ""

    @property
    def value(self) -> str:
        """The row as the action reads it; empty if nothing stands in it."""
        sku = self.product.text.strip() if self.offer is None else self.offer.sku
        return f"{sku}={self.quantity.text.strip()}" if sku or self.quantity.text.strip() else ""


class LinesField(Field):
    """Rows of a product and a quantity; ``+`` in a quantity, or ctrl+n, adds one, ctrl+d takes one away."""

    def __init__(self, parameter: Parameter) -> None:
        super().__init__(parameter)
        self._offers: Sequence[Offer] = ()
        self._words: list[str] = []
        self._rows = [Row()]

    @property
    def help(self) -> str:
        return f"type a name or SKU; + adds a line, {pressed('form.drop_line', 'ctrl+d')} removes it"

    @property
    def cells(self) -> int:
        return 2 * len(self._rows)

    @property
    def last_cell(self) -> int:
        return self.cells - (1 if self._rows[-1].offer is not None else 2)

    @property
    def value(self) -> Value:
        return [each.value for each in self._rows if each.value]

    def offer(self, offers: Sequence[Offer]) -> None:
        """The products to choose from; whoever was faster and has gone on by now has taken the first one found."""
        self._offers = offers
        self._words = [fold(f"{each.name} {each.sku}") for each in offers]
        for row in self._rows:
            self._settle(row)
            if row.is_taken and row.offer is None and (found := self._found(row)):
                self._take(row, found[0])
                row.fault = _refused(found[0])

    def fill(self, value: Value) -> None:
        self._rows = []
        for text in [value] if isinstance(value, str) else value:
            sku, _, quantity = text.rpartition("=")
            row = Row()
            row.product.fill(sku)
            row.quantity.fill(quantity)
            self._settle(row)
            self._rows.append(row)
        self._rows = self._rows or [Row()]

    def insert(self, cell: int, text: str) -> Reaction:
        row = self._rows[cell // 2]
        row.fault = ""
        if cell % 2:
            if text == "+":
                return self._add(cell)
            row.quantity.insert(text)
        else:
            row.product.insert(text)
            self._typed(row)
        return TAKEN

    def press(self, cell: int, key: str) -> Reaction:
        row = self._rows[cell // 2]
        if key == "ctrl+n":
            return self._add(cell)
        if key == "ctrl+d":
            self._rows.remove(row)
            self._rows = self._rows or [Row()]
            return TAKEN
        if cell % 2:
            row.fault = row.fault if key in ("left", "right", "enter", "up", "down") else ""
            return TAKEN if row.quantity.press(key) else UNUSED
        return self._press_product(row, key)

    def left(self, cell: int) -> None:
        if not (0 <= cell < self.cells):
            return
        row = self._rows[cell // 2]
        if cell % 2 == 0:
            self._settle(row)
        elif row.quantity.text.strip():
            row.fault = row.fault or _misread_quantity(row.quantity.text)

    def misread(self) -> str:
        return ""  # each row has a fault of its own

    def take_fault(self, index: str, message: str) -> None:
        filled = [each for each in self._rows if each.value]
        if index.isdigit() and int(index) < len(filled):
            filled[int(index)].fault = message
        else:
            super().take_fault(index, message)

    def forget_faults(self) -> None:
        """No row is at fault any more."""
        for row in self._rows:
            row.fault = ""

    @property
    def first_fault(self) -> int | None:
        """The cell of the first row at fault."""
        return next((2 * number for number, row in enumerate(self._rows) if row.fault), None)

    def draw(self, cell: int | None) -> list[SpanLine]:
        lines: list[SpanLine] = []
        for number, row in enumerate(self._rows):
            on = cell is not None and cell // 2 == number
            lines.append(
                self._draw_row(row, on_product=on and cell == 2 * number, on_quantity=on and cell != 2 * number)
            )
            if row.fault:
                lines.append([("! ", "warning"), (row.fault, "warning")])
            if on and row.is_open and cell == 2 * number:
                lines += self._draw_list(row)
        return lines

    def line_of(self, cell: int) -> int:
        return sum(2 if row.fault else 1 for row in self._rows[: cell // 2])

    def _draw_row(self, row: Row, *, on_product: bool, on_quantity: bool) -> SpanLine:
        product = self.width - QUANTITY - 3
        line: list[Span] = [*row.product.draw(product, focused=on_product), (" x ", "dim")]
        line += row.quantity.draw(QUANTITY, focused=on_quantity)
        if row.offer is not None and self.room >= self.width + 2 + width_of(row.offer.sku):
            line.append((f"  {row.offer.sku}  {row.offer.note}", "dim"))
        return line

    def _draw_list(self, row: Row) -> list[SpanLine]:
        found = self._found(row)
        if not found:
            return [[("  no product is called that", "dim")]]
        first = max(0, min(row.pointed - MOST_SHOWN + 1, len(found) - MOST_SHOWN))
        lines: list[SpanLine] = []
        for index in range(first, min(first + MOST_SHOWN, len(found))):
            each, on = found[index], index == row.pointed
            style = "cursor" if on else "dim" if each.refusal else "plain"
            name = f"{'>' if on else ' '} {fitted(each.name, LISTED)}"
            beside = f" {each.refusal}  {each.sku}" if each.refusal else f" {each.sku}  {each.note}"
            lines.append([(name, style), (beside, "plain" if each.refusal else "dim")])
        if len(found) > MOST_SHOWN:
            lines.append([(f"  {row.pointed + 1} of {len(found)}", "dim")])
        return lines

    def _found(self, row: Row) -> list[Offer]:
        """The products that have all the words that were typed; those that begin with them first."""
        text = fold(row.product.text)
        words = text.split()
        hits = [number for number, known in enumerate(self._words) if all(word in known for word in words)]
        hits.sort(key=lambda number: not self._words[number].startswith(text))
        return [self._offers[number] for number in hits]

    def _typed(self, row: Row) -> None:
        row.offer, row.pointed, row.is_taken = None, 0, False
        row.is_open = bool(self._offers and row.product.text.strip())

    def _press_product(self, row: Row, key: str) -> Reaction:
        if row.is_open:
            found = self._found(row)
            match key:
                case "down" | "up":
                    row.pointed = max(0, min(row.pointed + (1 if key == "down" else -1), len(found) - 1))
                    return TAKEN
                case "escape":
                    row.is_open = False
                    return TAKEN
                case "enter" | "tab" if found:
                    self._choose(row, found[row.pointed])
                    return TAKEN if row.fault else NEXT
        elif key == "down" and self._offers and row.offer is None:
            row.is_open = True
            return TAKEN
        elif key in ("enter", "tab") and not self._offers and row.product.text.strip():
            row.is_taken = True
            return NEXT
        before = row.product.text
        if not row.product.press(key):
            return UNUSED
        if row.product.text != before:
            row.fault = ""
            self._typed(row)
        return TAKEN

    def _choose(self, row: Row, offer: Offer) -> None:
        row.fault = _refused(offer)
        if not row.fault:
            self._take(row, offer)

    def _take(self, row: Row, offer: Offer) -> None:
        row.product.fill(offer.name)
        row.offer, row.is_open = offer, False

    def _settle(self, row: Row) -> None:
        """Take the product whose SKU or name was typed in full, also the one that a draft or an order names."""
        row.is_open = False
        wanted = fold(row.product.text.strip())
        if row.offer is None and wanted:
            exact = [each for each in self._offers if wanted in (fold(each.sku), fold(each.name))]
            if exact:
                row.product.fill(exact[0].name)
                row.offer = exact[0]

    def _add(self, cell: int) -> Reaction:
        """Begin another row below the one with the cursor, unless that is empty itself."""
        number = cell // 2
        if not self._rows[number].value:
            return TAKEN
        self._rows.insert(number + 1, Row())
        return 1 if cell % 2 else 2


def _refused(offer: Offer) -> str:
    return f"{offer.name}: {offer.refusal}, or choose another product." if offer.refusal else ""


def _misread_quantity(text: str) -> str:
    try:
        parse_quantity(text)
    except ParseError as error:
        return str(error)
    return ""
