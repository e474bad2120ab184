"""The program: Ibis expressions that turn tables into rates, totals, ranks and grades.

Decides the arithmetic, once for every backend; refuses to read files or to know what runs it.
"""
