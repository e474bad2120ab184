"""The shell's entry in Django's registry."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    name = "shuzhi.web"
    label = "web"

    def ready(self) -> None:
        from shuzhi.kernel.audit import register_events
        from shuzhi.kernel.navigation import Entry, Section, register_entries
        from shuzhi.kernel.worklist import register_duties

        from .duties import system_duties
        from .services import EVENTS

        register_events(EVENTS)
        register_entries([Entry(_("我的待办"), "web:home", None, Section.WORK)])
        register_duties(system_duties)
