"""What is wrong with the data: every row that does not fit, named by file and line.

Decides whether data may be scored by a scheme; refuses to mend or to leave out a row.
"""

from shuzhi.engine.checks.inputs import check_inputs
from shuzhi.engine.checks.units import check_unit
from shuzhi.engine.checks.values import check_profiles, check_standing

__all__ = ["check_inputs", "check_profiles", "check_standing", "check_unit"]
