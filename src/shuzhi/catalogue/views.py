"""Pages of the catalogue."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shuzhi.kernel.access import Permission, load
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import act
from shuzhi.kernel.tables import render_list
from shuzhi.kernel.typed import whole
from shuzhi.kernel.views.guards import needs
from shuzhi.registry.queries import home_of

from . import queries, services
from .contents import contents_of
from .models import MechanismVersion, Offering
from .pictures import bars_of, chart_of, steps_of
from .tables import MECHANISMS

VIEW, MANAGE = Permission.CATALOGUE_VIEW, Permission.CATALOGUE_MANAGE


def _version(mechanism: str, asked: str) -> MechanismVersion:
    rows = queries.versions_of(mechanism)
    if (number := whole(asked)) is not None:
        rows = rows.filter(version=number)
    row = rows.first()
    if row is None:
        raise Http404
    return row


@needs(VIEW)
def mechanism_list(request: ActorRequest) -> HttpResponse:
    """List the mechanisms, and which of them the person's unit works with."""
    return render_list(request, MECHANISMS, queries.listed(home_of(request.actor)))


@needs(VIEW)
def mechanism_page(request: ActorRequest, mechanism: str) -> HttpResponse:
    """Show one mechanism: purpose, picture, rules, what is still to be confirmed, its text."""
    row = _version(mechanism, request.GET.get("version", ""))
    home = home_of(request.actor)
    context = {
        "row": row,
        "title": row.called,
        "envelope": row.pack.envelope,
        "sections": contents_of(row.kind, row.pack.body, row.pack.body_text),
        "bars": bars_of(row.pack.body),
        "steps": steps_of(row.pack.body),
        "chart": chart_of(row.pack.body),
        "versions": queries.versions_of(mechanism),
        "offerings": queries.offerings(mechanism, request.actor),
        "home": home,
        "offered": home is not None and mechanism in queries.offered_to(home),
        "may_manage": request.actor.has(MANAGE),
    }
    return render(request, "catalogue/mechanism.html", context)


@require_POST
@needs(MANAGE)
def offer(request: ActorRequest, mechanism: str) -> HttpResponse:
    """Enable a mechanism for the person's own unit and all below it."""
    row = _version(mechanism, "")
    home = home_of(request.actor)
    if home is None:
        raise PermissionDenied
    return act(
        request,
        lambda: services.offer(actor=request.actor, mechanism=mechanism, unit=home),
        done=_("%(unit)s及其下级现在可以使用“%(title)s”。")
        % {"unit": home.name, "title": row.called},
        to=reverse("catalogue:mechanism", args=[mechanism]),
    )


@require_POST
def withdraw(request: ActorRequest, offering: int) -> HttpResponse:
    """Stop offering a mechanism."""
    rows = Offering.objects.select_related("unit")
    found = load(rows, request.actor, VIEW, MANAGE, pk=offering)
    return act(
        request,
        lambda: services.withdraw(actor=request.actor, offering=found),
        done=_("已停用。正在进行的工作仍按原版本办完。"),
        to=reverse("catalogue:mechanism", args=[found.mechanism]),
    )


@needs(VIEW)
def source(_request: ActorRequest, mechanism: str, version: int) -> HttpResponse:
    """Hand out the text of a version as it is kept."""
    row = get_object_or_404(MechanismVersion, mechanism=mechanism, version=version)
    response = HttpResponse(row.text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{row.reference}.yaml"'
    return response
