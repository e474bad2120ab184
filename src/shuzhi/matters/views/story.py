"""One matter's story, its files, and its steps."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shuzhi.kernel.files import file_response
from shuzhi.kernel.language import listed
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import act, act_on_form, answers_refusals
from shuzhi.kernel.uploads import accepts_upload
from shuzhi.kernel.workflow import available
from shuzhi.matters import services
from shuzhi.matters.exports import is_handed_over
from shuzhi.matters.forms import StepForm
from shuzhi.matters.forms.naming import Around
from shuzhi.matters.forms.uploads import FORM_LIMIT
from shuzhi.matters.mechanism import mechanism_of
from shuzhi.matters.models import Matter
from shuzhi.matters.queries import owed, telling
from shuzhi.matters.queries.beside import story_url
from shuzhi.matters.queries.listing import turn_names
from shuzhi.matters.rights import rights

from .loading import load_matter, load_step


def matter_page(request: ActorRequest, matter: str) -> HttpResponse:
    """Tell what is owed, by whom, until when, what comes next; then the story."""
    found = load_matter(request, matter)
    mechanism = mechanism_of(found.reference)
    names = [step.name for step in available(mechanism.flow, found, request.actor)]
    steps = [mechanism.plan.by_step[name] for name in names]
    context = {
        "matter": found,
        "mechanism": mechanism,
        "entries": telling.story(found),
        "terms": owed.terms(found),
        "sides": owed.sides(found),
        "next_steps": owed.next_steps(found),
        "steps": steps,
        "main": owed.main_step(found, steps),
        "prints": is_handed_over(found),
        "parts": owed.parts(found),
        "related": owed.related(found, request.actor),
        **rights(found, request.actor),
    }
    return render(request, "matters/matter.html", context)


def matter_file(request: ActorRequest, matter: str, file: int) -> HttpResponse:
    """Hand out a file of the story."""
    found = load_matter(request, matter)
    row = get_object_or_404(found.files.select_related("file"), pk=file)
    return file_response(row.file)


@require_POST
def matter_urge(request: ActorRequest, matter: str) -> HttpResponse:
    """Press whoever's turn it is."""
    found = load_matter(request, matter)
    return act(
        request,
        lambda: services.urge(
            actor=request.actor, matter=found, words=request.POST.get("words", "")
        ),
        done=lambda after: _("已催办：%(who)s。") % {"who": listed(turn_names(after))},
        to=story_url(found),
    )


@accepts_upload(FORM_LIMIT)
@answers_refusals
def matter_step(request: ActorRequest, matter: str, step: str) -> HttpResponse:
    """Ask for what a step needs, and take it."""
    found = load_matter(request, matter)
    mechanism, row = load_step(request, found, step)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = StepForm(mechanism, row, Around(request.actor), *posted, known=found.facts)
    return act_on_form(
        request,
        form,
        lambda data: services.take_step(
            actor=request.actor,
            matter=found,
            step=step,
            facts=form.raw(data),
            parties=form.parties(data),
        ),
        template="matters/step.html",
        done=lambda after: _done(after, str(row.label)),
        to=story_url(found),
        matter=found,
        row=row,
        sides=owed.sides(found),
    )


def _done(matter: Matter, step: str) -> str:
    """Say what happened and whose turn it is now."""
    if matter.ended:
        return _("已办理“%(step)s”，这件事项办结了。") % {"step": step}
    who = listed(turn_names(matter))
    return _("已办理“%(step)s”，现在轮到%(who)s。") % {"step": step, "who": who}
