"""What every room stands on: accounts and actors, access, verbs, audit, workflow, files, numbers.

Decides who may do what to which object, and that every write is one audited transaction.
Refuses to know any unit, review or ballot: who stands above supplies those through protocols.
"""
