"""The e-paper: the day's edition.

In: published stories. Out: `epaper.queries` (the edition of a day), its QR code. Owns: no tables yet.
"""
