"""What a person fills in about a meeting."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.seen import SeenForm

from .enums import Presence
from .models import Gathering

AGENDA_LIMIT = 2000


class ArrangementForm(SeenForm, forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """Time, place, people in charge, timing and agenda."""

    agenda_text = forms.CharField(
        label=_("议程"),
        help_text=_("一行一项"),
        required=False,
        max_length=AGENDA_LIMIT,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    class Meta:
        model = Gathering
        fields = (
            "title",
            "starts_at",
            "place",
            "host",
            "recorder",
            "quorum_percent",
            "speech_minutes",
            "warn_seconds",
        )
        widgets = {
            "starts_at": forms.DateTimeInput(
                attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
            )
        }
        help_texts = {
            "quorum_percent": _("到会人数占应到会人数的百分比"),
            "speech_minutes": _("分钟"),
            "warn_seconds": _("秒：剩这么多时提醒"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agenda_text"].initial = "\n".join(self.instance.agenda)

    def changes(self) -> dict[str, Any]:
        """Return the arrangements as the verb takes them."""
        data = {name: one for name, one in self.cleaned_data.items() if name != "seen"}
        lines = data.pop("agenda_text").splitlines()
        return data | {"agenda": [line.strip() for line in lines if line.strip()]}


class CallForm(forms.Form):
    """One more person on the roll."""

    category = forms.ChoiceField(label=_("类别"))
    name = forms.CharField(label=_("姓名"), max_length=60)
    unit_name = forms.CharField(label=_("单位"), max_length=120, required=False)
    post = forms.CharField(label=_("职务"), max_length=60, required=False)

    def __init__(self, gathering: Gathering, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(entry["id"], entry["title"]) for entry in gathering.categories]
        self.fields["category"] = forms.ChoiceField(label=_("类别"), choices=choices)


class PresenceForm(forms.Form):
    """How somebody stands at the door."""

    presence = forms.ChoiceField(choices=Presence)
    substitute = forms.CharField(max_length=60, required=False)


class MoveForm(forms.Form):
    """Where in the order a reporter goes."""

    position = forms.IntegerField(min_value=1, max_value=999)


class RecordForm(SeenForm):
    """The meeting's record in words."""

    record = forms.CharField(
        label=_("会议记录"),
        help_text=_(
            "写提了哪些问题、怎样答复、议定了什么；到会、次序、用时和点评会自动写进，不用重抄。"
        ),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 14}),
    )
