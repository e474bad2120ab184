"""Who there is: the tree of organisations, people, appointments, grants and the years of work.

Decides who acts with which reach on a date, and whether a year is open.
Refuses to keep anything about a person that no task needs.
"""
