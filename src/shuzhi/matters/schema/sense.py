"""Whether a body makes sense: facts can be given, terms are in order, nobody judges themselves."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from .facts import FILES, WRITTEN, Fact, FactType
from .parties import Party, PartyIs, PartyKind
from .plan import MatterPlan
from .steps import StateKind, When

Path = tuple[str | int, ...]
Fault = tuple[Path, str]


def _fact(at: Path, row: Fact, *, column: bool = False) -> Iterator[Fault]:
    if (row.type is FactType.CHOICE) != bool(row.choices):
        yield (*at, "choices"), _("type: choice 要写 choices，其他类型不写")
    if (row.type is FactType.LIST) != bool(row.columns):
        yield (*at, "columns"), _("type: list 要写 columns，其他类型不写")
    if row.min is not None and row.max is not None and row.min > row.max:
        yield (*at, "min"), _("min 不能大于 max")
    if column and row.type in FILES | {FactType.LIST}:
        yield (*at, "type"), _("清单的一列不能是文件或清单")
    if (row.past or row.future) and row.type is not FactType.DATE:
        yield (*at, "type"), _("past、future 只用于日期")
    for number, inner in enumerate(row.columns):
        yield from _fact((*at, "columns", number), inner, column=True)


def _facts(plan: MatterPlan) -> Iterator[Fault]:
    given = {*plan.opens.needs, *plan.opens.offers}
    for row in plan.transitions:
        given |= {*row.needs, *row.offers}
    for number, fact in enumerate(plan.fields):
        yield from _fact(("fields", number), fact)
        if fact.id not in given:
            words = _("没有哪一步填写“%(id)s”，请写进某一步的 needs 或 offers") % {"id": fact.id}
            yield ("fields", number, "id"), words


def _party(at: Path, row: Party) -> Iterator[Fault]:
    if (row.is_ is PartyIs.ABOVE) != (row.of is not None):
        yield (*at, "of"), _("is: above 要写 of（谁的上级），其他不写")
    if row.is_ in {PartyIs.ABOVE, PartyIs.UNIT} and row.kind is not PartyKind.UNIT:
        yield (*at, "kind"), _("is: unit 和 is: above 只能是单位（kind: unit）")
    if row.id in row.not_:
        yield (*at, "not"), _("不能与自己不同")
    if row.many and row.is_ not in {PartyIs.GIVEN, PartyIs.UNIT}:
        yield (*at, "many"), _("只有 is: given 或 is: unit 的当事方可以有多个")
    if row.optional and row.is_ is not PartyIs.GIVEN:
        yield (*at, "optional"), _("只有 is: given 的当事方可以不填")


def _named(plan: MatterPlan) -> Iterator[Fault]:
    for number, row in enumerate(plan.parties):
        if row.named_by and plan.facts[row.named_by].type.value != row.kind.value:
            yield ("parties", number, "named_by"), _("应是同类的事实：单位或个人")


def _parties(plan: MatterPlan) -> Iterator[Fault]:
    if sum(row.is_ is PartyIs.UNIT for row in plan.parties) != 1:
        yield ("parties",), _("须且只能有一个当事方写 is: unit（事项所属的单位）")
    for number, row in enumerate(plan.parties):
        yield from _party(("parties", number), row)


def _assigned(plan: MatterPlan) -> Iterator[Fault]:
    assigned = {name for row in plan.transitions for name in row.assigns}
    for number, row in enumerate(plan.transitions):
        for index, name in enumerate(row.assigns):
            if plan.by_party[name].is_ is not PartyIs.GIVEN:
                yield ("transitions", number, "assigns", index), _("只能指定 is: given 的当事方")
        if row.claims and plan.by_party[row.claims].is_ is not PartyIs.GIVEN:
            yield ("transitions", number, "claims"), _("只能指定 is: given 的当事方")
        if row.moves_to and row.moves_to not in assigned | {plan.about.id}:
            yield ("transitions", number, "moves_to"), _("应是某一步指定（assigns）的单位")


def _states(plan: MatterPlan) -> Iterator[Fault]:
    for number, row in enumerate(plan.states):
        at: Path = ("states", number, "waits_for")
        if row.final and row.waits_for:
            yield at, _("办结之后不再等谁，请删去")
        if not row.final and row.kind is not StateKind.PAUSED and not row.waits_for:
            yield at, _("请写明轮到哪个当事方办理")
    if plan.by_state[plan.opens.state].final:
        yield ("opens", "state"), _("不能一开始就已办结")
    done = [row for row in plan.states if row.kind is StateKind.DONE]
    if not done:
        yield ("states",), _("至少要有一个办结状态（kind: done）")


def _when(at: Path, when: When | None, plan: MatterPlan) -> Iterator[Fault]:
    if when and plan.facts[when.field].type not in {FactType.CHOICE, FactType.BOOLEAN}:
        yield (*at, "when", "field"), _("条件只能看选择项或是否项")


def _steps(plan: MatterPlan) -> Iterator[Fault]:
    for number, row in enumerate(plan.transitions):
        at: Path = ("transitions", number)
        yield from _when(at, row.when, plan)
        if twice := sorted({*row.needs} & {*row.offers}):
            yield (*at, "offers"), _("“%(id)s”已在 needs 里") % {"id": ", ".join(twice)}
        ended = any(plan.by_state[name].final for name in row.from_)
        reopens = ended and not plan.by_state[row.to].final
        if reopens and not any(plan.facts[name].type in WRITTEN for name in row.needs):
            yield (*at, "needs"), _("办结后重新打开要写明理由，请在 needs 里加一项文字")


def _verified(plan: MatterPlan) -> Iterator[Fault]:
    """Nobody judges the own work: a step to a done state belongs to another party."""
    for number, row in enumerate(plan.transitions):
        if plan.by_state[row.to].kind is not StateKind.DONE:
            continue
        for index, name in enumerate(row.by):
            others = {other for other in plan.doers - {name} if not plan.apart(name, other)}
            if name in plan.doers and not row.not_by_who_did:
                yield (
                    ("transitions", number, "by", index),
                    _("“%(id)s”不能认定自己办的事，请由另一方办结，或写 not_by_who_did")
                    % {"id": name},
                )
            elif others and not row.not_by_who_did:
                words = {"id": name, "other": ", ".join(sorted(others))}
                yield (
                    ("transitions", number, "by", index),
                    _("“%(id)s”可能就是“%(other)s”，请给它写 not: [%(other)s]") % words,
                )


def _deadlines(plan: MatterPlan) -> Iterator[Fault]:
    for number, row in enumerate(plan.deadlines):
        at: Path = ("deadlines", number)
        yield from _when(at, row.when, plan)
        if (row.days is None) == (row.field is None):
            yield (*at, "days"), _("days（天数）与 field（给定的日期）须且只能写一个")
        if row.minimum > row.maximum:
            yield (*at, "minimum"), _("最短时限不能长于最长时限")
        for part, name in (("field", row.field), ("starts", row.starts.field)):
            if name and plan.facts[name].type is not FactType.DATE:
                yield (*at, part), _("“%(id)s”应是日期") % {"id": name}
        if row.starts.state in row.ends:
            yield (*at, "ends"), _("不能一开始就期满，请换一个状态")
        if row.days and any(days >= row.days for days in row.remind):
            yield (*at, "remind"), _("提醒应在期限开始之后")
        if row.extension and {*row.extension.asked_by} & {*row.extension.approved_by}:
            yield (*at, "extension", "approved_by"), _("延期不能由申请的一方自己批准")


def _extras(plan: MatterPlan) -> Iterator[Fault]:
    if split := plan.split:
        then = plan.by_step[split.then]
        if then.needs:
            yield ("split", "then"), _("“%(id)s”会自动办理，不能有必填的事实") % {"id": then.id}
        if plan.by_party[split.party].is_ not in {PartyIs.UNIT, PartyIs.GIVEN}:
            yield ("split", "party"), _("只能按 is: unit 或 is: given 的当事方拆分")
        for index, name in enumerate(split.in_):
            if name not in then.from_:
                words = {"id": then.id, "state": name}
                yield ("split", "in", index), _("“%(id)s”不能从“%(state)s”出发") % words
    if like := plan.similar_to:
        for part, compared in (("field", like.field), ("with", like.with_)):
            if compared and plan.facts[compared].type not in WRITTEN:
                yield ("similar_to", part), _("只能比较文字")
        if not like.with_ and not like.others:
            yield ("similar_to",), _("请写 with（与哪一项比较）或 others: true")


def _satisfaction(plan: MatterPlan) -> Iterator[Fault]:
    asked = plan.satisfaction
    if asked and asked.field and plan.facts[asked.field].type is not FactType.CHOICE:
        yield ("satisfaction", "field"), _("满意不满意应是选择项")
    for name in asked.figures if asked else ():
        if plan.facts[name].type is not FactType.INTEGER:
            yield ("satisfaction", "of"), _("“%(id)s”应是整数（人数）") % {"id": name}


def sense_faults(plan: MatterPlan) -> Iterator[Fault]:
    """Yield what is named rightly but makes no sense."""
    for check in (
        _facts, _parties, _named, _assigned, _states, _steps, _verified, _deadlines, _extras,
        _satisfaction,
    ):  # fmt: skip
        yield from check(plan)
