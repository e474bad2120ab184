"""Addresses of the catalogue."""

from django.urls import path

from . import views

app_name = "catalogue"
urlpatterns = [
    path("", views.mechanism_list, name="list"),
    path("offerings/<int:offering>/withdraw/", views.withdraw, name="withdraw"),
    path("<slug:mechanism>/", views.mechanism_page, name="mechanism"),
    path("<slug:mechanism>/offer/", views.offer, name="offer"),
    path("<slug:mechanism>/<int:version>/text/", views.source, name="source"),
]
