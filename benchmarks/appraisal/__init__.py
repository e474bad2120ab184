"""Benchmarks of the yearly review."""
