"""Who may open what: every address of the product against every part of the cast."""
