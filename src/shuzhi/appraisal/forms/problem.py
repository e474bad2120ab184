"""A problem as its list keeps it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shuzhi.appraisal.services.problems import TEXT_LIMIT

from .figures import OfUnit


class ProblemForm(forms.Form):
    """Words, owner, deadline and measure."""

    text = forms.CharField(
        label=_("问题"), max_length=TEXT_LIMIT, widget=forms.Textarea(attrs={"rows": 2})
    )
    measure = forms.CharField(
        label=_("整改措施"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    owner = forms.CharField(label=_("责任人"), max_length=60)
    due = forms.DateField(
        label=_("整改期限"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class NameProblemForm(OfUnit):
    """A further problem of a unit."""

    text = forms.CharField(label=_("问题"), max_length=TEXT_LIMIT)
