"""What the shell itself puts on work lists: the system administrator's troubles."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shuzhi.kernel.access import Actor, Permission
from shuzhi.kernel.worklist import Duty

from .health import troubles


def system_duties(actor: Actor) -> list[Duty]:
    """Return one duty for each thing that is not in order, due today."""
    if not actor.has(Permission.SYSTEM_MANAGE):
        return []
    today, url = timezone.localdate(), reverse("kernel:health")
    return [
        Duty(_("%(what)s需要处理") % {"what": found.name}, url, hint=found.words, due=today)
        for found in troubles()
    ]
