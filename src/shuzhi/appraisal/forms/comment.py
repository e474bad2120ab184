"""The three parts of a comment, and the problems that it names."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shuzhi.appraisal.services.comments import PARTS
from shuzhi.appraisal.services.problems import TEXT_LIMIT
from shuzhi.kernel.seen import SeenForm

PART_LIMIT = 2000


def _part(label: Any, hint: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=PART_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CommentForm(SeenForm):
    """Asks for all three parts, unless the comment is only put by for later."""

    good = _part(_("肯定成绩"), _("做得好的、可以推广的。"))
    lacking = _part(_("指出不足"), _("具体到事，不说套话。"))
    direction = _part(_("努力方向"), _("下一步抓什么、抓到什么程度。"))
    problems = forms.CharField(
        label=_("点到的问题"),
        help_text=_("一行一个，会列入问题清单。"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in PARTS if "later" in self.data else ():
            self.fields[part].required = False

    def clean_problems(self) -> list[str]:
        """Return the problems, one a line."""
        lines = [line.strip() for line in self.cleaned_data["problems"].splitlines()]
        if any(len(line) > TEXT_LIMIT for line in lines):
            raise forms.ValidationError(_("问题请写在 %(limit)d 字以内。") % {"limit": TEXT_LIMIT})
        return [line for line in lines if line]

    def parts(self) -> dict[str, str]:
        """Return the three parts of a valid form."""
        return {name: self.cleaned_data[name] for name in PARTS}
