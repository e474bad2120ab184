"""One calculation: inputs loaded into a backend, the program composed over them.

Decides what is calculated once and kept; refuses to judge the data or to write results.
"""

from shuzhi.engine.run.calculation import Run

__all__ = ["Run"]
