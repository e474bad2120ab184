"""Papers: official documents by GB/T 9704-2012 for Word, the same as PDF, charts as pictures.

Decides how a paper looks; what it says comes from the rooms, as the dataclasses of `paper`.
Refuses markup: whatever a person has typed is printed as text.
"""
