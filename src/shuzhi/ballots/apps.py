"""The room's entry in Django's registry: its audit events."""

from django.apps import AppConfig


class BallotsConfig(AppConfig):
    name = "shuzhi.ballots"
    label = "ballots"
    verbose_name = "测评"

    def ready(self) -> None:
        from shuzhi.kernel.audit import register_events

        from .audit import KINDS

        register_events(KINDS)
