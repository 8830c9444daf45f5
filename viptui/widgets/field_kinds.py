"""Which field a parameter of an action gets."""

from __future__ import annotations

from datetime import date

from viptui.actions import Kind, Parameter
from viptui.widgets.choice_fields import ChoiceField, FlagField, NumbersField
from viptui.widgets.fields import DateField, Field, LongTextField
from viptui.widgets.lines_field import LinesField


def field_of(parameter: Parameter, today: date) -> Field:
    """The field for a parameter."""
    match parameter.kind:
        case Kind.TEXT:
            return Field(parameter)
        case Kind.LONG_TEXT:
            return LongTextField(parameter)
        case Kind.CHOICE:
            return ChoiceField(parameter)
        case Kind.DATE:
            return DateField(parameter, today)
        case Kind.LINES:
            return LinesField(parameter)
        case Kind.NUMBERS:
            return NumbersField(parameter)
        case Kind.FLAG:
            return FlagField(parameter)
