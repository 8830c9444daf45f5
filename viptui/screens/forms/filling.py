"""What the fields of a form begin with, and what somebody has made of that since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from viptui.actions import Action, Parameter
from viptui.screens.forms.extra import Loaded
from viptui.widgets.choice_fields import ChoiceField, NumbersField
from viptui.widgets.fields import Field, Value
from viptui.widgets.lines_field import LinesField, Offer

SUBJECT: Final = "subject"
"""Name of the field that asks what an action acts on, where nothing else says it."""

_SUBJECT_LABELS: Final = {"vip_id": "VIP ID"}


def asked_parameters(action: Action, subject: str | None) -> Sequence[Parameter]:
    """What a form asks for: what the action acts on, too, unless that is known."""
    if action.subject is None or subject is not None:
        return action.parameters
    label = _SUBJECT_LABELS.get(action.subject, action.subject.replace("_", " ").capitalize())
    asked = Parameter(name=SUBJECT, label=label, help="what it acts on", parse=str)
    return (asked, *action.parameters)


class Filling:
    """Puts values into fields, and tells those that somebody has typed from those that stood there."""

    def __init__(self, again: Mapping[str, Value]) -> None:
        self.fields: list[Field] = []
        """None until the form is drawn."""
        self.loaded = Loaded()
        """What is known of the action beside its parameters, once it has been read."""
        self.again = again
        """What was typed for the customer before, to be done again."""
        self._first: dict[str, Any] = {}
        """What stood in the fields before anybody typed."""
        self._by_itself: dict[str, Any] = {}
        """The same without what is only offered."""

    @property
    def is_changed(self) -> bool:
        """Whether somebody has typed something."""
        return self._kept() != self._first

    @property
    def typed_last(self) -> Field | None:
        """The last field in which somebody has typed something."""
        return next((each for each in reversed(self.fields) if each.kept != self._first.get(each.name)), None)

    @property
    def has_products(self) -> bool:
        """Whether a field asks for products."""
        return any(isinstance(each, LinesField) for each in self.fields)

    @property
    def typed(self) -> Mapping[str, Value]:
        """What somebody has typed, or left as it was offered, but for what the customer's own data say."""
        return {
            field.name: field.kept
            for field in self.fields
            if field.name != SUBJECT
            and field.name not in self.loaded.values
            and (field.name in self.again or field.kept != self._by_itself.get(field.name))
        }

    def offer(self, loaded: Loaded, products: Sequence[Offer]) -> bool:
        """Let choose from what there is; whether another field stands in the place of one now."""
        self.loaded = loaded
        has_others = False
        for index, field in enumerate(self.fields):
            options = loaded.options.get(field.name)
            if isinstance(field, LinesField):
                field.offer(products)
            elif isinstance(field, ChoiceField | NumbersField) and options:
                field.offer(options)
            elif options:  # the table of actions, which knows no data, asks for a text
                chosen = ChoiceField(field.parameter)
                chosen.offer(options)
                self.fields[index] = chosen
                has_others = True
        return has_others

    def begin(self) -> None:
        """Put in what is known and what is offered: that nobody has typed."""
        self.fill({**self.loaded.typed, **self.again})
        self._first = self._kept()

    def fill(self, typed: Mapping[str, Any]) -> None:
        """Put in what the table and the action's extra say, and over that what was typed."""
        for field in self.fields:
            default = self.loaded.values.get(field.name, field.parameter.default)
            if isinstance(field, NumbersField) and field.options and not default:
                default = [each.value for each in field.options]
            field.fill(default)
        self._first = self._by_itself = self._kept()
        for field in self.fields:
            if field.name in typed:
                field.fill(typed[field.name])

    def fill_untouched(self) -> None:
        """Put what the action's extra says into the fields in which nobody has typed yet."""
        for field in self.fields:
            if field.name in self.loaded.values and field.kept == self._first.get(field.name):
                field.fill(self.loaded.values[field.name])
                self._first[field.name] = field.kept

    def _kept(self) -> dict[str, Any]:
        return {field.name: field.kept for field in self.fields}
