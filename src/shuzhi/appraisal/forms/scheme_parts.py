"""Forms of a scheme as a whole: full points and ranking, grades with quotas, vetoes; its start."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shuzhi.appraisal.schemes.document import Outline
from shuzhi.appraisal.schemes.grammar import options_of
from shuzhi.appraisal.schemes.tree import decimal, title_of
from shuzhi.appraisal.schemes.words import choice
from shuzhi.kernel.language import language
from shuzhi.kernel.typed import whole

from .rows import Cell, RowsField
from .scheme import DIGITS

PLACES = range(5)
Choices = Sequence[tuple[str, Any]]


def _listed(key: str, model: str, name: str) -> Choices:
    return [(value, choice(key, value)) for value in options_of(model, name)]


class GeneralForm(forms.Form):
    """What holds for the whole scheme."""

    title = forms.CharField(label=_("方案名称"), max_length=120)
    title_en = forms.CharField(label=_("英文名称"), max_length=200, required=False)
    full = forms.DecimalField(label=_("满分"), min_value=Decimal(1), max_value=1000, **DIGITS)
    places = forms.TypedChoiceField(
        label=_("总分保留几位小数"), coerce=int, choices=[(n, n) for n in PLACES]
    )
    rank_on = forms.ChoiceField(label=_("按什么排名"))
    within = forms.ChoiceField(label=_("谁和谁排"))
    ties = forms.ChoiceField(label=_("同分怎么排"))
    tiebreak = forms.MultipleChoiceField(
        label=_("同分时依次比较哪几项的得分率"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("按方案里的先后比较；都相同才算并列。"),
    )

    def __init__(self, *args: Any, document: Outline, **options: Any) -> None:
        super().__init__(*args, **{"initial": _general(document.root), **options})
        ranks = {
            "rank_on": _listed("rank_on", "Scheme", "rank_on"),
            "within": _listed("ranking", "Ranking", "within"),
            "ties": _listed("ties", "Ranking", "ties"),
        }
        spots = [spot for spot in document.spots() if "bonus" not in spot.node]
        ranks["tiebreak"] = _ordered(
            [(spot.id, title_of(spot.node, language())) for spot in spots], self.initial["tiebreak"]
        )
        for name, choices in ranks.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # choice fields


def _ordered(items: list[tuple[str, str]], first: Sequence[str]) -> Choices:
    """Return the choices with those already chosen first, in their order."""
    place = {name: number for number, name in enumerate(first)}
    return sorted(items, key=lambda item: place.get(item[0], len(place)))


def _general(root: Any) -> dict[str, Any]:
    title, ranking = root.get("title"), root.get("ranking") or {}
    return {
        "title": title_of(root),
        "title_en": title.get("en", "") if isinstance(title, Mapping) else "",
        "full": decimal(root.get("full")),
        "places": (root.get("rounding") or {}).get("places", 2),
        "rank_on": root.get("rank_on", "published"),
        "within": ranking.get("within", "group"),
        "ties": ranking.get("ties", "standard"),
        "tiebreak": [str(name) for name in ranking.get("tiebreak") or ()],
    }


class GradesForm(forms.Form):
    """Grades, the best first."""

    def __init__(self, *args: Any, document: Outline, **options: Any) -> None:
        super().__init__(*args, **options)
        spots = [spot for spot in document.spots() if "bonus" not in spot.node]
        items = [("", "—"), *((spot.id, title_of(spot.node, language())) for spot in spots)]
        cells = (
            Cell("grade", _("等次"), required=True),
            Cell("min", _("分数线（含）"), "number"),
            Cell("share", _("最多占（%或几分之几）")),
            Cell("count", _("最多几个"), "number"),
            Cell("round", _("小数"), choices=_listed("round", "Quota", "round")),
            Cell("item", _("另要求某项"), choices=items),
            Cell("rate", _("得分率至少（%）"), "number"),
        )
        rows = [_grade_row(row) for row in document.root.get("grades") or ()]
        self.fields["grades"] = RowsField(
            label=_("等次"),
            cells=cells,
            initial=rows,
            help_text=_("从好到差，一行一个；没有分数线的放最后。名额写比例或个数，二者取一。"),
        )

    def clean(self) -> dict[str, Any]:
        """Refuse what cannot be written: a share that is none, both a share and a number."""
        data = super().clean() or {}
        for number, row in enumerate(data.get("grades") or (), 1):
            if row["share"] and row["count"] is not None:
                self.add_error(
                    "grades", _("第 %(row)d 行：名额写比例或个数，二者取一。") % {"row": number}
                )
            elif row["share"] and _share(row["share"]) is None:
                words = _("第 %(row)d 行：比例应写 30 或 1/3 这样。") % {"row": number}
                self.add_error("grades", words)
        return data

    def rows(self) -> list[dict[str, Any]]:
        """Return the grades of a valid form as the text holds them."""
        return [_grade(row) for row in self.cleaned_data["grades"]]


def _share(text: str) -> Decimal | str | None:
    text = text.strip().removesuffix("%").strip()
    top, slash, bottom = text.partition("/")
    if slash:
        parts = whole(top), whole(bottom)
        return None if None in parts else "{}/{}".format(*parts)
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _grade_row(row: Any) -> dict[str, Any]:
    quota, requires = row.get("quota") or {}, row.get("require") or []
    first = requires[0] if len(requires) == 1 else {}
    return {
        "grade": row.get("grade"),
        "min": row.get("min"),
        "share": quota.get("share"),
        "count": quota.get("count"),
        "round": quota.get("round", "floor"),
        "item": str(first.get("indicator", "")),
        "rate": first.get("min_rate"),
    }


def _grade(row: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"grade": row["grade"], "min": row["min"]}
    share = _share(row["share"]) if row["share"] else None
    if share is not None:
        found["quota"] = {"share": share, "round": row["round"] or "floor"}
    elif row["count"] is not None:
        found["quota"] = {"count": row["count"]}
    else:
        found["quota"] = None
    if row["item"]:
        rate = row["rate"] if row["rate"] is not None else Decimal(0)
        found["require"] = [{"indicator": row["item"], "min_rate": rate}]
    return found


EFFECTS = ("grade", "cap_grade", "unranked")


class VetoesForm(forms.Form):
    """Vetoes and what each does."""

    def __init__(self, *args: Any, document: Outline, **options: Any) -> None:
        super().__init__(*args, **options)
        grades = [str(row.get("grade")) for row in document.root.get("grades") or ()]
        self.taken = [str(row.get("id")) for row in document.root.get("vetoes") or ()]
        cells = (
            Cell("id", "", "hidden"),
            Cell("title", _("什么情况"), required=True),
            Cell("effect", _("后果"), choices=[(e, choice("effect", e)) for e in EFFECTS]),
            Cell("grade", _("等次"), choices=[("", "—"), *((g, g) for g in grades)]),
        )
        rows = [_veto_row(row) for row in document.root.get("vetoes") or ()]
        self.fields["vetoes"] = RowsField(label=_("一票否决"), cells=cells, initial=rows)

    def clean(self) -> dict[str, Any]:
        """Ask for the grade where the effect names one."""
        data = super().clean() or {}
        for number, row in enumerate(data.get("vetoes") or (), 1):
            if row["effect"] != "unranked" and not row["grade"]:
                self.add_error("vetoes", _("第 %(row)d 行：请选等次。") % {"row": number})
        return data

    def rows(self) -> list[dict[str, Any]]:
        """Return the vetoes of a valid form as the text holds them."""
        free = (name for n in range(1, 1000) if (name := f"veto-{n}") not in self.taken)
        return [
            {
                "id": row["id"] or next(free),
                "title": row["title"],
                "effect": {row["effect"]: True if row["effect"] == "unranked" else row["grade"]},
            }
            for row in self.cleaned_data["vetoes"]
        ]


def _veto_row(row: Any) -> dict[str, Any]:
    effect = row.get("effect") or {}
    kind = next((name for name in EFFECTS if name in effect), "grade")
    return {
        "id": row.get("id"),
        "title": title_of(row),
        "effect": kind,
        "grade": "" if kind == "unranked" else str(effect.get(kind, "")),
    }


class StartForm(forms.Form):
    """What a new scheme begins with."""

    title = forms.CharField(label=_("方案名称"), max_length=120)
    source = forms.ChoiceField(label=_("从哪里开始"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, sources: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["source"].choices = sources  # type: ignore[attr-defined]  # a choice field
