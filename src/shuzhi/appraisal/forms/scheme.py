"""Forms of the scheme editor: what a rule asks is read from the published schema."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from shuzhi.appraisal.schemes.changes import Item
from shuzhi.appraisal.schemes.grammar import (
    AVOIDED,
    CHOICE,
    MIDDLE,
    NUMBER,
    PAIRS,
    SWITCH,
    TEXT,
    WEIGHTS,
    WHOLE,
    Parameter,
    kinds,
    options_of,
)
from shuzhi.appraisal.schemes.tree import decimal, title_of
from shuzhi.appraisal.schemes.words import HINTS, KINDS, PARAMETERS, TRIMMED, choice

from .rows import Cell, RowsField
from .scale import add_ends, settle

PREFIX = "p_"
SCALE = f"{PREFIX}scale"
MOST_TRIMMED = 5
BANDS = (
    Cell("bound", _("下限（含）"), "number"),
    Cell("rate", _("得分率（%）"), "number", required=True),
)
WEIGHED = {
    "scale": (Cell("name", _("档次"), required=True), Cell("value", _("分值"), "number", (), True)),
    "categories": (
        Cell("name", _("类别"), required=True),
        Cell("value", _("权重（%）"), "number", (), True),
    ),
}
DIGITS: dict[str, Any] = {"max_digits": 24, "decimal_places": 9}


def points_field(**options: Any) -> forms.DecimalField:
    """Return a field for points."""
    return forms.DecimalField(**{"label": _("分值"), "required": False, **DIGITS, **options})


def _choices(key: str, values: Any, *, empty: bool) -> list[tuple[str, Any]]:
    none = [("", choice(key, ""))] if empty else []
    return none + [(value, choice(key, value)) for value in values]


def _middle(found: Parameter, value: Any) -> forms.Field:
    trims = sorted({*range(1, MOST_TRIMMED + 1), *_trimmed(value)})
    choices = [(name, choice(found.name, name)) for name in found.choices]
    choices += [(f"trim{n}", TRIMMED % {"n": n}) for n in trims]
    return forms.ChoiceField(choices=choices, required=False)


def _trimmed(value: Any) -> list[int]:
    trim = value.get("trim") if isinstance(value, Mapping) else None
    return [int(trim)] if isinstance(trim, int | Decimal) else []


def _avoided(_found: Parameter, rule: Mapping[str, Any]) -> forms.Field:
    given = rule.get("categories")
    names = [str(name) for name in given] if isinstance(given, Mapping) else []
    return forms.MultipleChoiceField(
        choices=[(name, name) for name in names],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def field_for(found: Parameter, rule: Mapping[str, Any]) -> forms.Field | None:
    """Return the control for a parameter; None where only the text can say it."""
    if found.shape == MIDDLE:
        field = _middle(found, rule.get(found.name))
    elif found.shape == AVOIDED:
        field = _avoided(found, rule)
    elif found.shape == NUMBER:
        field = forms.DecimalField(required=found.required, **DIGITS)
    elif found.shape == WHOLE:
        field = forms.IntegerField(required=False, min_value=0)
    elif found.shape == CHOICE:
        empty = found.default is None
        values = _choices(found.name, found.choices, empty=empty)
        field = forms.ChoiceField(choices=values, required=False)
    elif found.shape == PAIRS:
        field = RowsField(cells=BANDS, required=found.required)
    elif found.shape == WEIGHTS:
        field = RowsField(cells=WEIGHED.get(found.name, WEIGHED["scale"]), required=found.required)
    elif found.shape == SWITCH:
        field = forms.BooleanField(required=False)
    elif found.shape == TEXT:
        field = forms.CharField(required=False, max_length=200)
    else:
        return None
    field.label = cast("str", PARAMETERS.get(found.name, found.name))
    field.help_text = cast("str", HINTS.get(found.name, ""))
    return field


def shown(found: Parameter, rule: Mapping[str, Any]) -> Any:
    """Return a parameter's value as its control shows it."""
    value = rule.get(found.name, found.default)
    if found.shape == MIDDLE:
        trimmed = _trimmed(value)
        return f"trim{trimmed[0]}" if trimmed else value
    if found.shape == AVOIDED:
        return [str(name) for name in _avoiders(value, rule)]
    if found.shape == PAIRS:
        listed = value if isinstance(value, list) else []
        pairs = [pair for pair in listed if isinstance(pair, list) and len(pair) == 2]  # noqa: PLR2004
        return [{"bound": bound, "rate": rate} for bound, rate in pairs]
    if found.shape == WEIGHTS:
        rows = value if isinstance(value, Mapping) else {}
        return [{"name": name, "value": worth} for name, worth in rows.items()]
    if found.shape == CHOICE:
        return "" if value is None else str(value)
    return value


def _avoiders(value: Any, rule: Mapping[str, Any]) -> Any:
    if value is True and isinstance(rule.get("categories"), Mapping):
        return rule["categories"]
    return value if isinstance(value, list) else ()


