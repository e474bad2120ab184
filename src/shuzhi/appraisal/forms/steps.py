"""Small forms of the review's great steps."""

from django import forms
from django.utils.translation import gettext_lazy as _


class OpenForm(forms.Form):
    """Opening in spite of faults that would not stop the meeting."""

    accept = forms.BooleanField(label=_("已知悉以上问题，仍要开会"), required=False)


class ReasonForm(forms.Form):
    """A step that needs a reason."""

    reason = forms.CharField(
        label=_("理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
