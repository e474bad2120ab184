"""Forms of the commissioner's and the tellers' pages."""

import re
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from shuzhi.kernel.seen import SeenForm

from .enums import PaperMode
from .models import Poll
from .paper_content import MOST_FORMS
from .schema import OVERALL, Choices, PollForm
from .services.slips import MOST_AT_ONCE

OVERALL_TITLE = "总体评价"
GRADES = "好 100\n较好 85\n一般 70\n差 50"
USUAL_CATEGORIES = (  # title, weight, recuse: a start that may be changed
    ("镇党政领导", 40, False),
    ("治理组成员", 20, False),
    ("书记和组织委员", 20, True),
    ("党员和居民代表", 20, False),
)
CATEGORY_IDS = "ABCDEFGHJKMN"
EXTRA_ROWS = 2
CHOICE = re.compile(r"^(?P<title>.+?)[\s=＝:：]+(?P<points>\d+(?:\.\d+)?)$")


class CategoryForm(forms.Form):
    """One class of raters."""

    id = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    title = forms.CharField(label=_("评议人员类别"), max_length=60, required=False)
    weight = forms.DecimalField(
        label=_("权重（%）"), min_value=0, max_value=100, decimal_places=2, required=False
    )
    recuse = forms.BooleanField(label=_("不评本单位"), required=False)


CategoryFormSet = formset_factory(CategoryForm, extra=EXTRA_ROWS, max_num=len(CATEGORY_IDS))


