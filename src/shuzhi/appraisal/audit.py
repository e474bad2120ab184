"""The audit events of a review, with their words."""

from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.audit import EventKind

EVENTS = (
    EventKind("review.prepare", _("建立年度述职评议")),
    EventKind("review.adjust", _("调整评议方案")),
    EventKind("review.order", _("确定述职顺序")),
    EventKind("review.invite", _("开始收集述职报告")),
    EventKind("review.recall", _("退回筹备")),
    EventKind("review.open", _("宣布开会")),
    EventKind("review.close", _("会议结束")),
    EventKind("review.score", _("计算得分")),
    EventKind("review.computed", _("保存计分结果")),
    EventKind("review.frozen", _("述职报告全部定稿")),
    EventKind("review.decide", _("登记研究结果")),
    EventKind("review.reconsider", _("退回重新研究")),
    EventKind("review.publish", _("批准公布")),
    EventKind("review.recount", _("导出复核数据")),
    EventKind("entrant.adjust", _("调整述职人参加方式")),
    EventKind("report.save", _("保存述职报告")),
    EventKind("report.upload", _("上传述职报告")),
    EventKind("report.submit", _("提交述职报告")),
    EventKind("report.reopen", _("取回述职报告修改")),
    EventKind("report.freeze", _("述职报告定稿")),
    EventKind("comment.save", _("填写点评")),
    EventKind("comment.offer", _("点评送领导审定")),
    EventKind("comment.approve", _("领导审定点评")),
    EventKind("comment.revise", _("修改点评")),
    EventKind("figure.pull", _("从业务数据取数")),
    EventKind("figure.enter", _("填写平时考核数据")),
    EventKind("happening.enter", _("登记加减分事项")),
    EventKind("happening.remove", _("撤销加减分事项")),
    EventKind("veto.enter", _("登记一票否决")),
    EventKind("veto.remove", _("撤销一票否决")),
    # Who audits must not see grades: they stand aside, behind a digest.
    EventKind("result.decide", _("确定等次"), personal=frozenset({"grade", "reason"})),
    EventKind("problem.add", _("列出问题")),
    EventKind("problem.edit", _("修改问题")),
    EventKind("problem.confirm", _("问题列入清单")),
    EventKind("problem.drop", _("问题不列入清单")),
    EventKind("problem.notice", _("问题转为整改通知")),
    EventKind("scheme.begin", _("起草考核方案")),
    EventKind("scheme.edit", _("修改考核方案")),
    EventKind("scheme.undo", _("撤回对考核方案的修改")),
    EventKind("scheme.discard", _("删除考核方案草稿")),
    EventKind("scheme.publish", _("发布考核方案")),
    EventKind("scheme.withdraw", _("停用考核方案")),
    EventKind("review.apply_scheme", _("采用考核方案")),
    EventKind("review.check_scores", _("请各单位核对得分")),
    # What a unit says about its score, and the answer, are no business of the three administrators.
    EventKind("objection.lodge", _("对得分提出异议"), personal=frozenset({"text"})),
    EventKind(
        "objection.uphold", _("异议成立，更正数据"), personal=frozenset({"answer", "correction"})
    ),
    EventKind("objection.reject", _("异议不成立"), personal=frozenset({"answer"})),
    EventKind("objection.take_back", _("撤回异议")),
)
