"""Advertising: what stands in the placements of a page.

In: advertisements the manager enters at the desk. Out: `advertising.queries` (the creative of each placement),
`AdvertisingChanged`. Owns: advertisements.
"""
