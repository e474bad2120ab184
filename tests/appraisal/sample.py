"""A small scheme, a form and ten topics for the tests of this room."""

from shuzhi.appraisal.samples import Templates
from shuzhi.ballots.services import PollForm

SCHEME_TEXT = """\
scheme: town-review-test
version: 1
title: {zh: 社区书记述职评议, en: Review of community secretaries}
full: 100
rounding: {places: 2}
indicators:
  - id: routine            # 平时
    title: {zh: 平时考核, en: Routine work}
    points: 60
    children:
      - id: study
        title: 专题研究
        points: 20
        rule: {kind: shortfall, target: 4, each: 1, deduct: 5}
      - {id: training, title: 党员培训, points: 20, rule: {kind: ratio, target: 10, cap: 1}}
      - {id: plan, title: 年度计划, points: 20, rule: {kind: flag}}
  - id: overall
    title: {zh: 现场测评, en: Rating on the spot}
    points: 40
    rule:
      kind: ratings
      scale: {好: 100, 较好: 85, 一般: 70, 差: 50}
      categories: {A: 60, B: 40}
      min_marks: 1
      short: stop
      exclude_own: [B]
  - id: extra
    title: {zh: 加减分, en: Extra points}
    bonus: {min: -5, max: 5}
    rule: {kind: events, once: highest}
vetoes:
  - {id: discipline, title: 受到党纪处分, effect: {cap_grade: 一般}}
grades:
  - {grade: 好, min: 90, quota: {share: 34, round: floor}}
  - {grade: 较好, min: 80}
  - {grade: 一般, min: 60}
  - {grade: 差}
"""
TITLES = (
    "带头学习贯彻",
    "行动计划落实",
    "驻点联系群众",
    "班子队伍建设",
    "扫黑除恶",
    "抓党建促振兴",
    "支部标准化建设",
    "基层基础保障",
    "突出问题整改",
    "存在问题和措施",
)
TOPICS = [{"id": f"t{n:02d}", "title": title, "hint": ""} for n, title in enumerate(TITLES, 1)]
FORM = PollForm.model_validate(
    {
        "scale": {"choices": {"好": 100, "较好": 85, "一般": 70, "差": 50}},
        "categories": [
            {"id": "A", "title": "镇领导班子成员", "weight": 60},
            {"id": "B", "title": "党员群众代表", "weight": 40, "recuse": True},
        ],
        "min_marks": 2,
    }
)
TEMPLATES = Templates(
    scheme_text=SCHEME_TEXT,
    form=FORM,
    topics=TOPICS,
    references={"scheme": {"id": "town-review-test", "version": 1}},
)
LONG = "这一部分写明了做法、成效和不足，有时间、有地点、有数字，可以查证。"
