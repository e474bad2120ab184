"""Benchmarks of what is owed."""
