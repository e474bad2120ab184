"""This year's matters: some done, some due today or this week, some late, some to be checked."""

from typing import TYPE_CHECKING, Any

from shuzhi.catalogue.services import offer
from shuzhi.kernel.access import SYSTEM

from .owed_scene import PHOTO, Scene
from .owed_texts import CIRCULAR, COMMENT, ORDERS, PROMISES, RECTIFY, REPORTS

if TYPE_CHECKING:
    from datetime import date

    from .county import County
    from .crew import Crew

OFFERED = (  # beside the two kinds of commitment, which come with their ledgers of 2010
    "agency-service", "delegate-proposal", "dispatched-task", "handover-order",
    "inspection-visit", "leader-comment", "leaving-office-handover", "meeting-feedback",
    "opinion-claim", "public-service-item", "rectification-notice", "responsibility-item",
    "responsibility-letter", "suggestion-box",
)  # fmt: skip


def owe_this_year(county: "County", crew: "Crew", today: "date") -> None:
    """Offer the mechanisms to the county and play this year's matters as of `today`."""
    for mechanism in OFFERED:
        offer(actor=SYSTEM, mechanism=mechanism, unit=county.root)
    scene = Scene(county, crew, today)
    for play in (
        _tasks, _feedback, _orders, _rectification, _promises, _comments, _opinions, _visits,
        _proposals, _service, _letters,
    ):  # fmt: skip
        play(scene)


def _tasks(scene: Scene) -> None:
    facts = {
        "content": "逐户看出租房的电线、灶具和灭火器，能当场改的当场改。",
        "due_on": scene.day(2),
    }
    sent = scene.send(10, "dispatched-task", "节前出租房安全检查", **facts)
    for number, matter in enumerate(sent[:15], 1):
        report = f"查了 {30 + number * 3} 户，当场换灭火器 {number % 4} 个。"
        scene.step(4, matter, number, "report", result=report)
        if number <= 12:  # noqa: PLR2004 (three wait to be confirmed)
            scene.step(2, matter, "commissioner", "confirm")


def _feedback(scene: Scene) -> None:
    facts = {"held_on": scene.day(-12), "circular": CIRCULAR, "due_on": scene.day(-1)}
    sent = scene.send(9, "meeting-feedback", "全镇组织工作会议", **facts)
    for number, matter in enumerate(sent[:17], 1):
        copied = number in {5, 11}
        said = CIRCULAR if copied else REPORTS[number % len(REPORTS)].format(n=number)
        actions = [{"action": "开支委会定清单", "who": "副书记", "by_when": scene.day(20)}]
        scene.step(5, matter, number, "report", report=said, actions=actions)
        if copied:
            scene.step(3, matter, "commissioner", "return", remark="照抄通知，没有本社区的举措。")
        elif number <= 13:  # noqa: PLR2004 (the rest wait to be read)
            scene.step(3, matter, "commissioner", "accept")


def _orders(scene: Scene) -> None:
    ends = {0: "late", 1: "today", 2: "week", 3: "reported", 4: "again", 5: "closed", 6: "new"}
    days = {"late": -4, "today": 0, "week": 3}
    for index, (number, title, requirement) in enumerate(ORDERS):
        end = ends[index]
        facts = {"source": "inspection", "requirement": requirement}
        due = scene.day(days.get(end, 9))
        matter = scene.open(20, number, "handover-order", title, due_on=due, **facts)
        if end == "new":
            continue
        scene.step(18, matter, number, "sign", contact="网格长")
        scene.step(12, matter, number, "note", progress="已经到场看过，正在找施工队。")
        if end in {"reported", "again", "closed"}:
            done = {"result": "已经办完，现场照片附后。", "evidence": [PHOTO]}
            scene.step(6, matter, number, "report", **done)
        if end == "again":
            scene.step(4, matter, "commissioner", "refuse", finding="拐角处还有一堆没有清。")
        if end == "closed":
            scene.step(3, matter, "commissioner", "accept", finding="到场看过，属实。")


