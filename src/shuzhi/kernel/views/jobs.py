"""One's own jobs: how far they are, and what came of them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from shuzhi.kernel.files import file_response
from shuzhi.kernel.jobs.queries import jobs_of, mark_seen, result_file
from shuzhi.kernel.lists import JOBS, job_badge
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import answers_refusals
from shuzhi.kernel.tables import render_list


@require_safe
def job_list(request: ActorRequest) -> HttpResponse:
    """List one's own jobs."""
    return render_list(request, JOBS, jobs_of(request.actor))


@require_safe
def job_page(request: ActorRequest, job: str) -> HttpResponse:
    """Show a job; htmx asks again for its part of the page until it has ended.

    Whoever has waited on the page is led on to what the job has made.
    """
    found = get_object_or_404(jobs_of(request.actor), public_id=job)
    part = request.headers.get("HX-Target") == "job"
    if found.ended:
        mark_seen(found)
    if part and found.leads_on:
        messages.success(request, found.result["message"])
        return HttpResponse(status=204, headers={"HX-Redirect": found.result["url"]})
    context = {"job": found, "badge": job_badge(found)}
    return render(request, "kernel/_job.html" if part else "kernel/job.html", context)


@require_safe
@answers_refusals
def job_file(request: ActorRequest, job: str) -> HttpResponse:
    """Hand out the file that a job has made, to its owner."""
    file = result_file(get_object_or_404(jobs_of(request.actor), public_id=job))
    if file is None:
        raise Http404
    return file_response(file)
