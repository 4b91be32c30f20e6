"""Wagtail's door to the newsroom: importing these modules registers what each holds."""

from tajuk.newsroom.desk import audit, furniture, house, stories

__all__ = ["audit", "furniture", "house", "stories"]
