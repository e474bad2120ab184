"""Forms of the registry; people and units are named as clerks name them."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.access import Actor, Permission, visible
from shuzhi.kernel.language import listed

from .enums import Role, UnitKind
from .models import Person, Unit
from .policy import TEMPORARY_ROLES, alive
from .queries import people_named, units_named

SUGGESTIONS = 200


class DateInput(forms.DateInput):
    """A date from the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class Suggested(forms.TextInput):
    """Free text with a list of suggestions beneath."""

    template_name = "registry/_suggested.html"
    suggestions: list[str]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        found = super().get_context(name, value, attrs)
        found["widget"]["attrs"] |= {"list": f"{name}-list", "autocomplete": "off"}
        found["widget"]["suggestions"] = getattr(self, "suggestions", [])
        return found


class UnitField(forms.CharField):
    """A unit by code or name, among those that the actor may manage."""

    widget = Suggested

    def offer(self, actor: Actor, permission: Permission) -> None:
        """Say among which units to look."""
        self.rows = Unit.objects.filter(alive(), visible(actor, permission, Unit))
        self.widget.suggestions = [unit.with_code for unit in self.rows[:SUGGESTIONS]]

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        found = units_named(self.rows, typed)
        if len(found) == 1:
            return found[0]
        raise forms.ValidationError(
            _("有几个组织同名，请改填代码。")
            if found
            else _("没有找到这个组织，请填写代码或全称。")
        )


class PersonField(forms.CharField):
    """Somebody by name, with the unit behind it where the name is not enough: 张伟（槐荫社区）."""

    widget = Suggested

    def offer(self, rows: QuerySet[Person]) -> None:
        """Say among whom to look."""
        self.rows = rows.filter(temporary=False).select_related("home")
        self.widget.suggestions = [person.with_unit for person in self.rows[:SUGGESTIONS]]

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        found = people_named(self.rows, typed)
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(_("没有找到这个人，请先登记人员。"))
        raise forms.ValidationError(
            _("有几位同名，请写成：%(choices)s")
            % {"choices": listed(person.with_unit for person in found)}
        )


class NewUnitForm(forms.Form):
    code = forms.CharField(
        label=_("代码"), max_length=40, help_text=_("便于录入的短代码，如 TOWN-05")
    )
    name = forms.CharField(label=_("名称"), max_length=120)
    short_name = forms.CharField(label=_("简称"), max_length=40, required=False)
    kind = forms.ChoiceField(label=_("类型"), choices=UnitKind)
    since = forms.DateField(label=_("成立日期"), required=False, widget=DateInput)


class UnitNameForm(forms.Form):
    name = forms.CharField(label=_("名称"), max_length=120)
    short_name = forms.CharField(label=_("简称"), max_length=40, required=False)


class MoveForm(forms.Form):
    parent = UnitField(label=_("新的上级"), help_text=_("填写代码或全称"))


class AbolishForm(forms.Form):
    until = forms.DateField(label=_("撤销日期"), widget=DateInput, initial=timezone.localdate)


class PersonForm(forms.Form):
    name = forms.CharField(label=_("姓名"), max_length=60)
    home = UnitField(label=_("所在组织"), help_text=_("填写代码或全称"))
    phone = forms.RegexField(
        r"^[0-9 +-]{5,20}$",
        label=_("手机"),
        required=False,
        error_messages={"invalid": _("请填写电话号码，如 13800000000")},
    )
    sort_as = forms.CharField(
        label=_("排序用名"),
        max_length=60,
        required=False,
        help_text=_("按姓氏笔画排序有争议时，填写应当按哪几个字来排；一般不填"),
    )


class AppointForm(forms.Form):
    """A post for a person in a unit; the page fixes one of the two."""

    person = PersonField(label=_("姓名"))
    unit = UnitField(label=_("任职组织"), help_text=_("填写代码或全称"))
    post = forms.CharField(label=_("职务"), max_length=60, help_text=_("如 党委书记、组织委员"))
    since = forms.DateField(label=_("任职日期"), widget=DateInput, initial=timezone.localdate)
    until = forms.DateField(
        label=_("任期至"), required=False, widget=DateInput, help_text=_("未定可不填")
    )


class RelieveForm(forms.Form):
    until = forms.DateField(
        label=_("免职日期"),
        widget=DateInput,
        initial=timezone.localdate,
        help_text=_("当天仍在任，次日起不再担任；随职务授予的角色同时失效"),
    )


class GrantForm(forms.Form):
    role = forms.ChoiceField(label=_("角色"), choices=Role)
    since = forms.DateField(label=_("自"), widget=DateInput, initial=timezone.localdate)
    until = forms.DateField(
        label=_("至"), required=False, widget=DateInput, help_text=_("不填则随职务结束")
    )


class AccountForm(forms.Form):
    username = forms.RegexField(
        r"^[A-Za-z0-9._-]{3,40}$",
        label=_("用户名"),
        required=False,
        help_text=_("用字母和数字；不填则按组织代码自动编"),
        error_messages={"invalid": _("用户名须是 3–40 个字母、数字、点、横线")},
    )


class TemporaryForm(forms.Form):
    name = forms.CharField(label=_("称呼"), max_length=60, help_text=_("如 计票员甲"))
    role = forms.ChoiceField(
        label=_("用途"),
        choices=[(role.value, role.label) for role in Role if role in TEMPORARY_ROLES],
    )
    until = forms.DateField(
        label=_("有效期至"),
        widget=DateInput,
        initial=timezone.localdate,
        help_text=_("当天 24 时失效"),
    )


class YearForm(forms.Form):
    year = forms.IntegerField(label=_("年度"), min_value=1949, max_value=2199)
