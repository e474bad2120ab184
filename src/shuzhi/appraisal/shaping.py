"""Adjust a scheme's text as the commissioner asks, keeping its comments and its order."""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from decimal import Decimal
from fractions import Fraction
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

Topics = Sequence[Mapping[str, str]]


def _yaml() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 100
    yaml.indent(mapping=2, sequence=2, offset=0)
    return yaml


def read(text: str) -> Any:
    """Return the scheme as an editable document."""
    return _yaml().load(text)


def write(document: Any) -> str:
    """Return the document as text."""
    stream = StringIO()
    _yaml().dump(document, stream)
    return stream.getvalue()


def _walk(indicators: Any) -> Iterator[Any]:
    for indicator in indicators or ():
        yield indicator
        yield from _walk(indicator.get("children"))


def _is_rating(indicator: Any) -> bool:
    return (indicator.get("rule") or {}).get("kind") == "ratings"


def _is_by_topic(indicator: Any) -> bool:
    children = indicator.get("children") or ()
    return bool(children) and all(map(_is_rating, children))


def rating_id(text: str) -> str:
    """Return the id of the indicator that raters mark, as a leaf or topic by topic."""
    found = (i for i in _walk(read(text)["indicators"]) if _is_rating(i) or _is_by_topic(i))
    return str(next(found)["id"])


def _put(document: Any, parameter: str, value: Any) -> None:
    """Give the rule of every rating leaf a parameter, each a copy of its own."""
    for leaf in filter(_is_rating, _walk(document["indicators"])):
        leaf["rule"][parameter] = deepcopy(value)


def set_weights(document: Any, weights: Mapping[str, Decimal]) -> None:
    """Give every rating leaf the categories of raters with their weights."""
    _put(document, "categories", CommentedMap({key: plain(w) for key, w in weights.items()}))


def set_recusal(document: Any, categories: Sequence[str]) -> None:
    """Say in which categories nobody's mark counts for the own unit."""
    _put(document, "exclude_own", list(categories))


def set_scale(document: Any, scale: Mapping[str, Decimal]) -> None:
    """Give every rating leaf the scale of the form."""
    _put(document, "scale", CommentedMap({key: plain(v) for key, v in scale.items()}))


def plain(number: Decimal) -> int | float | str:
    """Return a number as YAML writes it: whole ones as integers, others as they are."""
    whole = number.to_integral_value()
    return int(whole) if number == whole else float(number)


def leaf_id(rating: str, topic: Mapping[str, str]) -> str:
    """Return the id of a topic's leaf; topics may bear the names of other indicators."""
    return f"{rating}-{topic['id']}"


def _by_topic(indicator: Any, topics: Topics) -> None:
    """Turn the overall rating into one leaf a topic; the topics count alike."""
    rule = indicator.pop("rule")
    indicator["aggregate"] = "mean"
    indicator["children"] = [
        CommentedMap(
            id=leaf_id(indicator["id"], topic), title=topic["title"], points=1, rule=deepcopy(rule)
        )
        for topic in topics
    ]


def _overall(indicator: Any) -> None:
    rule = indicator.pop("children")[0]["rule"]
    indicator.pop("aggregate", None)
    indicator["rule"] = rule


def set_shape(document: Any, topics: Topics | None) -> None:
    """Rate overall (`topics` None) or topic by topic, with the same points altogether."""
    for indicator in list(_walk(document["indicators"])):
        if topics and _is_rating(indicator) and not indicator.get("bonus"):
            _by_topic(indicator, topics)
            return
        if _is_by_topic(indicator):
            _overall(indicator)
            if topics:
                _by_topic(indicator, topics)
            return


def set_titles(document: Any, titles: Mapping[str, str]) -> None:
    """Give indicators other titles, by id; all else of them stays, their points above all."""
    for indicator in _walk(document["indicators"]):
        if indicator["id"] in titles:
            indicator["title"] = titles[indicator["id"]]


def set_quotas(document: Any, shares: Mapping[str, str]) -> None:
    """Limit grades to a share in % or as a fraction; an empty share takes the limit away."""
    for grade in document.get("grades") or ():
        if grade["grade"] not in shares:
            continue
        share = shares[grade["grade"]].strip()
        if share:
            quota = grade.setdefault("quota", CommentedMap(round="floor"))
            quota.pop("count", None)
            quota["share"] = share if "/" in share else plain(Decimal(share))
        else:
            grade.pop("quota", None)


def share_of(text: str) -> Fraction:
    """Return a share given in % or as a fraction. Raises ValueError for anything else."""
    if "/" in text:
        return Fraction(text)
    return Fraction(Decimal(text)) / 100
