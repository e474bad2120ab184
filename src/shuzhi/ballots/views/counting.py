"""The tellers' table: own counts, tallies or single forms, opinions, and the end of the work."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shuzhi.ballots import services
from shuzhi.ballots.enums import PaperMode, PollState
from shuzhi.ballots.forms import CountsForm
from shuzhi.ballots.models import Poll
from shuzhi.ballots.paper_content import FormEntry
from shuzhi.ballots.queries import own_entry, paper_states
from shuzhi.ballots.services.paper import check_closed
from shuzhi.ballots.tally_sheet import (
    columns,
    form_rows,
    keys,
    read_form,
    read_remarks,
    read_tallies,
    remark_rows,
    tally_rows,
)
from shuzhi.kernel.access import visible
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import act
from shuzhi.kernel.views.guards import needs

from .loading import COUNT, category_of, load_counted


@needs(COUNT)
def polls(request: ActorRequest) -> HttpResponse:
    """List the polls whose paper waits for the teller."""
    rows = Poll.objects.filter(visible(request.actor, COUNT, Poll), state=PollState.CLOSED)
    waiting = rows.filter(paper__issued__gt=0).distinct()
    return render(request, "ballots/count_polls.html", {"polls": waiting})


def count(request: ActorRequest, public_id: str) -> HttpResponse:
    """Show the categories of a poll, and where the count of each stands."""
    poll = load_counted(request, public_id)
    states = paper_states(poll) if poll.state == PollState.CLOSED else []
    return render(request, "ballots/count.html", {"poll": poll, "states": states})


def _context(request: ActorRequest, public_id: str, category: str) -> dict[str, Any]:
    poll = load_counted(request, public_id)
    check_closed(poll)
    row = category_of(poll, category)
    finished, content = own_entry(poll, row.id, request.actor.account_id)
    return {
        "poll": poll,
        "category": row,
        "finished": finished,
        "content": content,
        "cards": list(poll.cards.all()),
        "form": poll.parsed_form,
    }


def category(request: ActorRequest, public_id: str, category: str) -> HttpResponse:
    """Show the teller's own work on one category."""
    context = _context(request, public_id, category)
    content = context["content"]
    context |= {
        "counts": CountsForm(initial=content.counts),
        "by_form": context["poll"].paper_mode == PaperMode.BALLOTS,
        "entered": sorted(content.forms),
        "following": max(content.forms, default=0) + 1,
        "tallied": set(content.tallies),
        "unmarked": content.unmarked(PaperMode(context["poll"].paper_mode)),
    }
    return render(request, "ballots/count_category.html", context)


def _save(
    request: ActorRequest, public_id: str, category: str, run: Callable[[], Any], done: str
) -> HttpResponse:
    to = reverse("ballots:count-category", args=[public_id, category])
    return act(request, run, done=done, to=to)


def _where(request: ActorRequest, public_id: str, category: str) -> dict[str, Any]:
    poll = load_counted(request, public_id)
    return {"actor": request.actor, "poll": poll, "category": category_of(poll, category).id}


def _clean(form: Form) -> dict[str, Any]:
    if not form.is_valid():
        raise RefusedError(_("张数要填 0 或正整数，四项都要填。"))
    return form.cleaned_data


@require_POST
def counts(request: ActorRequest, public_id: str, category: str) -> HttpResponse:
    """Save what became of the forms."""
    where = _where(request, public_id, category)

    def run() -> None:
        services.save_counts(**where, counts=_clean(CountsForm(request.POST)))

    return _save(request, public_id, category, run, _("张数已经保存。"))


def tallies(request: ActorRequest, public_id: str, category: str, item: str) -> HttpResponse:
    """Show or save the tally sheet of one item."""
    context = _context(request, public_id, category)
    form, cards = context["form"], context["cards"]
    asked = next((row for row in form.items if row.id == item), None)
    if asked is None:
        raise Http404
    if request.method != "POST":
        entered = context["content"].tallies.get(item, {})
        context |= {"item": asked, "columns": columns(form)}
        context["rows"] = tally_rows(form, cards, entered)
        return render(request, "ballots/count_tallies.html", context)
    where = _where(request, public_id, category)

    def run() -> None:
        read = read_tallies(form, cards, request.POST)
        services.save_tallies(**where, item=item, tallies=read)

    return _save(request, public_id, category, run, _("这张计票单已经保存。"))


def single(request: ActorRequest, public_id: str, category: str, number: int) -> HttpResponse:
    """Show or save one paper form."""
    context = _context(request, public_id, category)
    form, cards = context["form"], context["cards"]
    entry = context["content"].forms.get(number, FormEntry())
    if request.method != "POST":
        context |= {
            "number": number,
            "keys": keys(form),
            "known": number in context["content"].forms,
        }
        context["rows"] = form_rows(form, cards, entry)
        return render(request, "ballots/count_single.html", context)
    where = _where(request, public_id, category)
    if "remove" in request.POST:
        return _save(
            request,
            public_id,
            category,
            lambda: services.remove_form(**where, number=number),
            _("已经取消这张票的录入。"),
        )

    def run() -> None:
        services.save_form(**where, number=number, marks=read_form(form, cards, request.POST))

    to = reverse("ballots:count-single", args=[public_id, category, number + 1])
    return act(request, run, done=_("第 %(n)d 号票已经保存。") % {"n": number}, to=to)


def remarks(request: ActorRequest, public_id: str, category: str) -> HttpResponse:
    """Show or save the opinions written on paper forms."""
    context = _context(request, public_id, category)
    if request.method != "POST":
        context["rows"] = remark_rows(context["cards"], context["content"].remarks)
        return render(request, "ballots/count_remarks.html", context)
    where = _where(request, public_id, category)

    def run() -> None:
        services.save_remarks(**where, remarks=read_remarks(context["cards"], request.POST))

    return _save(request, public_id, category, run, _("意见已经保存。"))


@require_POST
def finish(request: ActorRequest, public_id: str, category: str) -> HttpResponse:
    """Declare the own entry complete."""
    where = _where(request, public_id, category)
    to = reverse("ballots:count", args=[public_id])
    return act(
        request,
        lambda: services.finish_entry(**where, all_blank="all_blank" in request.POST),
        done=_("已经录完。等另一名计票员也录完，就能看到两人的差异。"),
        to=to,
    )


@require_POST
def reopen(request: ActorRequest, public_id: str, category: str) -> HttpResponse:
    """Take the own entry up again."""
    where = _where(request, public_id, category)
    return _save(
        request,
        public_id,
        category,
        lambda: services.reopen_entry(**where),
        _("可以重新录入了，改好后再点“录完”。"),
    )
