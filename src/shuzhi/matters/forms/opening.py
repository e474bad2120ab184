"""What opening a matter asks for: about whom, what is owed, facts, parties."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shuzhi.matters.limits import TITLE
from shuzhi.matters.mechanism import Mechanism

from .facts import FactsForm
from .naming import Around, SeveralField, UnitField


class OpeningForm(FactsForm):
    """Title, unit or units, then what the mechanism needs."""

    def __init__(self, mechanism: Mechanism, around: Around, *args: Any, **kwargs: Any) -> None:
        plan = mechanism.plan
        opens = plan.opens
        super().__init__(
            plan, around, *args, needs=opens.needs, offers=opens.offers, named=plan.named, **kwargs
        )
        own = {
            "title": forms.CharField(label=str(plan.subject), max_length=TITLE),
            "units": SeveralField(
                UnitField(around),
                label=str(plan.about.label),
                help_text=_("一行一个，填名称或代码；填几个单位，就各交办一件"),
                required=not self.alone(mechanism),
            ),
        }
        self.fields = own | self.fields
        if self.alone(mechanism):
            self.fields["units"].help_text = _("不填就是本单位")

    @staticmethod
    def alone(mechanism: Mechanism) -> bool:
        """Tell whether one opens it about the own unit, or may as anybody."""
        opens = mechanism.plan.opens
        return opens.anybody or mechanism.plan.about.id in opens.by
