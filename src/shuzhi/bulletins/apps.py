"""Entry of the bulletins room: audit words, witness, navigation, duties."""

from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    name = "shuzhi.bulletins"
    label = "bulletins"

    def ready(self) -> None:
        from shuzhi.kernel.audit import register_events
        from shuzhi.kernel.audit.witnesses import register_witness
        from shuzhi.kernel.navigation import register_entries
        from shuzhi.kernel.worklist import register_duties

        from .audit import EVENTS
        from .content import PARTS, witnessed
        from .duties import duties
        from .models import Bulletin
        from .navigation import ENTRIES

        register_events(EVENTS)
        register_witness(Bulletin, witnessed, PARTS)
        register_entries(ENTRIES)
        register_duties(duties)
