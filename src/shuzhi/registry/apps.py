"""Registry's entry; answers the kernel's questions "who acts" and "is the year open"."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "shuzhi.registry"
    label = "registry"

    def ready(self) -> None:
        from shuzhi.kernel.access import install_source
        from shuzhi.kernel.audit import register_events
        from shuzhi.kernel.navigation import register_entries
        from shuzhi.kernel.period import install_years

        from .events import EVENTS
        from .grants import actor_of
        from .navigation import ENTRIES
        from .queries import years_open

        install_source(actor_of)
        install_years(years_open)
        register_events(EVENTS)
        register_entries(ENTRIES)
