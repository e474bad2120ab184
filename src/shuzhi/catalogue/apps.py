"""Catalogue's entry in Django's registry."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "shuzhi.catalogue"
    label = "catalogue"
    verbose_name = "制度库"

    def ready(self) -> None:
        from shuzhi.kernel.audit import register_events

        from .events import EVENTS

        register_events(EVENTS)
