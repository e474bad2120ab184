"""What every part of a derivation says alike: phrases, a rate, the points it earns."""

from dataclasses import dataclass
from decimal import Decimal

from shuzhi.engine.derive.facts import Facts
from shuzhi.engine.explain import plain
from shuzhi.engine.phrases import say
from shuzhi.engine.say import Language
from shuzhi.engine.scheme import Place, Scheme


@dataclass
class Words:
    """Facts about one unit, and the language to tell them in."""

    scheme: Scheme
    facts: Facts
    language: Language

    def say(self, phrase: str, **facts: object) -> str:
        return say(self.language, phrase, **facts)

    def _rate(self, place: Place) -> str:
        rate = self.facts.nodes[place.id]["rate"]
        return plain(Decimal(rate)) if rate else "—"

    def _earned(self, place: Place) -> str:
        """Rate × points = points earned."""
        facts = self.facts.nodes[place.id]
        if not facts["rate"]:
            return ""
        return f"{self._rate(place)} × {plain(place.points)} = {plain(Decimal(facts['points']))}"
