"""Every address of the product, room by room."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from .views.reading import language

ROOMS = {
    "p/": "ballots",
    "registry/": "registry",
    "catalogue/": "catalogue",
    "gatherings/": "gatherings",
    "reviews/": "appraisal",
    "bulletins/": "bulletins",
    "matters/": "matters",
    "": "web",
    "system/": "kernel",
}

handler400 = "shuzhi.web.views.errors.bad_request"
handler403 = "shuzhi.web.views.errors.forbidden"
handler404 = "shuzhi.web.views.errors.not_found"
handler500 = "shuzhi.web.views.errors.fault"

urlpatterns: list[URLPattern | URLResolver] = [
    path("language/", language, name="set_language"),
    *(
        path(prefix, include(f"shuzhi.{room}.{'routes' if room == 'web' else 'urls'}"))
        for prefix, room in ROOMS.items()
        if find_spec(f"shuzhi.{room}")
        and find_spec(f"shuzhi.{room}.{'routes' if room == 'web' else 'urls'}")
    ),
]
