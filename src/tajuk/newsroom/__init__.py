"""The newsroom: stories and everything an editor does with them, in Wagtail.

In: what reporters and editors write, wire copy through `actions`. Out: `newsroom.queries` (frozen stories,
sections, topics, people), and the messages `StoryPublished`, `StoryCorrected`, `StoryKilled`,
`StoryUnpublished`, `FrontChanged`, `SectionChanged`, `TopicChanged`, `PersonChanged`, `HousePageChanged`.
Owns: sections, topics, people, stories, fronts, house pages, notes, corrections, section permissions.
"""
