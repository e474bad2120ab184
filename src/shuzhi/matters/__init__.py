"""Matters: what somebody owes by a date, until somebody else has verified it.

Decides whose turn it is, which step is legal, until when, and what counts as late, as the
mechanism's file lays down. Refuses steps by those whose turn it is not, owners who would verify
their own work, and any write in a closed year; knows no kind of matter by name.
"""
