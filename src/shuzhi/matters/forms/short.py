"""More time: asked for, and the decision about it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shuzhi.matters.limits import REASON
from shuzhi.matters.schema import Extension


class ExtensionForm(forms.Form):
    """Ask for more time."""

    days = forms.IntegerField(label=_("延长几天"), min_value=1)
    reason = forms.CharField(
        label=_("理由"), max_length=REASON, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, rule: Extension, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"] = forms.IntegerField(
            label=_("延长几天"),
            min_value=1,
            max_value=rule.days,
            help_text=_("一次最多 %(n)d 天") % {"n": rule.days},
        )


class DecisionForm(forms.Form):
    """Grant or refuse more time."""

    approve = forms.ChoiceField(
        label=_("意见"),
        choices=[("yes", _("同意延期")), ("no", _("不同意延期"))],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("说明"),
        help_text=_("不同意时要写明理由"),
        required=False,
        max_length=REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
