"""Addresses of ballots; those of raters are short because people type them."""

from django.urls import path, register_converter

from .addresses import PublicIdConverter
from .views import counting, differences, managing, phone, slips, tellers

register_converter(PublicIdConverter, "pid")
app_name = "ballots"
urlpatterns = [
    path("", phone.enter, name="enter"),
    path("find/", phone.find, name="find"),
    path("<pid:public_id>/", phone.phone, name="phone"),
    path("<pid:public_id>/cards-<slug:digest>.json", phone.cards, name="cards"),
    path("<pid:public_id>/slip/", phone.slip, name="slip"),
    path("<pid:public_id>/ballot/", phone.ballot, name="ballot"),
    path("<pid:public_id>/receipts/", phone.check_receipt, name="receipts"),
    # the commissioner
    path("polls/", managing.poll_list, name="polls"),
    path("polls/new/", managing.create, name="create"),
    path("polls/<pid:public_id>/", managing.poll_page, name="poll"),
    path("polls/<pid:public_id>/edit/", managing.edit, name="edit"),
    path("polls/<pid:public_id>/step/<slug:name>/", managing.step, name="step"),
    path("polls/<pid:public_id>/annul/", managing.annul, name="annul"),
    path("polls/<pid:public_id>/about/", managing.about, name="about"),
    path("polls/<pid:public_id>/cancel/", slips.cancel_slip, name="cancel-slip"),
    path("polls/<pid:public_id>/tellers/", tellers.teller, name="teller"),
    path("polls/<pid:public_id>/differences/", differences.for_desk, name="differences"),
    path("polls/<pid:public_id>/<slug:category>/print/", slips.print_slips, name="print"),
    path("polls/<pid:public_id>/<slug:category>/reprint/", slips.reprint_slips, name="reprint"),
    path("polls/<pid:public_id>/<slug:category>/cancel/", slips.cancel_unused, name="cancel"),
    path("polls/<pid:public_id>/<slug:category>/merge/", slips.merge, name="merge"),
    path("polls/<pid:public_id>/<slug:category>/issued/", slips.paper_issued, name="issued"),
    path("polls/<pid:public_id>/<slug:category>/form.pdf", slips.paper_form, name="paper-form"),
    path("polls/<pid:public_id>/<slug:category>/settle/", differences.settle, name="settle"),
    # the tellers
    path("count/", counting.polls, name="count-polls"),
    path("count/<pid:public_id>/", counting.count, name="count"),
    path("count/<pid:public_id>/differences/", differences.for_tellers, name="count-differences"),
    path("count/<pid:public_id>/<slug:category>/", counting.category, name="count-category"),
    path("count/<pid:public_id>/<slug:category>/counts/", counting.counts, name="count-counts"),
    path("count/<pid:public_id>/<slug:category>/remarks/", counting.remarks, name="count-remarks"),
    path("count/<pid:public_id>/<slug:category>/finish/", counting.finish, name="count-finish"),
    path("count/<pid:public_id>/<slug:category>/reopen/", counting.reopen, name="count-reopen"),
    path(
        "count/<pid:public_id>/<slug:category>/form/<int:number>/",
        counting.single,
        name="count-single",
    ),
    path(
        "count/<pid:public_id>/<slug:category>/item/<str:item>/",
        counting.tallies,
        name="count-item",
    ),
]
