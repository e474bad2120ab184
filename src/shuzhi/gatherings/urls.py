"""Addresses of the meetings room."""

from django.urls import path

from . import views

app_name = "gatherings"
urlpatterns = [
    path("", views.gathering_list, name="list"),
    path("<str:gathering>/", views.gathering_page, name="detail"),
    path("<str:gathering>/arrangements/", views.arrangements, name="arrangements"),
    path("<str:gathering>/order/draw/", views.draw, name="draw"),
    path("<str:gathering>/roll/", views.roll, name="roll"),
    path("<str:gathering>/roll/add/", views.call, name="call"),
    path("<str:gathering>/roll/sheet/", views.roll_sheet, name="roll-sheet"),
    path("<str:gathering>/roll/<str:attendee>/remove/", views.remove, name="remove"),
    path("<str:gathering>/door/", views.door, name="door"),
    path("<str:gathering>/door/<str:attendee>/", views.presence, name="presence"),
    path("<str:gathering>/desk/", views.desk, name="desk"),
    path("<str:gathering>/live/", views.live, name="live"),
    path("<str:gathering>/open/", views.open_meeting, name="open"),
    path("<str:gathering>/close/", views.close, name="close"),
    path("<str:gathering>/next/", views.next_reporter, name="next"),
    path("<str:gathering>/turns/<str:turn>/move/", views.move, name="move"),
    path("<str:gathering>/turns/<str:turn>/<str:step>/", views.step, name="step"),
    path("<str:gathering>/record/", views.record, name="record"),
    path("<str:gathering>/screen/", views.screen, name="screen"),
]
