// Shared behaviour of every page; without it everything still works, with more steps.
