"""The scoring engine against the plainest thing that does the same work, in one run on one machine."""
