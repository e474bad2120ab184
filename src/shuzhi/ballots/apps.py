"""The room's entry in Django's registry: audit events, navigation, duties, tending."""

from django.apps import AppConfig


class BallotsConfig(AppConfig):
    name = "shuzhi.ballots"
    label = "ballots"

    def ready(self) -> None:
        from shuzhi.catalogue.services import register_kind
        from shuzhi.kernel.audit import register_events, register_witness
        from shuzhi.kernel.jobs import register_busy
        from shuzhi.kernel.navigation import register_entries
        from shuzhi.kernel.tending import register_tending
        from shuzhi.kernel.worklist import register_duties

        from .audit import KINDS
        from .digest import WORDS, witnessed
        from .models import Poll
        from .navigation import ENTRIES, poll_duties
        from .queries import voting_now
        from .schema import PollForm
        from .services.endings import destroy_spent_keys

        register_events(KINDS)
        register_witness(Poll, witnessed, WORDS)
        register_busy(voting_now)
        register_entries(ENTRIES)
        register_duties(poll_duties)
        register_tending(destroy_spent_keys)
        register_kind("poll", PollForm)
