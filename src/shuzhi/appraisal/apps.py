"""Appraisal's entry."""

from django.apps import AppConfig


class AppraisalConfig(AppConfig):
    name = "shuzhi.appraisal"
    label = "appraisal"
    verbose_name = "考核评议"

    def ready(self) -> None:
        from shuzhi.kernel.audit import register_events

        from .audit import EVENTS

        register_events(EVENTS)
