"""Shuzhi (述职): the yearly cycle of a grassroots organisation department.

What was promised, what was done, who says so, what it adds up to, and what must be put right.
Rooms, from the bottom: engine, kernel, registry, catalogue, ballots and matters, gatherings,
appraisal, bulletins, web. A room imports only what stands below it (see `pyproject.toml`).
"""

__version__ = "0.1.0"
