"""The yearly review: reports, comments, routine figures, scores, decisions and what must be mended.

Decides what a unit's score is, how it came about, and who may see it when.
Refuses to score while a ballot could still change, to show a number that would give a small
group of raters away, and to let one person both decide and publish.
"""
