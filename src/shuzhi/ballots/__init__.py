"""Anything judged by secret marks: polls, slips, phone and paper forms, sealing.

Decides what a ballot may hold, when a poll is open, and what is left of it after sealing.
Refuses to know who has voted what: slips and ballots share no key, no time and no order, and
nothing is shown before closing or below the minimum number of marks (`docs/secrecy.md`).
"""
