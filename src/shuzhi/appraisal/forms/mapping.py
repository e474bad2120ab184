"""Which item of last year each item of this year continues."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

NONE = "-"


class MappingForm(forms.Form):
    """One choice an item: last year's item, or none."""

    def __init__(
        self,
        *args: Any,
        items: Sequence[tuple[str, str]],
        old: Sequence[tuple[str, str]],
        mapping: Mapping[str, str],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        known = {name for name, _title in old}
        self.items = items
        for number, (item, title) in enumerate(items):
            before = mapping.get(item, item)
            self.fields[f"item_{number}"] = forms.ChoiceField(
                label=title,
                choices=[(NONE, _("上年没有")), *old],
                initial=before if before in known else NONE,
            )

    def clean(self) -> dict[str, Any]:
        """Refuse two items that would continue the same one."""
        data = super().clean() or {}
        taken: dict[str, str] = {}
        for number, (_item, title) in enumerate(self.items):
            before = data.get(f"item_{number}", NONE)
            if before != NONE and before in taken:
                words = _("上年的这一项已经对应“%(title)s”，一项只能对应一次。")
                self.add_error(f"item_{number}", words % {"title": taken[before]})
            taken.setdefault(before, title)
        return data

    def mapping(self) -> dict[str, str]:
        """Return item → last year's item ("" for none)."""
        return {
            item: "" if (before := self.cleaned_data[f"item_{number}"]) == NONE else before
            for number, (item, _title) in enumerate(self.items)
        }
