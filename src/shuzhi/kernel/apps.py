"""Kernel's entry in Django's registry."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class KernelConfig(AppConfig):
    name = "shuzhi.kernel"
    label = "kernel"

    def ready(self) -> None:
        from . import site
        from .audit import register_events
        from .calendar.services import seed_calendar
        from .event_kinds import EVENTS

        register_events(EVENTS)
        site.register()
        post_migrate.connect(seed_calendar, sender=self)
