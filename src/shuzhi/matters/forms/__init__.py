"""What people fill in about matters: built from what the mechanism says, never kind by kind."""

from .facts import FactsForm
from .opening import OpeningForm
from .short import DecisionForm, ExtensionForm
from .step import StepForm

__all__ = [
    "DecisionForm",
    "ExtensionForm",
    "FactsForm",
    "OpeningForm",
    "StepForm",
]
