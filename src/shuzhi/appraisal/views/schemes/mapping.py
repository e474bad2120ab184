"""Map this year's items to last year's, for trials and year-on-year figures."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from shuzhi.appraisal.forms.mapping import MappingForm
from shuzhi.appraisal.services import schemes as verbs
from shuzhi.appraisal.view import view_of
from shuzhi.engine.scheme import Faults
from shuzhi.kernel.errors import StateError
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import act_on_form, answers_refusals

from .loading import MANAGE, load_scheme, rights, url


def _titles(text: str) -> list[tuple[str, str]]:
    try:
        return list(view_of(text).titles.items())
    except Faults as error:
        raise StateError(_("先改正方案里的问题，再对应上年各项。")) from error


@answers_refusals
def scheme_mapping(request: ActorRequest, scheme: str) -> HttpResponse:
    """Choose for every item which of last year's it continues."""
    found = load_scheme(request, scheme, MANAGE)
    if found.last is None:
        raise StateError(_("还没有公布过的评议，没有上年各项可以对应。"))
    form = MappingForm(
        request.POST or None,
        items=_titles(found.text),
        old=_titles(found.last.scheme_text),
        mapping=found.mapping,
    )
    return act_on_form(
        request,
        form,
        lambda _data: verbs.set_mapping(found, form.mapping(), actor=request.actor),
        template="appraisal/schemes/mapping.html",
        done=_("已保存与上年各项的对应，试算和历年对比都按它来。"),
        to=url(found),
        last=found.last,
        **rights(request, found),
    )
