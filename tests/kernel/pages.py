"""A few pages of our own, so that the kernel's web helpers are tried through real requests."""

from django.db.models import QuerySet
from django.forms import CharField, Form
from django.http import HttpRequest, HttpResponse
from django.urls import path

from shuzhi.kernel.errors import FaultsError, ForbiddenError, RefusedError, RowFault
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import act, act_on_form, answers_refusals
from shuzhi.kernel.tables import Badge, Column, Empty, Filter, Table, Tone, render_list
from shuzhi.registry.enums import UnitKind
from shuzhi.registry.models import Unit
from shuzhi.web.urls import handler400, handler403, handler404, handler500
from shuzhi.web.urls import urlpatterns as everything

__all__ = ["handler400", "handler403", "handler404", "handler500"]


def _named(rows: QuerySet[Unit], value: str) -> QuerySet[Unit]:
    return rows.filter(name__startswith=value)


UNITS = Table(
    name="test-units",
    title="单位一览",
    columns=(
        Column("name", "名称", sort="name", link=lambda unit: f"/units/{unit.code}/"),
        Column("code", "代码", sort="code"),
        Column("parent", "上级", value="parent.name"),
        Column("position", "次序", sort="position", numeric=True),
        Column("state", "状态", badge=lambda _unit: Badge("在用", Tone.DONE)),
    ),
    search=("name", "code"),
    filters=(
        Filter("kind", "类型", UnitKind.choices),
        Filter("begins", "开头", [("清", "清"), ("白", "白")], lookup=_named),
    ),
    default_sort="code",
    empty=Empty("还没有单位。", action="新建单位", url=lambda: "/units/new/"),
)


def units(request: ActorRequest) -> HttpResponse:
    return render_list(request, UNITS, Unit.objects.select_related("parent"))


def none(request: ActorRequest) -> HttpResponse:
    return render_list(request, UNITS, Unit.objects.none())


REFUSALS = {
    "plain": RefusedError("评议会还没有开始。"),
    "forbidden": ForbiddenError("只有组织委员可以办理。"),
    "faults": FaultsError([RowFault(3, "姓名", "没有这个人")]),
}


def _refuse(kind: str) -> str:
    if kind in REFUSALS:
        raise REFUSALS[kind]
    return kind


def step(request: HttpRequest, kind: str) -> HttpResponse:
    return act(request, lambda: _refuse(kind), done=lambda word: f"已办：{word}", to="/test/units/")


def silent(request: HttpRequest) -> HttpResponse:
    return act(request, lambda: None, done="", to="/test/units/")


@answers_refusals
def decorated(request: HttpRequest, kind: str) -> HttpResponse:
    return HttpResponse(_refuse(kind))


def bare(_request: HttpRequest, kind: str) -> HttpResponse:
    return HttpResponse(_refuse(kind))


def broken(_request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


class TitleForm(Form):
    title = CharField(label="标题", max_length=10)
    note = CharField(label="备注", required=False)


def form(request: HttpRequest) -> HttpResponse:
    return act_on_form(
        request,
        TitleForm(request.POST or None),
        lambda data: _refuse(data["title"]),
        template="web/password.html",
        done="已保存。",
        to="/test/units/",
    )


urlpatterns = [
    path("test/units/", units),
    path("test/none/", none),
    path("test/step/<kind>/", step),
    path("test/silent/", silent),
    path("test/decorated/<kind>/", decorated),
    path("test/bare/<kind>/", bare),
    path("test/broken/", broken),
    path("test/form/", form),
    *everything,
]
