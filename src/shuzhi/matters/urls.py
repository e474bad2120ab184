"""Addresses of the matters room."""

from django.urls import path

from . import views

app_name = "matters"
urlpatterns = [
    path("", views.matter_list, name="list"),
    path("new/", views.choose_kind, name="new"),
    path("new/<str:kind>/", views.open_kind, name="open"),
    path("names/<str:of>/", views.names, name="names"),
    path("saved/", views.save_filter, name="save-filter"),
    path("saved/<str:saved>/drop/", views.drop_filter, name="drop-filter"),
    path("bulk/", views.bulk, name="bulk"),
    path("bulk/urge/", views.bulk_urge, name="bulk-urge"),
    path("bulk/parties/<str:party>/", views.bulk_party, name="bulk-party"),
    path("bulk/steps/<str:step>/", views.bulk_step, name="bulk-step"),
    path("digests/", views.digests, name="digests"),
    path("county/", views.county, name="county"),
    path("coverage/<str:kind>/", views.coverage, name="coverage"),
    path("board/<str:kind>/", views.board, name="board"),
    path("ledger/<str:kind>/", views.ledger, name="ledger"),
    path("ledger/<str:kind>/sheet/", views.ledger_sheet, name="ledger-sheet"),
    path("ledger/<str:kind>/take/", views.ledger_take, name="ledger-take"),
    path("<str:matter>/", views.matter_page, name="matter"),
    path("<str:matter>/urge/", views.matter_urge, name="urge"),
    path("<str:matter>/paper/", views.paper, name="paper"),
    path("<str:matter>/files/<int:file>/", views.matter_file, name="file"),
    path("<str:matter>/steps/<str:step>/", views.matter_step, name="step"),
    path("<str:matter>/more-time/<str:deadline>/", views.more_time, name="more-time"),
    path("<str:matter>/more-time/<str:deadline>/answer/", views.answer_time, name="answer-time"),
    path("<str:matter>/parts/", views.parts, name="parts"),
    path("<str:matter>/parties/<str:party>/", views.party, name="party"),
]
