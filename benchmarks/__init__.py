"""Benchmarks: each `bench_*.py` has `run()`, which returns results made by `measure.result`.

Ours and the baseline are measured in the same run on the same machine, so that only their
ratio is compared, never two days.
"""
