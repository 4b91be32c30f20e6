"""Benchmarks: `python -m benchmarks [family]`."""
