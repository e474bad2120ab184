"""Each mechanism played from end to end, by several people, through the services alone."""
