"""The list of schemes, a new one, its text."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shuzhi.appraisal.forms.scheme_parts import StartForm
from shuzhi.appraisal.models import Review, SchemeDraft
from shuzhi.appraisal.queries import schemes as queries
from shuzhi.appraisal.services import schemes as verbs
from shuzhi.appraisal.tables_schemes import SCHEMES
from shuzhi.kernel.access import load
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import act, act_on_form
from shuzhi.kernel.tables import render_list
from shuzhi.kernel.typed import whole
from shuzhi.kernel.views.guards import needs
from shuzhi.registry.queries import home_of

from .loading import MANAGE, load_scheme, rights, url


@needs(queries.SEE)
def scheme_list(request: ActorRequest) -> HttpResponse:
    """List drafts and versions within reach."""
    return render_list(
        request,
        SCHEMES,
        queries.schemes(request.actor),
        template="appraisal/schemes/list.html",
        may_create=request.actor.has(MANAGE),
    )


def _source(request: ActorRequest, key: str, title: str) -> verbs.Source:
    sort, _colon, name = key.partition(":")
    if sort == "review":
        return verbs.Source.of_review(
            load(Review.objects.all(), request.actor, queries.SEE, MANAGE, public_id=name)
        )
    if sort == "version":
        return verbs.Source.of_version(
            load(SchemeDraft.objects.all(), request.actor, queries.SEE, public_id=name)
        )
    if sort == "catalogue":
        return verbs.Source.of_catalogue(name)
    return verbs.Source.empty(title)


def scheme_create(request: ActorRequest) -> HttpResponse:
    """Begin a scheme: a copy of last year's, of a version, of the catalogue's, or empty."""
    home = home_of(request.actor)
    if home is None or not request.actor.has(MANAGE):
        raise PermissionDenied
    sources = queries.sources(home)
    wanted = request.GET.get("from", "")
    chosen = wanted if wanted in dict(sources) else sources[0][0]
    initial = {"source": chosen, "title": queries.title_for(home, chosen)}
    form = StartForm(request.POST or None, sources=sources, initial=initial)
    return act_on_form(
        request,
        form,
        lambda data: verbs.begin_scheme(
            home,
            _source(request, data["source"], data["title"]),
            data["title"],
            actor=request.actor,
        ),
        template="appraisal/schemes/new.html",
        done=_("草稿已建好。改分值、改规则时，右边随时看得到按上年数据会怎样。"),
        to=url,
    )


def scheme_text(request: ActorRequest, scheme: str) -> HttpResponse:
    """Show the text itself; on POST put another in place."""
    if request.method != "POST":
        found = load_scheme(request, scheme)
        context = {"text": found.text, **rights(request, found)}
        return render(request, "appraisal/schemes/text.html", context)
    found = load_scheme(request, scheme, MANAGE)
    text = request.POST.get("text", "").replace("\r\n", "\n")
    base = whole(request.POST.get("revision", ""))
    return act(
        request,
        lambda: verbs.replace_text(found, -1 if base is None else base, text, actor=request.actor),
        done=_("方案文本已保存。"),
        to=url(found),
    )


@require_POST
def scheme_discard(request: ActorRequest, scheme: str) -> HttpResponse:
    """Throw a draft away."""
    found = load_scheme(request, scheme, MANAGE)
    return act(
        request,
        lambda: verbs.discard_scheme(found, actor=request.actor),
        done=_("草稿已删除。"),
        to=reverse("appraisal:schemes"),
    )
