"""Discovery: what to read next, and search.

In: published stories. Out: `discovery.queries`: latest, related, other, hot topics, recommended, search. Owns:
the readers' search index.
"""
