"""Years of work."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shuzhi.kernel.access import Permission
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import act, act_on_form
from shuzhi.kernel.views.guards import needs
from shuzhi.registry import queries, services
from shuzhi.registry.forms import YearForm

STEPS = {"close": services.close_period, "reopen": services.reopen_period}


@needs(Permission.PERIOD_MANAGE)
def period_list(request: ActorRequest) -> HttpResponse:
    """List the years, and open a new one."""
    return act_on_form(
        request,
        YearForm(request.POST or None, initial={"year": queries.next_year()}),
        lambda data: services.open_period(actor=request.actor, **data),
        template="registry/periods.html",
        done=lambda made: _("%(year)d 年度已启用。") % {"year": made.year},
        to=reverse("registry:periods"),
        periods=queries.periods(request.actor),
    )


@needs(Permission.PERIOD_MANAGE)
@require_POST
def period_step(request: ActorRequest, year: str, step: str) -> HttpResponse:
    """Close a year or open it again."""
    period = queries.period(int(year))
    if period is None:
        raise Http404
    done = (
        _("%(year)d 年度已封存，不再接受修改。")
        if step == "close"
        else _("%(year)d 年度已重新启用。")
    )
    return act(
        request,
        lambda: STEPS[step](actor=request.actor, period=period),
        done=done % {"year": period.year},
        to=reverse("registry:periods"),
    )
