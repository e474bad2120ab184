"""Forms about who reports."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shuzhi.appraisal.enums import Exemption


class ExemptForm(forms.Form):
    """What a reporter is spared, and why."""

    exemption = forms.ChoiceField(label=_("参加方式"), choices=Exemption.choices)
    reason = forms.CharField(
        label=_("理由"),
        max_length=200,
        required=False,
        help_text=_("不参加评议或排名时必须写明，例如“到任不足三个月”。"),
    )


class DrawForm(forms.Form):
    """The seed of a draw, said aloud so that anyone can repeat it."""

    seed = forms.CharField(
        label=_("抽签口令"),
        max_length=60,
        help_text=_("当众说出的任意文字或数字；用同一口令，谁都能复算出同样的顺序。"),
    )
