"""Addresses of the yearly review."""

from django.urls import path

from .urls_objections import OBJECTIONS
from .urls_schemes import SCHEMES
from .views import (
    comments,
    events,
    figure_drafts,
    figures,
    overview,
    plans,
    problems,
    pulling,
    reports,
    results,
    screen,
    sources,
    vote,
    yearly,
)

app_name = "appraisal"
urlpatterns = [
    path("", overview.review_list, name="list"),
    path("new/", plans.create, name="create"),
    path("results/", results.index, name="results-index"),
    *SCHEMES,
    *OBJECTIONS,
    path("<str:review>/", overview.review_page, name="detail"),
    path("<str:review>/plan/", plans.plan, name="plan"),
    path("<str:review>/scheme/", plans.scheme, name="scheme"),
    path("<str:review>/scheme/save/", plans.scheme_save, name="scheme-save"),
    path("<str:review>/reporters/", plans.entrants, name="entrants"),
    path("<str:review>/reporters/choose/", plans.choose, name="entrants-choose"),
    path("<str:review>/reporters/order/", plans.order, name="entrants-order"),
    path("<str:review>/reporters/draw/", plans.draw, name="entrants-draw"),
    path("<str:review>/reporters/<str:entrant>/", plans.exempt, name="exempt"),
    *(
        path(f"<str:review>/{name}/", overview.step, {"step": name}, name=name)
        for name in overview.STEPS
    ),
    path("<str:review>/reports/", reports.report_list, name="reports"),
    path("<str:review>/reports/<str:entrant>/", reports.report, name="report"),
    path("<str:review>/reports/<str:entrant>/save/", reports.save, name="report-save"),
    path("<str:review>/reports/<str:entrant>/upload/", reports.upload, name="report-upload"),
    path("<str:review>/reports/<str:entrant>/word/", reports.download, name="report-word"),
    path("<str:review>/reports/<str:entrant>/submit/", reports.submit, name="report-submit"),
    path("<str:review>/reports/<str:entrant>/reopen/", reports.reopen, name="report-reopen"),
    path("<str:review>/figures/", figures.grid, name="figures"),
    path("<str:review>/figures/sheet/", figures.sheet, name="figures-sheet"),
    path("<str:review>/figures/upload/", figure_drafts.upload, name="figures-upload"),
    path(
        "<str:review>/figures/upload/<str:upload>/", figure_drafts.preview, name="figures-preview"
    ),
    path("<str:review>/figures/pull/", pulling.pull, name="figures-pull"),
    path("<str:review>/figures/sources/", sources.sources, name="figure-sources"),
    path("<str:review>/happenings/", events.add, {"kind": "happening"}, name="happening"),
    path(
        "<str:review>/happenings/<int:happening>/remove/",
        events.remove,
        {"kind": "happening"},
        name="happening-remove",
    ),
    path("<str:review>/vetoes/", events.add, {"kind": "veto"}, name="veto"),
    path(
        "<str:review>/vetoes/<int:veto>/remove/",
        events.remove,
        {"kind": "veto"},
        name="veto-remove",
    ),
    path("<str:review>/comments/", comments.comment_list, name="comments"),
    path("<str:review>/approvals/", comments.approvals, name="approvals"),
    path("<str:review>/comments/<str:entrant>/", comments.comment, name="comment"),
    path("<str:review>/comments/<str:entrant>/approve/", comments.approve, name="comment-approve"),
    path("<str:review>/results/", results.result_list, name="results"),
    path("<str:review>/yearly/", yearly.year_on_year, name="yearly"),
    path("<str:review>/vote/", vote.vote, name="vote"),
    path("<str:review>/screen/", screen.screen, name="screen"),
    path("<str:review>/results/<str:entrant>/", results.result, name="result"),
    path("<str:review>/decide/", results.decide, name="decide"),
    path("<str:review>/publish/", results.publish, name="publish"),
    path("<str:review>/reconsider/", results.reconsider, name="reconsider"),
    path("<str:review>/archive/", results.archive, name="archive"),
    path("<str:review>/problems/", problems.problem_list, name="problems"),
    path("<str:review>/problems/propose/", problems.propose, name="propose"),
    path("<str:review>/problems/new/", problems.name, name="problem-new"),
    path("<str:review>/problems/notices/", problems.notices, name="notices"),
    path("<str:review>/problems/<str:problem>/", problems.problem, name="problem"),
    path("<str:review>/problems/<str:problem>/<str:step>/", problems.step, name="problem-step"),
]
