"""The papers of a meeting, each printed from facts alone.

Papers are Chinese whatever language the screen speaks: they are signed, sealed and filed.
"""
