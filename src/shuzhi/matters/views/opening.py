"""Open something new: choose among what one's unit works with, then fill in the form."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import act_on_form, answers_refusals
from shuzhi.kernel.uploads import accepts_upload
from shuzhi.matters import services
from shuzhi.matters.forms import OpeningForm
from shuzhi.matters.forms.naming import Around
from shuzhi.matters.forms.uploads import FORM_LIMIT
from shuzhi.matters.mechanism import Mechanism
from shuzhi.matters.models import Matter
from shuzhi.matters.queries.beside import story_url
from shuzhi.matters.queries.offered import offered_kinds
from shuzhi.matters.tables import list_address
from shuzhi.registry.queries import home_of

from .loading import load_kind


def choose_kind(request: ActorRequest) -> HttpResponse:
    """Offer what the reader can open, by plain titles."""
    if not (found := offered_kinds(request.actor)) and not request.actor.home_path:
        raise PermissionDenied
    return render(request, "matters/choose.html", {"kinds": found})


@accepts_upload(FORM_LIMIT)
@answers_refusals
def open_kind(request: ActorRequest, kind: str) -> HttpResponse:
    """Open one matter, or one for each unit named."""
    mechanism = _offered(request, kind)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = OpeningForm(mechanism, Around(request.actor), *posted)
    return act_on_form(
        request,
        form,
        lambda data: _open(request, mechanism, form, data),
        template="matters/open.html",
        done=lambda found: _done(mechanism, found),
        to=_where,
        mechanism=mechanism,
    )


def _offered(request: ActorRequest, kind: str) -> Mechanism:
    """Return what the reader may open: offered to no unit of theirs (404), not to open (403)."""
    offers = {row.id: row for row in offered_kinds(request.actor, every=True)}
    if kind not in offers:
        raise Http404
    if not offers[kind].may:
        raise PermissionDenied
    return load_kind(kind)


def _open(
    request: ActorRequest, mechanism: Mechanism, form: OpeningForm, data: dict[str, Any]
) -> list[Matter]:
    units = data["units"] or [home_of(request.actor)]
    common: dict[str, Any] = {
        "actor": request.actor,
        "mechanism": mechanism.id,
        "title": data["title"],
        "facts": form.raw(data),
        "parties": form.parties(data),
    }
    if len(units) == 1:
        return [services.open_matter(unit=units[0], **common)]
    return services.open_many(units=units, **common)


def _done(mechanism: Mechanism, found: list[Matter]) -> str:
    words = {"words": mechanism.plan.words, "n": len(found), "number": found[0].number}
    if len(found) == 1:
        return (_("已立项：%(words)s %(number)s") % words).strip()
    return ngettext("已立项 %(n)d 件%(words)s", "已立项 %(n)d 件%(words)s", len(found)) % words


def _where(found: list[Matter]) -> str:
    return story_url(found[0]) if len(found) == 1 else list_address(dispatch=found[0].dispatch)
