"""The three sheets of the workbook, as a clerk would lay them out."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.sheets import Column, Kind
from shuzhi.registry.enums import UnitKind

UNITS, PEOPLE, POSTS = "units", "people", "posts"
MOST = {"code": 40, "name": 120, "short_name": 40, "phone": 20, "sort_as": 60, "post": 60}


def kinds() -> list[str]:
    """Return the kinds of unit in the words of the sheet."""
    return [str(kind.label) for kind in UnitKind]


@dataclass(frozen=True)
class Spec:
    """One sheet: its key in drafts, its name on the tab, its columns."""

    key: str
    title: str | Promise
    columns: tuple[Column, ...]

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)


def specs() -> tuple[Spec, ...]:
    """Return the sheets in the order in which rows depend on one another."""
    return (
        Spec(
            UNITS,
            _("组织"),
            (
                Column("code", _("代码"), required=True, note=_("便于录入的短代码，全县不重复")),
                Column("name", _("名称"), required=True, width=32),
                Column("short_name", _("简称"), note=_("可不填")),
                Column("kind", _("类型"), required=True, choices=kinds(), width=18),
                Column("parent", _("上级代码"), note=_("上级组织的代码，可以是本表中新增的")),
                Column("since", _("成立日期"), Kind.DATE, width=12),
                Column("until", _("撤销日期"), Kind.DATE, width=12, note=_("撤销请在组织页面办理")),
            ),
        ),
        Spec(
            PEOPLE,
            _("人员"),
            (
                Column("number", _("人员编号"), note=_("导出时自动带出；新增人员不填")),
                Column("name", _("姓名"), required=True),
                Column("home", _("所在组织代码"), required=True),
                Column("phone", _("手机"), width=16),
                Column("sort_as", _("排序用名"), note=_("笔画排序有争议时才填")),
            ),
        ),
        Spec(
            POSTS,
            _("任职"),
            (
                Column("number", _("人员编号"), note=_("同名时必填；新增人员不填")),
                Column("name", _("姓名"), required=True),
                Column("unit", _("任职组织代码"), required=True),
                Column("post", _("职务"), required=True, width=20),
                Column("since", _("任职日期"), Kind.DATE, required=True, width=12),
                Column("until", _("免职日期"), Kind.DATE, width=12),
            ),
        ),
    )


INSTRUCTIONS = (
    _("一、三张表可以只填其中一张；已有的行不必删除，没有变化的会自动略过。"),
    _("二、组织按代码对应，人员按编号对应；没有编号时，按姓名和所在组织代码对应。"),
    _("三、空白单元格不会清除已有内容。日期写成 2026-01-05 或 2026年1月5日。单元格里不要用公式。"),
    _("四、上传后先预览：哪些新增、哪些修改、哪些有误，一一列出；确认后才会写入。"),
    _("五、从表中删去一行，不会删除系统里的记录。撤销组织、停用账号请在相应页面办理。"),
)
