"""Addresses of ballots, short because people type them: /p/ and /p/<poll>/."""

from django.urls import path, register_converter

from .addresses import PublicIdConverter
from .views import phone

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
]
