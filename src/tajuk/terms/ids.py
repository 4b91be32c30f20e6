"""Ids: plain integers in the database, distinct types in the code."""

from typing import NewType

StoryId = NewType("StoryId", int)
SectionId = NewType("SectionId", int)
TopicId = NewType("TopicId", int)
PersonId = NewType("PersonId", int)
PictureId = NewType("PictureId", int)
GalleryId = NewType("GalleryId", int)
FrontId = NewType("FrontId", int)
UserId = NewType("UserId", int)

RunNumber = NewType("RunNumber", int)
"""The number of a press run. A write of an older run never overwrites that of a newer one."""
