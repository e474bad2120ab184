"""Appraisal's entry: audit words, navigation, duties, the kind of mechanism that it hosts."""

from django.apps import AppConfig


class AppraisalConfig(AppConfig):
    name = "shuzhi.appraisal"
    label = "appraisal"

    def ready(self) -> None:
        from shuzhi.catalogue.services import register_kind
        from shuzhi.kernel.audit import register_events, register_witness
        from shuzhi.kernel.navigation import register_entries
        from shuzhi.kernel.standing import register_standings
        from shuzhi.kernel.worklist import register_duties

        from . import receivers, tasks  # noqa: F401 (they register themselves)
        from .audit import EVENTS
        from .duties import review_duties
        from .duties_objections import objection_duties
        from .kinds import check_scheme, tell_scheme
        from .models import Review
        from .navigation import ENTRIES
        from .standing import review_standings
        from .witness import WORDS, witnessed

        register_events(EVENTS)
        register_witness(Review, witnessed, WORDS)
        register_entries(ENTRIES)
        register_duties(review_duties)
        register_standings(review_standings)
        register_kind("scheme", check_scheme, tell_scheme)
        register_duties(objection_duties)
