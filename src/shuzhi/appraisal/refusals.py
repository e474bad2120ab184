"""What the engine refuses, told with the names and the pages that a clerk knows, without codes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from django.utils.translation import gettext as _

from shuzhi.engine.faults import Fault
from shuzhi.engine.say import Said
from shuzhi.kernel.language import language, listed

NAMED = frozenset({"unit", "indicator", "category", "veto", "name"})
Names = Mapping[str, str]


def told(faults: Sequence[Fault], names: Names) -> list[str]:
    """Return the sentences, one a unit where figures are missing; `names` by code."""
    missing = [fault for fault in faults if fault.code == "missing"]
    others = [fault for fault in faults if fault.code != "missing"]
    return [*_missing(missing, names), *(_sentence(fault, names) for fault in others)]


def _facts(fault: Fault, names: Names) -> dict[str, str]:
    return {key: names.get(str(fact), str(fact)) for key, fact in fault.what.facts.items()}


def _missing(faults: Iterable[Fault], names: Names) -> Iterator[str]:
    facts = [_facts(fault, names) for fault in faults if "unit" in fault.what.facts]
    for unit, rows in groupby(facts, key=lambda row: row["unit"]):
        words = {"unit": unit, "what": listed(row["indicator"] for row in rows)}
        yield (
            _("%(unit)s还没有填：%(what)s。请在“平时考核数据”里补上，确实不适用的填“不适用”。")
            % words
        )


def _sentence(fault: Fault, names: Names) -> str:
    if fault.code == "file" and fault.where == "values.csv":
        return _("“平时考核数据”还一项都没有填，请先填好。")
    if fault.code == "file" and fault.where == "ratings.csv":
        return _("没有一张可以计入的测评票，而方案要计现场测评。")
    if fault.code == "short":
        words = _facts(fault, names) | {"least": str(fault.right.facts["least"])}
        return (
            _(
                "%(category)s对%(unit)s“%(indicator)s”的有效票只有 %(marks)s 张，"
                "方案规定不少于 %(least)s 张。"
            )
            % words
        )
    message = _named(fault.message, names).text(language())
    return _("%(item)s：%(words)s") % {"item": _place(fault.where), "words": message}


def _named(said: Said, names: Names) -> Said:
    """Return the sentence with names in place of codes."""

    def name(key: str, fact: object) -> object:
        if isinstance(fact, Said):
            return _named(fact, names)
        return names.get(str(fact), fact) if key in NAMED else fact

    facts = {key: name(key, fact) for key, fact in said.facts.items()}
    return Said(said.english, said.chinese, facts)


def _place(where: str) -> str:
    """Return what a clerk calls the table in which a fault stands."""
    pages = {
        "units": _("述职单位"),
        "values": _("平时考核数据"),
        "ratings": _("测评票"),
        "events": _("加减分事项"),
        "vetoes": _("一票否决"),
        "scheme": _("考核方案"),
    }
    return pages.get(where.partition(".")[0], where)
