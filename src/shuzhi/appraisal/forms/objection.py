"""Forms of the score check: the last day, an objection, its answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shuzhi.appraisal.services.objections import Correction
from shuzhi.appraisal.view import Leaf

UPHOLD, REJECT = "uphold", "reject"


class WindowForm(forms.Form):
    """Until when units may object."""

    due = forms.DateField(
        label=_("异议截止日期"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("当天也算。截止以后只能推后，不能提前。"),
    )


class ObjectionForm(forms.Form):
    """One objection to one item, with evidence."""

    indicator = forms.ChoiceField(label=_("对哪一项"))
    text = forms.CharField(
        label=_("有什么异议"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("写明应当是多少、依据什么。"),
    )

    def __init__(self, *args: Any, items: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["indicator"].choices = items  # type: ignore[attr-defined]  # a choice field


class AnswerForm(forms.Form):
    """Upheld with what is right, or rejected; the reason in both cases."""

    decision = forms.ChoiceField(
        label=_("怎样处理"),
        widget=forms.RadioSelect,
        choices=[(UPHOLD, _("成立，更正数据，重新计分")), (REJECT, _("不成立"))],
    )

    def __init__(self, *args: Any, leaf: Leaf, **options: Any) -> None:
        super().__init__(*args, **options)
        if leaf.kind == "ratings":
            self.fields["decision"].choices = [(REJECT, _("不成立"))]  # type: ignore[attr-defined]
            self.fields["decision"].help_text = _("票箱已经封存，测评结果不能更正。")
        elif leaf.kind == "events":
            self.fields["points"] = forms.DecimalField(
                label=_("补记或扣回几分"),
                required=False,
                max_digits=8,
                decimal_places=3,
                help_text=_("补加分写正数，补扣分写负数。"),
            )
        else:
            self.fields["value"] = forms.CharField(label=_("更正为"), required=False, max_length=40)
        self.fields["answer"] = forms.CharField(
            label=_("答复"),
            max_length=1000,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text=_("提出异议的单位看得到这段话。"),
        )

    @property
    def correction(self) -> Correction:
        """Return what a valid form puts right."""
        return Correction(self.cleaned_data.get("value", ""), self.cleaned_data.get("points"))
