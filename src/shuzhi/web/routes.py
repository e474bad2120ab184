"""The shell's own addresses."""

from django.urls import path

from .views import account, health, home, reading

app_name = "web"
urlpatterns = [
    path("", home.home, name="home"),
    path("healthz", health.healthz, name="health"),
    path("login/", account.login, name="login"),
    path("logout/", account.logout, name="logout"),
    path("password/", account.password, name="password"),
    path("alive/", reading.alive, name="alive"),
    path("year/", reading.year, name="year"),
    path("unit/", reading.unit, name="unit"),
    path("large-type/", reading.large_type, name="large-type"),
]
