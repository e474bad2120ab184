"""The scoring engine against the plainest thing that does the same work.

In one run on one machine.
"""
