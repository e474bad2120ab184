"""Who takes on which part; who stands in a party's place."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.access import Actor
from shuzhi.matters.limits import NOTE, TITLE
from shuzhi.matters.models import Matter
from shuzhi.matters.schema import Fact, FactType, Party, Words
from shuzhi.matters.services import Share

from .naming import Around, one_of
from .rows import RowsField


class SharesForm(forms.Form):
    """A row a part: who, and what of the whole."""

    def __init__(self, party: Party, around: Around, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        columns = {
            "side": one_of(party, around, required=False),
            "title": forms.CharField(label=_("负责哪一部分"), max_length=TITLE, required=False),
        }
        label = Words(zh="分给谁", en="Shared among")
        rows = Fact(id="shares", label=label, type=FactType.LIST)
        self.fields["shares"] = RowsField(rows, columns, label=_("分给谁"))

    def clean_shares(self) -> list[Share]:
        rows = self.cleaned_data["shares"]
        if any(row.get("side") is None for row in rows):
            raise forms.ValidationError(_("每一部分都要写明由谁办。"))
        return [Share(row["side"], row.get("title", "")) for row in rows]


class PartyForm(forms.Form):
    """Another in the place of whoever stands there, or one more beside them."""

    def __init__(
        self, party: Party, around: Around, *args: Any, adds: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.party = party
        self.fields["side"] = one_of(party, around)
        if adds := adds and party.many:
            ways = [("add", _("增加一个")), ("replace", _("换成这一个"))]
            self.fields["way"] = forms.ChoiceField(
                label=_("怎样调整"), choices=ways, widget=forms.RadioSelect, initial="add"
            )
        self.fields["reason"] = forms.CharField(
            label=_("理由"),
            max_length=NOTE,
            required=not adds,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def carry_out(self, verbs: Any, actor: Actor, matter: Matter, data: dict[str, Any]) -> Any:
        """Call the verb that the answers mean."""
        common = {"actor": actor, "matter": matter, "party": self.party.id, "side": data["side"]}
        if data.get("way") == "add":
            return verbs.add_owner(**common)
        return verbs.reassign(**common, reason=data["reason"])
