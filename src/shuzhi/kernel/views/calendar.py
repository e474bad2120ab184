"""The calendar of working days: holidays and make-up days of a year."""

import re
from datetime import date

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from shuzhi.kernel.access import Permission
from shuzhi.kernel.calendar import clear_day, missing_years, set_day
from shuzhi.kernel.calendar.counting import days_of
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import act, act_on_form

from .guards import needs

MANAGE = Permission.PERIOD_MANAGE
YEAR = re.compile(r"20\d\d", re.ASCII)
KINDS = (("", _("请选择")), ("off", _("放假")), ("on", _("上班")))


class DayForm(forms.Form):
    """A day that differs from the week."""

    day = forms.DateField(label=_("日期"), widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(label=_("安排"), choices=KINDS)
    name = forms.CharField(label=_("说明"), max_length=40)


def _year(request: ActorRequest) -> int:
    asked = request.GET.get("year", "")
    return int(asked) if YEAR.fullmatch(asked) else timezone.localdate().year


@needs(MANAGE)
def calendar_page(request: ActorRequest) -> HttpResponse:
    """Show a year, and set a day."""
    year = _year(request)
    return act_on_form(
        request,
        DayForm(request.POST or None),
        lambda data: set_day(
            actor=request.actor,
            day=data["day"],
            working=data["kind"] == "on",
            name=data["name"],
        ),
        template="kernel/calendar.html",
        done=_("已修改工作日历。"),
        to=lambda made: f"{reverse('kernel:calendar')}?year={made.day.year}",
        days=days_of(year),
        years=(year - 1, year, year + 1),
        year=year,
        missing=missing_years(date(year, 1, 1), date(year, 12, 31)),
    )


@require_POST
@needs(MANAGE)
def calendar_clear(request: ActorRequest, day: date) -> HttpResponse:
    """Let a day follow the week again."""
    return act(
        request,
        lambda: clear_day(actor=request.actor, day=day),
        done=_("这一天恢复为按星期计算。"),
        to=f"{reverse('kernel:calendar')}?year={day.year}",
    )
