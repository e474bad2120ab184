"""Which measure becomes the figure of which indicator."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class PullForm(forms.Form):
    """An indicator that reads figures, and a measure."""

    indicator = forms.ChoiceField(label=_("填到哪一项"))
    measure = forms.ChoiceField(label=_("取哪一项业务数据"))

    def __init__(
        self,
        *args: Any,
        items: Sequence[tuple[str, str]],
        measures: Sequence[tuple[str, list[tuple[str, str]]]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["indicator"].choices = items  # type: ignore[attr-defined]  # choice fields
        self.fields["measure"].choices = measures  # type: ignore[attr-defined]
