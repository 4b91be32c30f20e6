"""Writes: rows, money line, message, in one transaction."""
