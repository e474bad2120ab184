"""The derivation of one unit's score, from what the program calculated and the rows it read.

Decides how a score is told in words and arithmetic; refuses to calculate one.
"""

from shuzhi.engine.derive.facts import Facts
from shuzhi.engine.derive.tree import Derivation

__all__ = ["Derivation", "Facts"]
