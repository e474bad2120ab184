"""What raters mark with: named grades with their points, or points between two ends."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

ENDS = {"from": _("按分数打分：最低几分"), "to": _("按分数打分：最高几分")}


def is_numeric(scale: Any) -> bool:
    """Tell whether raters give points instead of grades."""
    return isinstance(scale, Mapping) and set(scale) == set(ENDS)


def add_ends(form: forms.Form, rows: str, scale: Any, digits: Mapping[str, Any]) -> None:
    """Put the two ends below the rows of grades; whichever is not used stays empty."""
    numeric = is_numeric(scale)
    form.fields[rows].required = False
    if numeric:
        form.fields[rows].initial = []
    for end, label in ENDS.items():
        form.fields[f"{rows}_{end}"] = forms.DecimalField(
            label=label, required=False, initial=scale[end] if numeric else None, **digits
        )


def settle(form: forms.Form, rows: str) -> None:
    """Take the ends as the rows of the scale; refuse both and neither."""
    data = form.cleaned_data
    ends = {end: data.get(f"{rows}_{end}") for end in ENDS}
    if rows not in data or any(f"{rows}_{end}" in form.errors for end in ENDS):
        return
    if data[rows] and any(end is not None for end in ends.values()):
        form.add_error(rows, _("分档次还是按分数打分，只能选一样，另一样留空。"))
    elif not data[rows] and None in ends.values():
        form.add_error(rows, _("请写评价档次；按分数打分的，最低和最高都要写。"))
    elif not data[rows]:
        data[rows] = [{"name": end, "value": value} for end, value in ends.items()]
