"""A reporter's own feedback, to read on a phone and to print."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import override

from shuzhi.bulletins.collecting import feedback_of
from shuzhi.bulletins.meeting import proof_of
from shuzhi.bulletins.papers.feedback import feedback_page, mark_rows
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import attachment

from .loading import load_entrant


def feedback(request: ActorRequest, entrant: str) -> HttpResponse:
    """Show one reporter's result, marks, comment, opinions and problems."""
    row = load_entrant(request, entrant)
    facts = feedback_of(row)
    context = {"entrant": row, "facts": facts, "marks": mark_rows(facts)}
    return render(request, "bulletins/feedback.html", context)


def feedback_pdf(request: ActorRequest, entrant: str) -> HttpResponse:
    """Hand out the same as one page of PDF."""
    row = load_entrant(request, entrant)
    with override("zh-hans"):  # papers are Chinese, whoever prints them
        facts = feedback_of(row)
        page = feedback_page(facts, proof_of(row.review))
    name = f"{facts.title}-{facts.outcome.unit}.pdf"
    return attachment(page, name, "application/pdf")
