"""One form field a fact: the control that suits its type, its limits said beside it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.language import clauses
from shuzhi.matters.schema import Fact, FactType
from shuzhi.matters.schema.facts import WRITTEN

from .naming import Around, PersonField, UnitField
from .rows import RowsField
from .uploads import FilesField

FEW = 5  # so many choices stand open side by side
Options = dict[str, Any]


class DateInput(forms.DateInput):
    """A date from the browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs: Any = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


def _text(fact: Fact, _around: Around, options: Options) -> forms.Field:
    return forms.CharField(max_length=fact.most, **options)


def _long(fact: Fact, _around: Around, options: Options) -> forms.Field:
    widget = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(max_length=fact.most, widget=widget, **options)


def _number(fact: Fact, _around: Around, options: Options) -> forms.Field:
    step = "1" if fact.type is FactType.INTEGER else "any"
    widget = forms.NumberInput(attrs={"step": step, "inputmode": "decimal"})
    return forms.CharField(max_length=40, widget=widget, **options)


def _date(fact: Fact, _around: Around, options: Options) -> forms.Field:
    today = timezone.localdate().isoformat()
    bounds = ({"max": today} if fact.past else {}) | ({"min": today} if fact.future else {})
    return forms.CharField(max_length=20, widget=DateInput(bounds), **options)


def _choice(fact: Fact, _around: Around, options: Options) -> forms.Field:
    known = [(row.id, str(row.label)) for row in fact.choices]
    if len(known) <= FEW:
        return forms.ChoiceField(choices=known, widget=forms.RadioSelect, **options)
    return forms.ChoiceField(choices=[("", _("请选择")), *known], **options)


def _yes_no(_fact: Fact, _around: Around, options: Options) -> forms.Field:
    known = [("true", _("是")), ("false", _("否"))]
    return forms.ChoiceField(choices=known, widget=forms.RadioSelect, **options)


def _unit(_fact: Fact, around: Around, options: Options) -> forms.Field:
    return UnitField(around, **options)


def _person(_fact: Fact, around: Around, options: Options) -> forms.Field:
    return PersonField(around, **options)


def _files(fact: Fact, _around: Around, options: Options) -> forms.Field:
    return FilesField(fact, **options)


def _rows(fact: Fact, around: Around, options: Options) -> forms.Field:
    columns = {column.id: _column(column, around) for column in fact.columns}
    return RowsField(fact, columns, **options)


BUILDERS: dict[FactType, Callable[[Fact, Around, Options], forms.Field]] = {
    FactType.TEXT: _text,
    FactType.LONG: _long,
    FactType.INTEGER: _number,
    FactType.DECIMAL: _number,
    FactType.DATE: _date,
    FactType.CHOICE: _choice,
    FactType.BOOLEAN: _yes_no,
    FactType.UNIT: _unit,
    FactType.PERSON: _person,
    FactType.FILE: _files,
    FactType.PHOTO: _files,
    FactType.LIST: _rows,
}


def _column(column: Fact, around: Around) -> forms.Field:
    """Return a cell's field: choices as a list to save room, paragraphs low."""
    field = field_for(column, around, required=False)
    if isinstance(field, forms.ChoiceField):
        choices: list[Any] = [pair for pair in list(field.choices) if pair[0]]  # type: ignore[arg-type]
        return forms.ChoiceField(label=field.label, choices=[("", "—"), *choices], required=False)
    if isinstance(field.widget, forms.Textarea):
        field.widget.attrs["rows"] = 2
    return field


def _help(fact: Fact) -> Any:
    own = fact.help or ""
    least = fact.min if fact.type in WRITTEN else None
    if least:
        said = _("至少 %(n)s 个字") % {"n": least}
        return clauses((own, said))
    return str(own)


def field_for(fact: Fact, around: Around, *, required: bool) -> forms.Field:
    """Return the field in which `fact` is given."""
    options = {"label": str(fact.label), "help_text": _help(fact), "required": required}
    return BUILDERS[fact.type](fact, around, options)
