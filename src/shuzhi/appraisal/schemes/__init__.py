"""Schemes as a clerk writes them: the text as a document, its tree, its words, its trial.

Decides how an edit changes the text without losing what the editor does not know. Refuses to
edit texts that refer to themselves, where one change would be several.
"""
