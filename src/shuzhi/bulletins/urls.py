"""Addresses of the bulletins room."""

from django.urls import path

from . import views

app_name = "bulletins"
urlpatterns = [
    path("", views.bulletin_list, name="list"),
    path("meetings/", views.meeting_list, name="meetings"),
    path("meetings/<str:review>/", views.meeting, name="meeting"),
    path("meetings/<str:review>/begin/", views.begin, name="begin"),
    path("meetings/<str:review>/papers/<str:paper>/", views.paper, name="paper"),
    path("feedback/<str:entrant>/", views.feedback, name="feedback"),
    path("feedback/<str:entrant>/page.pdf", views.feedback_pdf, name="feedback-pdf"),
    path("<str:bulletin>/", views.bulletin_page, name="detail"),
    path("<str:bulletin>/edit/", views.edit, name="edit"),
    path("<str:bulletin>/chart.svg", views.chart, name="chart"),
    path("<str:bulletin>/files/<str:kind>/", views.file, name="file"),
    path("<str:bulletin>/sealed/", views.seal, name="seal"),
    path("<str:bulletin>/replace/", views.replace, name="replace"),
    path("<str:bulletin>/steps/<str:step>/", views.step, name="step"),
]
