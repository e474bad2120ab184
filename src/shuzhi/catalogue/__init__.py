"""The library of mechanisms: what each is for, whence its rules, who may use it.

Decides which text is a sound mechanism and which version of it is kept.
Refuses to run one: each kind is run by the room that hosts it and registers its model here.
"""
