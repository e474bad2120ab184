"""Faults of every table that can be seen before anything is calculated."""

from shuzhi.engine.checks.events import event_faults
from shuzhi.engine.checks.ratings import rating_faults
from shuzhi.engine.checks.units import unit_faults
from shuzhi.engine.checks.values import leaves_in_need
from shuzhi.engine.checks.vetoes import veto_faults
from shuzhi.engine.faults import Fault
from shuzhi.engine.run import Run
from shuzhi.engine.say import say
from shuzhi.engine.scheme import Place


def check_inputs(run: Run) -> None:
    """Faults of every table but the figures of `values`, which show while they are read."""
    run.faults += [
        *_needed(run),
        *unit_faults(run),
        *rating_faults(run),
        *event_faults(run),
        *veto_faults(run),
    ]


def _needed(run: Run) -> list[Fault]:
    """Tables that the scheme needs and that are not there."""
    if not run.ruled:
        return []
    faults, there = [], run.inputs.keys() | run.inputs.broken
    reads = leaves_in_need(run)
    if reads and "values" not in there:
        faults.append(_absent("values.csv", reads[0]))
    rated = run.scheme.of_kind("ratings")  # a vote that was left behind is no vote without marks
    if rated and "ratings" not in there:
        faults.append(_absent("ratings.csv", rated[0]))
    return faults


def _absent(file: str, reader: Place) -> Fault:
    right = say("{indicator} reads it: add it, without rows if there are none", indicator=reader.id)
    return Fault(file, say("is missing"), right, "file")
