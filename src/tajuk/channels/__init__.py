"""Channels: every way a story leaves the house: feeds, sitemaps, structured data.

In: published stories. Out: `channels.queries` (feeds and sitemaps as XML, structured data as JSON). Owns: no
tables yet.
"""
