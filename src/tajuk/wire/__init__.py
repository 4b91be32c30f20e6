"""The wire: copy that arrives from agencies and other publishing systems.

In: files of ninjs 2.x items. Out: `contracts.incoming` stories, for `site` to hand to the newsroom; what has
arrived before, by the sender's id. Owns: the register of arrivals (`Arrival`), and nothing of a story's text.
"""
