"""The scheme language: typed models of a scheme file, read with the place of every fault.

Decides whether a scheme is sound; refuses to know data.
"""

from shuzhi.engine.faults import Fault, Faults
from shuzhi.engine.scheme.load import load_scheme, parse_scheme
from shuzhi.engine.scheme.models import Indicator, Place, Scheme

__all__ = ["Fault", "Faults", "Indicator", "Place", "Scheme", "load_scheme", "parse_scheme"]
