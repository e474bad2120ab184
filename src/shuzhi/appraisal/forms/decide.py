"""The committee's grades, unit by unit."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from shuzhi.appraisal.models import Result
from shuzhi.appraisal.services.deciding import Decision


class DecideForm(forms.Form):
    """One grade a unit, the computed one proposed; a reason where they differ."""

    quota_reason = forms.CharField(
        label=_("超出比例的理由"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("只有某一等次超出方案的比例时才需要写。"),
    )

    def __init__(
        self, *args: Any, results: Sequence[Result], grades: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.results = results
        choices = [(grade, grade) for grade in grades]
        for row in results:
            self._add(row, choices)

    def _add(self, row: Result, choices: list[tuple[str, str]]) -> None:
        if not row.computed_grade:
            return
        name = row.entrant.unit.short_name
        self.fields[f"grade_{row.pk}"] = forms.ChoiceField(
            label=_("%(unit)s的等次") % {"unit": name},
            choices=choices,
            initial=row.decided_grade or row.computed_grade,
        )
        self.fields[f"reason_{row.pk}"] = forms.CharField(
            label=_("%(unit)s调整等次的理由") % {"unit": name},
            max_length=300,
            required=False,
            initial=row.reason,
        )

    @property
    def rows(self) -> Iterator[tuple[Result, BoundField | None, BoundField | None]]:
        """Each result with its two fields; who has no grade has none."""
        for row in self.results:
            graded = f"grade_{row.pk}" in self.fields
            yield (
                row,
                self[f"grade_{row.pk}"] if graded else None,
                self[f"reason_{row.pk}"] if graded else None,
            )

    def decisions(self) -> dict[str, Decision]:
        """Return the decisions of a valid form by unit code."""
        data = self.cleaned_data
        return {
            row.entrant.unit.code: Decision(data[f"grade_{row.pk}"], data[f"reason_{row.pk}"])
            for row in self.results
            if f"grade_{row.pk}" in data
        }
