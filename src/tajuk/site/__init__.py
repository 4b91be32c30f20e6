"""The building: settings, addresses, processes, the command line, and `flow.py`, the paper's whole day.

In: everything. Out: the running newspaper. Owns: no tables. The only place that may import any department,
so what would point backwards is injected here.
"""
