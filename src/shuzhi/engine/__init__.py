"""The engine: pure calculation from files to files.

It decides what a scheme means (scores, ranks, grades, statistics of raters) and proves what is
recorded (Merkle tree). It refuses to know people, databases or web pages: no Django, and no input
or output but the files it is given.
"""
