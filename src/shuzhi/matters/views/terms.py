"""More time: asked for, and answered by the other side."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from shuzhi.kernel.errors import StateError
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import act_on_form, answers_refusals
from shuzhi.matters import services
from shuzhi.matters.forms import DecisionForm, ExtensionForm
from shuzhi.matters.mechanism import mechanism_of
from shuzhi.matters.models import Matter
from shuzhi.matters.queries.beside import story_url
from shuzhi.matters.queries.owed import Term, terms
from shuzhi.matters.rights import rights

from .loading import load_matter


def _term(matter: Matter, key: str) -> Term:
    """Return the deadline as it runs now, else as it last ran."""
    for term in terms(matter):
        if term.row.key == key:
            return term
    raise Http404


@answers_refusals
def more_time(request: ActorRequest, matter: str, deadline: str) -> HttpResponse:
    """Ask for more time, with a reason."""
    found = load_matter(request, matter)
    term = _term(found, deadline)
    if deadline not in rights(found, request.actor)["may_ask"]:
        raise PermissionDenied
    rule = mechanism_of(found.reference).plan.by_deadline[deadline].extension
    if rule is None:
        raise Http404
    return act_on_form(
        request,
        ExtensionForm(rule, request.POST or None),
        lambda data: services.ask_extension(
            actor=request.actor, matter=found, deadline=deadline, **data
        ),
        template="matters/more_time.html",
        done=_("延期申请已送出，等待答复；答复以前原来的期限照算。"),
        to=story_url(found),
        matter=found,
        term=term,
        rule=rule,
    )


@answers_refusals
def answer_time(request: ActorRequest, matter: str, deadline: str) -> HttpResponse:
    """Grant or refuse what was asked for."""
    found = load_matter(request, matter)
    term = _term(found, deadline)
    if deadline not in rights(found, request.actor)["may_decide"]:
        raise PermissionDenied
    asked = term.asked
    if asked is None:
        raise StateError(_("这份延期申请已经答复过了。"))
    return act_on_form(
        request,
        DecisionForm(request.POST or None),
        lambda data: services.decide_extension(
            actor=request.actor,
            extension=asked,
            approve=data["approve"] == "yes",
            answer=data["answer"],
        ),
        template="matters/answer_time.html",
        done=_("已答复延期申请。"),
        to=story_url(found),
        matter=found,
        term=term,
    )
