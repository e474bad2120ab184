"""Addresses of the score check."""

from django.urls import path

from .views import objections

OBJECTIONS = [
    path("<str:review>/check/", objections.check, name="check-scores"),
    path("<str:review>/objections/", objections.objection_list, name="objections"),
    path("<str:review>/objections/<str:objection>/", objections.answer, name="objection"),
    path(
        "<str:review>/objections/<str:objection>/evidence/",
        objections.evidence,
        name="objection-evidence",
    ),
    path(
        "<str:review>/objections/<str:objection>/take-back/",
        objections.take_back,
        name="objection-take-back",
    ),
    path("<str:review>/results/<str:entrant>/object/", objections.lodge, name="object"),
]
