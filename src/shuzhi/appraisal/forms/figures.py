"""Forms for bonuses, deductions and vetoes."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shuzhi.appraisal.models import Entrant
from shuzhi.appraisal.view import SchemeView


class OfUnit(forms.Form):
    """A form about one of the review's units."""

    entrant = forms.ChoiceField(label=_("单位"))

    def __init__(self, *args: Any, entrants: Iterable[Entrant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(entrant.public_id, entrant.unit.name) for entrant in entrants]
        self.fields["entrant"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class HappeningForm(OfUnit):
    """A bonus or a deduction with its reason."""

    indicator = forms.ChoiceField(label=_("指标"))
    points = forms.DecimalField(
        label=_("分值"),
        max_digits=8,
        decimal_places=3,
        help_text=_("加分写正数，扣分写负数。"),
    )
    reason = forms.CharField(label=_("事由和依据"), max_length=300)
    key = forms.CharField(
        label=_("同一事项编号"),
        max_length=60,
        required=False,
        help_text=_("同一件事受多级表彰或通报时填同一编号，只按最高的计一次。"),
    )

    def __init__(self, *args: Any, scheme: SchemeView, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(leaf.id, leaf.title) for leaf in scheme.event_leaves]
        self.fields["indicator"].choices = choices  # type: ignore[attr-defined]


class VetoForm(OfUnit):
    """A veto of the scheme; the basis is required."""

    veto = forms.ChoiceField(label=_("否决事项"))
    basis = forms.CharField(
        label=_("依据"), max_length=300, help_text=_("文件、决定或通报的名称和文号。")
    )

    def __init__(self, *args: Any, scheme: SchemeView, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["veto"].choices = list(scheme.vetoes.items())  # type: ignore[attr-defined]