def _rectification(scene: Scene) -> None:
    for number, title, mode, end in RECTIFY:
        due = scene.day({"late": -9, "lasting": -20}.get(end, 6))
        facts = {"trigger": "hollow", "problem": title, "mode": mode, "due_on": due}
        matter = scene.open(45, number, "rectification-notice", title, **facts)
        plan = [{"measure": "每月对账一次", "who": "副书记", "by_when": scene.day(5)}]
        scene.step(42, matter, number, "plan", cause="分工没有落到人", measures=plan)
        if end == "late":
            continue
        done = {"result": "制度上墙，上月起每月公布一次。", "evidence": [PHOTO]}
        scene.step(25, matter, number, "report", **done)
        seen = {"inspected_on": scene.day(-22), "finding": "问了五户居民，都说看得到。"}
        if end == "lasting":
            scene.step(22, matter, "leader", "hold", **seen)
        if end == "again":
            scene.step(
                22, matter, "leader", "fail", **(seen | {"finding": "只贴了一张，没有日期。"})
            )


def _promises(scene: Scene) -> None:
    ends = ("gate", "revising", "keeping", "keeping", "late", "reported", "kept", "voted")
    for number, (end, (title, goal)) in enumerate(zip(ends, PROMISES, strict=True), 1):
        due = scene.day(-6 if end == "late" else 12 * number)
        facts = {"goal": goal, "due_on": due}
        matter = scene.open(90, number, "commitment-organisation", title, by=number, **facts)
        scene.promise(matter, number, end)


def _comments(scene: Scene) -> None:
    leader = {"leader": scene.person("leader")}
    for number in range(1, 9):
        title, facts = "下半年工作点评", {"due_on": scene.day(4)}
        matter = scene.open(30, number, "leader-comment", title, leader, **facts)
        if number > 6:  # noqa: PLR2004 (two have not been commented on)
            continue
        problem = {"problem": "支部会议记录事后补写", "mode": "by_date", "due_on": scene.day(15)}
        named = {"problems": [problem]} if number == 2 else {}  # noqa: PLR2004 (one of them)
        three = COMMENT | {"commented_on": scene.day(-8)}
        scene.step(8, matter, "leader", "comment", **three, **named)
        if number <= 4:  # noqa: PLR2004 (four have answered)
            said = "照点评改，每季度报一次进展，年底请党员评。"
            scene.step(6, matter, number, "answer", response=said)
        if number == 1:
            told = {"circulated_on": scene.day(-3), "scope": "members"}
            scene.step(3, matter, "commissioner", "circulate", **told)


def _opinions(scene: Scene) -> None:
    told = {"opinion": "同样的数一个月要填三遍。", "gathered": "survey"}
    matter = scene.open(12, 0, "opinion-claim", "表格太多，重复填报", **told)
    scene.step(10, matter, "leader", "claim", claimed_on=scene.day(-10), claimed_at="meeting")
    found = {
        "diagnosed_on": scene.day(-7),
        "attended": "党建办、民政办、村镇办",
        "cause": "三个部门各要一份表，口径不一",
        "remedy": "合成一张表，党建办统一收，其他部门共用。",
        "due_on": scene.day(5),
    }
    scene.step(7, matter, "leader", "diagnose", **found)
    told = {"opinion": "办事大厅中午没有人。", "gathered": "visit"}
    scene.open(3, 0, "opinion-claim", "午间没有人值班", **told)


GROUP = (("inspector", "组长"), ("commissioner", "组员"))


def _visits(scene: Scene) -> None:
    plan = {
        "group": "第二督查组",
        "members": [{"member": scene.person(who), "duty": duty} for who, duty in GROUP],
        "checklist": [{"item": "支部记录是不是当场记的"}, {"item": "公示栏多久换一次"}],
    }
    for number, manner in ((8, "unannounced"), (4, "unannounced"), (10, "inspection")):
        facts = plan | {"manner": manner, "place": scene.unit(number).code, "due_on": scene.day(6)}
        matter = scene.open(
            14, -1, "inspection-visit", "查支部记录和公示栏", by="inspector", **facts
        )
        if number == 10:  # noqa: PLR2004 (the announced one)
            scene.step(7, matter, "inspector", "announce")
        if number == 8:  # noqa: PLR2004 (paid last week)
            scene.step(5, matter, "inspector", "drop_in", **scene.visit())


