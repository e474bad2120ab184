"""Lengths and sizes that columns, forms and verbs share."""

TITLE = 200  # characters of a matter's title
REASON = 1000  # of why more time is asked for, or refused
LINE = 120  # of what is said when pressing
NOTE = 400  # of an entry of the story
BATCH = 500  # rows read or written at once
