"""The plan of a review: when, where, how it is rated, who counts how much, quotas."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from string import ascii_uppercase
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from shuzhi.appraisal.enums import FormShape, RatingScale
from shuzhi.appraisal.services.preparing import Plan, RaterClass
from shuzhi.kernel.seen import SeenForm

SPARE_ROWS = 2  # for categories that the template does not have
WHOLE = Decimal(100)


class PlanForm(SeenForm):
    """What the commissioner decides; categories stand in rows, an empty row is no category."""

    title = forms.CharField(label=_("名称"), max_length=120)
    meets_at = forms.DateTimeField(
        label=_("开会时间"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    place = forms.CharField(label=_("地点"), max_length=120)
    host = forms.CharField(label=_("主持人"), max_length=60)
    reports_due = forms.DateField(
        label=_("报告截止日期"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    shape = forms.ChoiceField(
        label=_("测评表"), choices=FormShape.choices, widget=forms.RadioSelect
    )
    scale = forms.ChoiceField(
        label=_("评分方式"), choices=RatingScale.choices, widget=forms.RadioSelect
    )
    topics = forms.CharField(
        label=_("述职内容"),
        help_text=_("书面报告要写、逐项评价时要评的内容，一行一项。"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    min_marks = forms.IntegerField(
        label=_("公开分类结果的最少票数"),
        min_value=1,
        max_value=100,
        help_text=_("一类测评人的票数少于这个数时，分类结果整体不公开，以免推算出个人的打分。"),
    )

    def __init__(
        self,
        *args: Any,
        categories: Sequence[RaterClass] = (),
        grades: Sequence[str] = (),
        quotas: dict[str, str] | None = None,
        words: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._name_scales(words)
        self.grades = list(grades)
        self.ids = _ids(categories)
        for number, key in enumerate(self.ids):
            self._add_category(number, key, categories)
        for number, grade in enumerate(self.grades):
            self.fields[f"quota_{number}"] = forms.CharField(
                label=grade,
                required=False,
                max_length=10,
                initial=(quotas or {}).get(grade, ""),
            )

    def _name_scales(self, words: Sequence[str]) -> None:
        """Offer the grades by their own words."""
        named = {RatingScale.GRADES: _("按等次：%(words)s") % {"words": " / ".join(words)}}
        choices = [(scale, named.get(scale, scale.label)) for scale in RatingScale]
        self.fields["scale"].choices = choices  # type: ignore[attr-defined]

    def _add_category(self, number: int, key: str, given: Sequence[RaterClass]) -> None:
        known = given[number] if number < len(given) else None
        self.fields[f"title_{key}"] = forms.CharField(
            label=_("%(key)s 类名称") % {"key": key},
            max_length=60,
            required=False,
            initial=known.title if known else "",
        )
        self.fields[f"weight_{key}"] = forms.DecimalField(
            label=_("%(key)s 类权重（%%）") % {"key": key},
            min_value=0,
            max_value=100,
            decimal_places=2,
            required=False,
            initial=known.weight if known else None,
            widget=forms.NumberInput(attrs={"data-weight": "", "step": "any"}),
        )
        self.fields[f"recuse_{key}"] = forms.BooleanField(
            label=_("%(key)s 类回避本单位") % {"key": key},
            required=False,
            initial=known.recuse if known else True,
        )

    @property
    def general(self) -> list[BoundField]:
        """The fields before the tables of categories and quotas."""
        return [self[name] for name in self.base_fields if not self[name].is_hidden]

    @property
    def category_rows(self) -> Iterator[tuple[str, BoundField, BoundField, BoundField]]:
        for key in self.ids:
            yield key, self[f"title_{key}"], self[f"weight_{key}"], self[f"recuse_{key}"]

    @property
    def quota_rows(self) -> list[BoundField]:
        return [self[f"quota_{number}"] for number in range(len(self.grades))]

    def _categories(self, data: dict[str, Any]) -> list[RaterClass]:
        return [
            RaterClass(
                key,
                data[f"title_{key}"].strip(),
                data[f"weight_{key}"] or Decimal(0),
                recuse=data[f"recuse_{key}"],
            )
            for key in self.ids
            if data.get(f"title_{key}", "").strip()
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse weights that are no whole; anything else is for the readiness check."""
        data = super().clean() or {}
        categories = self._categories(data) if not self.errors else []
        total = sum((category.weight for category in categories), Decimal(0))
        if not self.errors and total != WHOLE:
            raise forms.ValidationError(
                _("各类测评人的权重合计是 %(total)s%%，应为 100%%。") % {"total": f"{total:f}"}
            )
        return data | {"categories": categories}

    def plan(self) -> Plan:
        """Return the plan of a valid form."""
        data = self.cleaned_data
        return Plan(
            title=data["title"],
            meets_at=data["meets_at"],
            place=data["place"],
            host=data["host"],
            reports_due=data["reports_due"],
            shape=FormShape(data["shape"]),
            scale=RatingScale(data["scale"]),
            topics=[line.strip() for line in data["topics"].splitlines() if line.strip()],
            min_marks=data["min_marks"],
            categories=data["categories"],
            quotas={g: data[f"quota_{n}"] for n, g in enumerate(self.grades)},
        )


def _ids(categories: Sequence[RaterClass]) -> list[str]:
    known = [category.id for category in categories]
    spare = [letter for letter in ascii_uppercase if letter not in known]
    return known + spare[:SPARE_ROWS]
