"""An official paper with every element, and hostile words in it."""

from datetime import date
from typing import Final

from shuzhi.kernel.documents import chart
from shuzhi.kernel.documents.paper import (
    Annex,
    Heading,
    Imprint,
    Paper,
    Picture,
    Table,
    Text,
)

HOSTILE: Final = '<b>王</b> & "李" #let x = 1 *粗* $y$ \\n @赵 ]]> {{ }}'
DAY: Final = date(2026, 12, 5)
MARK: Final = "中共清溪镇委员会文件"


def picture() -> Picture:
    bands = [chart.RankBand(HOSTILE, 1, 1, 2), chart.RankBand("第二社区", 2, 1, 3)]
    spec = chart.ranks(bands, title="名次")
    return Picture(chart.to_png(spec), chart.to_svg(spec), alt=f"名次图 {HOSTILE}", caption="图1")


def paper(rows: int = 60) -> Paper:
    names = [HOSTILE, *(f"第{at}社区" for at in range(2, rows + 1))]
    table = Table(
        ["名次", "单位"], [[str(at), name] for at, name in enumerate(names, 1)], [1, 4], "cl"
    )
    return Paper(
        title="关于2026年度述职评议考核情况的通报",
        issuer="中共清溪镇委员会",
        dated=DAY,
        mark=MARK,
        number="清发〔2026〕12号",
        addressee="各村（社区）党组织",
        blocks=[
            Text("镇党委听取了21名书记述职。", lead="会议严肃认真。"),
            Heading("总体情况"),
            Heading("到会", 2),
            Heading("领导", 3),
            Heading("列席", 4),
            Heading("考核结果"),
            Text(HOSTILE),
            table,
            picture(),
        ],
        annexes=[
            Annex("问题清单", [Text("附件一的正文")]),
            Annex("整改要求", [Text("附件二的正文")]),
        ],
        imprint=Imprint("清溪镇党政办公室", DAY, ["县委组织部"]),
        proof=["存证日志第 1024 条"],
    )
