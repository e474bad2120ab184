"""What is made known: numbered bulletins and the papers of a meeting, from frozen content.

Decides how a bulletin is drafted, checked and issued by three people, what it then says for
good, and who may read it.
Refuses to change what has been issued (a new number replaces it), to show anybody another
reporter's feedback, and to compute a score: it prints what the rooms below have stored.
"""
