"""Pages of schemes: the list, the editor, trials, versions."""
