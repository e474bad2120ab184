"""Matters' entry in Django's registry: the kind of mechanism hosted, audit words, navigation."""

from django.apps import AppConfig


class MattersConfig(AppConfig):
    name = "shuzhi.matters"
    label = "matters"

    def ready(self) -> None:
        from shuzhi.catalogue.services import register_kind
        from shuzhi.kernel.audit import register_events
        from shuzhi.kernel.health import register_check
        from shuzhi.kernel.measures import register_measures
        from shuzhi.kernel.navigation import register_entries
        from shuzhi.kernel.tending import register_tending
        from shuzhi.kernel.worklist import register_duties

        from . import tasks
        from .duties import matter_duties
        from .events import AUDIT
        from .measuring import measures_of, names
        from .navigation import ENTRIES
        from .schema import check_body

        register_events(AUDIT)
        register_entries(ENTRIES)
        register_kind("matter", check_body)
        register_measures(names, measures_of)
        register_duties(matter_duties)
        register_tending(tasks.morning_round)
        register_check(tasks.reminders_check)