class PollEditForm(forms.Form):
    """What is asked, on which scale; categories stand in a form set beside it."""

    title = forms.CharField(label=_("名称"), max_length=120)
    items = forms.CharField(
        label=_("评价项目"),
        help_text=_("每行一项；只要一个总体评价就只写“总体评价”一行。"),
        widget=forms.Textarea(attrs={"rows": 5}),
        initial=OVERALL_TITLE,
    )
    scale = forms.ChoiceField(
        label=_("评分方式"),
        choices=[("choices", _("选等次")), ("span", _("打分数"))],
        widget=forms.RadioSelect,
        initial="choices",
    )
    choices = forms.CharField(
        label=_("等次和对应分值"),
        help_text=_("每行一个，从好到差，如“好 100”。"),
        widget=forms.Textarea(attrs={"rows": 4}),
        initial=GRADES,
        required=False,
    )
    low = forms.IntegerField(label=_("最低分"), initial=0, min_value=0, required=False)
    high = forms.IntegerField(label=_("最高分"), initial=100, max_value=1000, required=False)
    remark = forms.BooleanField(label=_("可以写一句意见建议"), initial=True, required=False)
    min_marks = forms.IntegerField(
        label=_("至少几票才显示分类结果"),
        help_text=_("任何一类少于这个数，各类的结果都不显示，以免从合计中推算出来。"),
        min_value=1,
        max_value=100,
        initial=5,
    )
    paper_mode = forms.ChoiceField(label=_("纸质票怎样录入"), choices=PaperMode.choices)

    def _scale(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data["scale"] == "span":
            return {"from": data["low"] or 0, "to": data["high"] or 100}
        lines = filter(None, map(str.strip, data["choices"].splitlines()))
        found = [CHOICE.match(line) for line in lines]
        if not all(found):
            raise forms.ValidationError({"choices": _("每行写等次和分值，如“好 100”。")})
        return {"choices": {row["title"]: row["points"] for row in found if row}}

    def poll_form(self, categories: "BaseFormSet[CategoryForm]", before: Poll | None) -> PollForm:
        """Return the typed form; raise `ValidationError` in words where it is not right."""
        known = {item.title: item.id for item in before.parsed_form.items} if before else {}
        try:
            return PollForm.model_validate(
                {
                    "items": _items(self.cleaned_data["items"], known),
                    "scale": self._scale(),
                    "categories": _categories(categories),
                    "remark": self.cleaned_data["remark"],
                    "min_marks": self.cleaned_data["min_marks"],
                }
            )
        except ValidationError as error:
            raise forms.ValidationError([row["msg"] for row in error.errors()]) from error


def _items(text: str, known: dict[str, str]) -> list[dict[str, str]]:
    """Return items by title; an item that stays keeps its id."""
    titles = list(dict.fromkeys(filter(None, map(str.strip, text.splitlines()))))
    taken = set(known.values())
    fresh = (key for number in range(1, 100) if (key := f"t{number}") not in taken)
    fixed = {OVERALL_TITLE: OVERALL} | known
    return [{"id": fixed.get(title) or next(fresh), "title": title} for title in titles]


def _categories(rows: "BaseFormSet[CategoryForm]") -> list[dict[str, Any]]:
    given = [row for row in rows.cleaned_data if row.get("title")]
    taken = {row["id"] for row in given}
    fresh = (key for key in CATEGORY_IDS if key not in taken)
    return [
        {
            "id": row["id"] or next(fresh),
            "title": row["title"],
            "weight": row["weight"] or 0,
            "recuse": row["recuse"],
        }
        for row in given
    ]


def initial_categories(poll: Poll | None) -> list[dict[str, Any]]:
    """Return the rows of categories: the poll's, or the usual ones to start from."""
    if poll is not None:
        return [row.model_dump() for row in poll.parsed_form.categories]
    names = ("title", "weight", "recuse")
    return [dict(zip(names, row, strict=True)) for row in USUAL_CATEGORIES]


def initial_of(poll: Poll) -> dict[str, Any]:
    """Return what the edit form shows of a poll."""
    form = poll.parsed_form
    shown: dict[str, Any] = {
        "title": poll.title,
        "items": "\n".join(item.title for item in form.items),
        "remark": form.remark,
        "min_marks": form.min_marks,
        "paper_mode": poll.paper_mode,
    }
    if isinstance(form.scale, Choices):
        rows = (f"{title} {points:f}" for title, points in form.scale.choices.items())
        return shown | {"scale": "choices", "choices": "\n".join(rows)}
    return shown | {"scale": "span", "low": form.scale.from_, "high": form.scale.to}


class RootForm(SeenForm):
    """The address that phones open, and how many slips the page has shown."""

    root = forms.URLField(label=_("手机打开的地址"), assume_scheme="http", max_length=100)


class SlipsForm(RootForm):
    """How many slips of a category to print."""

    count = forms.IntegerField(label=_("张数"), min_value=1, max_value=MOST_AT_ONCE)


class IssuedForm(forms.Form):
    """How many paper forms of a category have been handed out."""

    issued = forms.IntegerField(label=_("发出张数"), min_value=0, max_value=MOST_FORMS)


class ReasonForm(forms.Form):
    """Why a poll is annulled."""

    reason = forms.CharField(label=_("作废的原因"), max_length=200)


class CodeForm(forms.Form):
    """A slip's code."""

    code = forms.CharField(label=_("票上的编号"), max_length=14)


class MergeForm(forms.Form):
    """Into which category another one goes."""

    into = forms.CharField(max_length=40)


class TellerForm(forms.Form):
    """Who counts, for how many days."""

    name = forms.CharField(label=_("计票员姓名"), max_length=60)
    days = forms.IntegerField(label=_("账号有效天数"), min_value=1, max_value=7, initial=1)


class SettleForm(forms.Form):
    """The desk's decision on one cell."""

    cell = forms.CharField(widget=forms.HiddenInput, max_length=140)
    value = forms.CharField(label=_("以此为准"), max_length=60, required=False)
    reason = forms.CharField(label=_("理由"), max_length=200)


class CountsForm(forms.Form):
    """What became of the paper forms."""

    returned = forms.IntegerField(label=_("收回"), min_value=0, max_value=MOST_FORMS)
    void = forms.IntegerField(label=_("其中无效"), min_value=0, max_value=MOST_FORMS)
    unused = forms.IntegerField(label=_("未用（没有发到人）"), min_value=0, max_value=MOST_FORMS)
    cancelled = forms.IntegerField(label=_("作废换发"), min_value=0, max_value=MOST_FORMS)