def _proposals(scene: Scene) -> None:
    facts = {"delegate": "第三代表团代表", "joined": 4}
    for ago, number, subject, body in (
        (38, 6, "增加进山公交班次", "山里的学生早上赶不上第一节课，请增加早班车。"),
        (20, 13, "给老街装扶手", "老街台阶多，老人上下不便，请在两侧装扶手。"),
        (2, 0, "开放学校操场", "周末学校操场空着，请向居民开放半天。"),
    ):
        filed: dict[str, Any] = facts | {"proposal": body, "filed_on": scene.day(-ago)}
        matter = scene.open(ago, 0, "delegate-proposal", subject, **filed)
        if not number:
            continue
        scene.step(ago - 2, matter, "commissioner", "check")
        handler = {"handler": scene.unit(number)}
        scene.step(ago - 3, matter, "commissioner", "assign", handler)
        if number == 13:  # noqa: PLR2004 (answered; the delegate is to be asked)
            reply = "已列入本月施工计划，两侧共装扶手八十米，月底完工。"
            scene.step(4, matter, number, "answer", reply=reply, outcome="being_solved")


def _service(scene: Scene) -> None:
    item = {
        "goal": "旧菜场加装雨棚二百平方米，留足消防通道",
        "money": "12.5",
        "funds": "集体收益八万元，镇里补助四万五千元",
        "heard_on": scene.day(-70),
        "heard": "代表都赞成，希望先装北面。",
    }
    for number, due in ((1, 5), (2, 40)):
        facts = item | {"nth": 1, "due_on": scene.day(due)}
        matter = scene.open(66, number, "public-service-item", "菜场雨棚", by=number, **facts)
        scene.step(60, matter, "commissioner", "pass")
        promise = {"promised_on": scene.day(-56), "promised_to": "党员代表 20 人、居民代表 35 人"}
        scene.step(56, matter, number, "promise", **promise)
    errand = {"kind": "insurance", "urgency": "usual", "papers": "参保证明原件"}
    agent = {"agent": scene.person(1)}
    scene.open(3, 1, "agency-service", "代办医保转移", agent, by=1, **errand)
    slip = {"suggestion": "中午排队半小时，能不能多开一个窗口。", "box": "一楼大厅"}
    slip |= {"opened_on": scene.day(-8), "openers": "党建办、工会各一人"}
    matter = scene.open(8, 0, "suggestion-box", "食堂排队太久", **slip)
    scene.step(7, matter, "commissioner", "assign", {"handler": scene.person("leader")})


def _letters(scene: Scene) -> None:
    items = [
        {"item": "支部活动场所达标", "standard": "两个支部全部达标", "weight": "60"},
        {"item": "书记按季讲党课", "standard": "每季一次，有讲稿", "weight": "40"},
    ]
    for row, days in zip(items, (30, 60), strict=True):
        row["due_on"] = scene.day(days)
    for number in (1, 2, 3):
        facts: dict[str, Any] = {"basis": "镇党委年度工作要点", "items": items}
        matter = scene.open(9, number, "responsibility-letter", "年度党建目标责任书", **facts)
        if number == 3:  # noqa: PLR2004 (not signed yet)
            continue
        signed = {"signed_on": scene.day(-7), "signatory": "党总支书记"}
        scene.step(7, matter, number, "sign", **signed)
        if number == 2:  # noqa: PLR2004 (the other waits to be countersigned)
            facts = {"signed_on": scene.day(-5), "signatory": "党委书记"}
            scene.step(5, matter, "leader", "countersign", **facts)
