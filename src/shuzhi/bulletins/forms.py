"""Forms of this room."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.seen import SeenForm

from .models import EDITABLE, Bulletin

LONG = ("opening", "overview", "strengths", "shortcomings", "requirements")


class BulletinForm(SeenForm, forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """The words and the frame of a draft; tables and chart come from the results."""

    class Meta:
        model = Bulletin
        fields = (
            "title",
            "issuer",
            "code_word",
            "addressee",
            *LONG,
            "copies",
            "printer",
            "scope",
        )
        widgets: ClassVar[dict[str, Any]] = {
            name: forms.Textarea(attrs={"rows": 3 if name == "opening" else 5}) for name in LONG
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "issuer": _("红头会印成“发文机关+文件”。"),
            "code_word": _("例如“清发”，签发时编成“清发〔年份〕号”。"),
            "copies": _("多个单位用顿号隔开。"),
            "strengths": _("可以不写；一行是一段。"),
            "shortcomings": _("可以不写；一行是一段。"),
            "requirements": _("可以不写；一行是一段。"),
        }

    def changes(self) -> dict[str, Any]:
        """Return the fields that were changed."""
        return {name: self.cleaned_data[name] for name in EDITABLE if name in self.changed_data}


class ReasonForm(forms.Form):
    """Why a step is taken."""

    reason = forms.CharField(
        label=_("理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
