"""The wire: copy that arrives from agencies and other publishing systems.

In: ninjs 2.x items. Out: stories, through `newsroom`'s actions. Owns: no tables yet.
"""
