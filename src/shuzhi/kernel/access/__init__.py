"""One rule for access: may this actor do this to that object, and which rows may they see."""

from .actor import SYSTEM, Actor, Grant, Reach
from .loaders import load, load_or_none, require
from .permissions import Permission
from .rule import Placed, allows, visible
from .source import actor_for, install_source

__all__ = [
    "SYSTEM",
    "Actor",
    "Grant",
    "Permission",
    "Placed",
    "Reach",
    "actor_for",
    "allows",
    "install_source",
    "load",
    "load_or_none",
    "require",
    "visible",
]
