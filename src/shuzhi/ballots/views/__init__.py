"""Pages of ballots: the rater's phone, the commissioner's desk, the tellers' table."""
