"""Parts for several owners, and another owner in one's place."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import act_on_form, answers_refusals
from shuzhi.matters import services
from shuzhi.matters.forms.naming import Around
from shuzhi.matters.forms.sharing import PartyForm, SharesForm
from shuzhi.matters.mechanism import mechanism_of
from shuzhi.matters.queries.beside import story_url
from shuzhi.matters.rights import rights

from .loading import load_matter


@answers_refusals
def parts(request: ActorRequest, matter: str) -> HttpResponse:
    """Share a matter out among several owners."""
    found = load_matter(request, matter)
    plan = mechanism_of(found.reference).plan
    if plan.split is None:
        raise Http404
    if not rights(found, request.actor)["may_split"]:
        raise PermissionDenied
    form = SharesForm(plan.by_party[plan.split.party], Around(request.actor), request.POST or None)
    return act_on_form(
        request,
        form,
        lambda data: services.split(actor=request.actor, matter=found, shares=data["shares"]),
        template="matters/parts.html",
        done=lambda made: ngettext("已分办给 %d 家。", "已分办给 %d 家。", len(made)) % len(made),
        to=story_url(found),
        matter=found,
    )


@answers_refusals
def party(request: ActorRequest, matter: str, party: str) -> HttpResponse:
    """Put another unit or person in a party's place, or add one beside the others."""
    found = load_matter(request, matter)
    row = mechanism_of(found.reference).plan.by_party.get(party)
    if row is None:
        raise Http404
    if party not in rights(found, request.actor)["replaceable"]:
        raise PermissionDenied
    form = PartyForm(row, Around(request.actor), request.POST or None)
    return act_on_form(
        request,
        form,
        lambda data: form.carry_out(services, request.actor, found, data),
        template="matters/party.html",
        done=_("“%(party)s”已经调整，期限照算。") % {"party": row.label},
        to=story_url(found),
        matter=found,
        party=row,
    )
