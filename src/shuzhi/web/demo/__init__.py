"""The demo county: invented, seeded, built through the same verbs as production, in seconds.

Refuses a database that holds anything else.
"""
