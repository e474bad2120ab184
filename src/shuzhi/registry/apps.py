"""Registry's entry; supplies the kernel's question "who acts" at start-up."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "shuzhi.registry"
    label = "registry"
    verbose_name = "组织与人员"

    def ready(self) -> None:
        from shuzhi.kernel.access import install_source
        from shuzhi.kernel.audit import register_events
        from shuzhi.kernel.navigation import register_entries

        from .events import EVENTS
        from .grants import actor_of
        from .navigation import ENTRIES

        install_source(actor_of)
        register_events(EVENTS)
        register_entries(ENTRIES)
