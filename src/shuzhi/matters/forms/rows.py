"""A list fact: rows of columns, as many as one adds."""

from collections.abc import Mapping
from typing import Any

from django import forms

from shuzhi.matters.facts import EMPTY
from shuzhi.matters.schema import Fact

BLANK = "__row__"  # the script writes a new row's number in its place
FIRST_ROWS = 3  # blank rows to begin with


class RowsInput(forms.Widget):
    """A table of inputs; a script adds rows, without it the first ones are there."""

    template_name = "matters/_rows.html"
    use_fieldset = True

    def __init__(self, fact: Fact, columns: Mapping[str, forms.Field]) -> None:
        super().__init__()
        self.fact, self.columns = fact, columns
        self.most = fact.most

    def use_required_attribute(self, _initial: Any) -> bool:
        return False

    def id_for_label(self, _id: str) -> str:
        return ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, Any]]:
        rows = [self._row(data, files, name, at) for at in range(self.most)]
        return [row for row in rows if any(value not in EMPTY for value in row.values())]

    def value_omitted_from_data(self, _data: Any, _files: Any, _name: str) -> bool:
        return False

    def _row(self, data: Any, files: Any, name: str, at: int) -> dict[str, Any]:
        return {
            key: field.widget.value_from_datadict(data, files, f"{name}-{at}-{key}")
            for key, field in self.columns.items()
        }

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        found = super().get_context(name, value, attrs)
        rows = list(value or ())
        count = min(self.most, max(len(rows), FIRST_ROWS))
        rows += [{}] * (count - len(rows))
        found["widget"] |= {
            "heads": [field.label for field in self.columns.values()],
            "rows": [self._cells(name, at, row) for at, row in enumerate(rows)],
            "blank": self._cells(name, BLANK, {}),
            "most": self.most,
            "label": self.fact.label,
        }
        return found

    def _cells(self, name: str, at: int | str, row: Mapping[str, Any]) -> list[dict[str, Any]]:
        number = at if isinstance(at, str) else at + 1
        return [
            {
                "label": field.label,
                "html": field.widget.render(
                    f"{name}-{at}-{key}",
                    row.get(key, ""),
                    {
                        "class": "form-select"
                        if isinstance(field.widget, forms.Select)
                        else "form-control",
                        "aria-label": f"{field.label} {number}",
                    },
                ),
            }
            for key, field in self.columns.items()
        ]


class RowsField(forms.Field):
    """Gives the filled rows, cells as their columns give them."""

    def __init__(self, fact: Fact, columns: Mapping[str, forms.Field], **options: Any) -> None:
        super().__init__(widget=RowsInput(fact, columns), **options)
        self.columns = columns

    def clean(self, value: Any) -> list[dict[str, Any]]:
        return [self._row(row) for row in super().clean(value) or ()]

    def _row(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Resolve names; whether a row is whole is for the mechanism to say."""
        return {
            key: self.columns[key].clean(value) for key, value in row.items() if value not in EMPTY
        }
