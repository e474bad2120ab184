"""The room's entry in Django's registry: audit events, navigation, duties."""

from django.apps import AppConfig


class BallotsConfig(AppConfig):
    name = "shuzhi.ballots"
    label = "ballots"
    verbose_name = "测评"

    def ready(self) -> None:
        from shuzhi.catalogue.services import register_kind
        from shuzhi.kernel.audit import register_events
        from shuzhi.kernel.navigation import register_entries
        from shuzhi.kernel.worklist import register_duties

        from .audit import KINDS
        from .navigation import ENTRIES, poll_duties
        from .schema import PollForm

        register_events(KINDS)
        register_entries(ENTRIES)
        register_duties(poll_duties)
        register_kind("poll", PollForm)
