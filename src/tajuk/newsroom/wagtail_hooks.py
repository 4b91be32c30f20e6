"""Wagtail's door to the newsroom: importing these modules registers what each holds."""

from tajuk.newsroom.desk import audit, furniture, home, house, notes, stories, story_link, unsent

__all__ = ["audit", "furniture", "home", "house", "notes", "stories", "story_link", "unsent"]
