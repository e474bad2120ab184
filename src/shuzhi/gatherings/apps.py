"""Entry of the meetings room: its audit words and its place in the navigation."""

from django.apps import AppConfig


class GatheringsConfig(AppConfig):
    name = "shuzhi.gatherings"
    label = "gatherings"

    def ready(self) -> None:
        from shuzhi.catalogue.services import register_kind
        from shuzhi.kernel.audit import register_events
        from shuzhi.kernel.navigation import register_entries

        from .events import AUDIT
        from .navigation import ENTRIES
        from .plan import MeetingPlan

        register_events(AUDIT)
        register_entries(ENTRIES)
        register_kind("gathering", MeetingPlan)
