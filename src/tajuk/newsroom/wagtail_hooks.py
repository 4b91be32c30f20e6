"""Wagtail's door to the newsroom: importing these modules registers what each holds."""

from tajuk.newsroom.desk import audit, house

__all__ = ["audit", "house"]
