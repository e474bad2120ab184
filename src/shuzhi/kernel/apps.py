"""Kernel's entry in Django's registry."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "shuzhi.kernel"
    label = "kernel"
    verbose_name = "内核"
