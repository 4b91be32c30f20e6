"""Surfaces that take what strangers send, or what stands on a disk: each is one function of bytes that fails when a
promise is broken.

The same functions are driven by Hypothesis in `make test`, and by atheris, which follows the branches taken, in
`make prove`. By hand: `python -m tests.fuzz cookies -max_total_time=600`.
"""
