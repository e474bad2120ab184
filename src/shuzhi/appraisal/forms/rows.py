"""A small table inside a form: rows of two or more cells, with empty rows to write more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

SPARE = 2
MOST = 60


@dataclass(frozen=True)
class Cell:
    """One column: `kind` is text, number or a choice among `choices`."""

    key: str
    label: Any
    kind: str = "text"
    choices: Sequence[tuple[str, Any]] = ()
    required: bool = False


class RowsWidget(forms.Widget):
    """The table's inputs, named `name-row-key`."""

    template_name = "appraisal/schemes/_rows.html"
    use_fieldset = True

    def __init__(self, cells: Sequence[Cell]) -> None:
        super().__init__()
        self.cells = cells

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Return the rows with their inputs, and the spare ones."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        rows = [*(value or ()), *({} for _ in range(SPARE))]
        context["widget"]["cells"] = self.cells
        context["widget"]["rows"] = [
            [(f"{name}-{n}-{cell.key}", cell, row.get(cell.key, "")) for cell in self.cells]
            for n, row in enumerate(rows)
        ]
        return context

    def value_from_datadict(self, data: Mapping[str, Any], _files: Any, name: str) -> Any:
        """Return the rows as typed; wholly empty ones are left out."""
        rows = [
            {c.key: str(data.get(f"{name}-{n}-{c.key}", "")).strip() for c in self.cells}
            for n in range(MOST)
            if f"{name}-{n}-{self.cells[0].key}" in data
        ]
        written = [c.key for c in self.cells if not c.choices and c.kind != "hidden"]
        return [row for row in rows if any(row[key] for key in written)]

    def value_omitted_from_data(self, _data: Any, _files: Any, _name: str) -> bool:
        """An empty table is a value."""
        return False


class RowsField(forms.Field):
    """Rows of cells; numbers become decimals, empty ones None."""

    def __init__(self, *, cells: Sequence[Cell], **options: Any) -> None:
        super().__init__(widget=RowsWidget(cells), **{"required": False, **options})
        self.cells = cells

    def clean(self, value: Any) -> Any:
        """Return typed rows; every wrong cell is told with its row."""
        faults: list[str] = []
        rows = [self._row(number, row, faults) for number, row in enumerate(value or (), 1)]
        if faults or (self.required and not rows):
            raise forms.ValidationError(faults or self.error_messages["required"])
        return rows

    def _row(self, number: int, row: Mapping[str, str], faults: list[str]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for cell in self.cells:
            found[cell.key] = self._cell(number, cell, row[cell.key], faults)
        return found

    @staticmethod
    def _cell(number: int, cell: Cell, text: str, faults: list[str]) -> Any:
        place = {"row": number, "column": cell.label}
        if not text:
            if cell.required:
                faults.append(str(_("第 %(row)d 行的“%(column)s”没有填。") % place))
            return None
        if cell.kind != "number":
            return text
        try:
            value = Decimal(text.replace(",", "").replace("，", ""))
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite():
            faults.append(str(_("第 %(row)d 行的“%(column)s”应填数字。") % place))
        return value
