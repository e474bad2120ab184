"""Meetings: who was called, who came, who speaks when, and what was recorded.

Decides whether a meeting is quorate, whose turn it is and how long they have spoken.
Refuses to know what was voted: it only opens and closes the poll that it carries.
"""
