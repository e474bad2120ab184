"""Long work in the background: a person sees how far it is, may leave, and finds the result."""

from .kinds import Outcome, Progress, job
from .quiet import register_busy
from .starting import start_job

__all__ = ["Outcome", "Progress", "job", "register_busy", "start_job"]
