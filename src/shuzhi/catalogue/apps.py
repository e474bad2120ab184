"""Catalogue's entry in Django's registry."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "shuzhi.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        from shuzhi.kernel.audit import register_events
        from shuzhi.kernel.navigation import register_entries

        from .events import EVENTS
        from .navigation import ENTRIES

        register_events(EVENTS)
        register_entries(ENTRIES)
