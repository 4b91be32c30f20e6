"""Tajuk: a whole digital newspaper in one package.

Each sub-package is a department of a newspaper and says in its own docstring what comes in, what
goes out and what it owns. Start with `ARCHITECTURE.md`.
"""
