"""The shell's entry in Django's registry."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "shuzhi.web"
    label = "web"
    verbose_name = "数智"