def _typed_avoided(value: Any, categories: list[str]) -> Any:
    chosen = [name for name in value or () if name in categories]
    if not chosen:
        return False
    return True if chosen == categories else chosen


def _typed_middle(text: str) -> Any:
    return {"trim": int(text.removeprefix("trim"))} if text.startswith("trim") else text


def typed(found: Parameter, value: Any, categories: list[str]) -> Any:
    """Return a control's value as the text holds it."""
    if found.shape == MIDDLE:
        return _typed_middle(str(value or found.default))
    if found.shape == AVOIDED:
        return _typed_avoided(value, categories)
    if found.shape == PAIRS:
        return [[row["bound"], row["rate"]] for row in value]
    if found.shape == WEIGHTS:
        return {row["name"]: row["value"] for row in value}
    if found.shape == CHOICE:
        return 0 if value == "0" else value or None
    return value


class ItemForm(forms.Form):
    """One indicator: what it is called, what it is worth, how it is scored."""

    title = forms.CharField(label=_("名称"), max_length=200)
    title_en = forms.CharField(label=_("英文名称"), max_length=200, required=False)

    def __init__(self, *args: Any, node: Mapping[str, Any], kind: str = "", **options: Any) -> None:
        found = node.get("rule")
        rule: Mapping[str, Any] = found if isinstance(found, Mapping) else {}
        self.rule = rule if kind in {"", rule.get("kind")} else {}
        self.kind = kind or str(self.rule.get("kind") or "")
        self.branch, self.bonus = "children" in node, "bonus" in node
        super().__init__(*args, **{"initial": _initial(node), **options})
        self._add_points()
        self.asked = () if self.branch else kinds().get(self.kind, ())
        if not self.branch:
            self._add_rule()
        self._add_ends()

    def _add_points(self) -> None:
        if self.bonus:
            self.fields["low"] = points_field(label=_("最低（扣到几分为止）"))
            self.fields["high"] = points_field(label=_("最高（加到几分为止）"))
        else:
            self.fields["points"] = points_field(
                min_value=Decimal(0),
                required=not self.branch,
                help_text=_("留空就是下级合计。") if self.branch else "",
            )

    def _add_rule(self) -> None:
        choices = [(key, KINDS.get(key, key)) for key in kinds()]
        self.fields["kind"] = forms.ChoiceField(
            label=_("怎样计分"),
            choices=[("events", KINDS["events"])] if self.bonus else choices,
            initial=self.kind,
        )
        for found in self.asked:
            field = field_for(found, self.rule)
            if field is not None:
                field.initial = shown(found, self.rule)
                self.fields[f"{PREFIX}{found.name}"] = field
            if found.name == "scale":
                add_ends(self, SCALE, self.rule.get("scale"), DIGITS)

    def _add_ends(self) -> None:
        if self.branch:
            self._add_choice("aggregate", _("下级怎样合成"), empty=True)
        if not self.bonus:
            self._add_choice("na", _("不适用时"), empty=False)
        if not self.branch and self.kind not in {"ratings", "events"}:
            self._add_choice("missing", _("缺数据时"), empty=True)

    def _add_choice(self, name: str, label: Any, *, empty: bool) -> None:
        self.fields[name] = forms.ChoiceField(
            label=label,
            required=False,
            choices=_choices(name, options_of("Indicator", name), empty=empty),
        )

    def clean(self) -> dict[str, Any]:
        """Settle what two controls say together."""
        super().clean()
        if SCALE in self.fields:
            settle(self, SCALE)
        return self.cleaned_data

    @property
    def beyond(self) -> list[str]:
        """What the text says of this rule and no control shows; it stays as it is."""
        shown_here = {found.name for found in self.asked if f"{PREFIX}{found.name}" in self.fields}
        return [key for key in self.rule if key not in shown_here | {"kind"}]

    def item(self) -> Item:
        """Return the indicator of a valid form."""
        data = self.cleaned_data
        names = [row["name"] for row in data.get(f"{PREFIX}categories") or ()]
        given = {
            found.name: typed(found, data[f"{PREFIX}{found.name}"], names)
            for found in self.asked
            if f"{PREFIX}{found.name}" in self.fields
        }
        return Item(
            title=data["title"].strip(),
            title_en=data["title_en"].strip(),
            points=data.get("points"),
            kind="" if self.branch else data["kind"],
            parameters=given,
            na=data.get("na") or "rescale",
            missing=data.get("missing", ""),
            aggregate=data.get("aggregate", ""),
            bonus=(data["low"], data["high"]) if self.bonus else None,
        )


def _initial(node: Mapping[str, Any]) -> dict[str, Any]:
    title = node.get("title")
    bonus = node.get("bonus") if isinstance(node.get("bonus"), Mapping) else {}
    return {
        "title": title_of(node),
        "title_en": title.get("en", "") if isinstance(title, Mapping) else "",
        "points": decimal(node.get("points")),
        "low": decimal((bonus or {}).get("min")),
        "high": decimal((bonus or {}).get("max")),
        "na": node.get("na", "rescale"),
        "missing": node.get("missing", ""),
        "aggregate": node.get("aggregate", ""),
    }
