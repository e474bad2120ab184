"""Registry's entry; supplies the kernel's question "who acts" at start-up."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "shuzhi.registry"
    label = "registry"
    verbose_name = "组织与人员"

    def ready(self) -> None:
        from shuzhi.kernel.access import install_source
        from shuzhi.kernel.audit import register_events

        from .events import EVENTS
        from .grants import actor_of

        install_source(actor_of)
        register_events(EVENTS)
