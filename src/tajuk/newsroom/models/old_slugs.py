"""The slugs that sections, topics and people had before: every address they ever had leads to where they are now.

A slug is the same in both languages of the paper. It may be taken again by another of its kind, which then stands
there; when that one is renamed in turn, the slug is its.
"""

from django.db import models

from tajuk.newsroom.models.person import Person
from tajuk.newsroom.models.section import Section
from tajuk.newsroom.models.topic import Topic


class OldSlug(models.Model):
    """A slug, and what was called so last and is called otherwise now (`named`)."""

    slug = models.SlugField(max_length=80, unique=True)

    wagtail_reference_index_ignore = True  # an old name is no use of the thing

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.slug


class OldSectionSlug(OldSlug):
    """What a section was called before."""

    named = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="old_slugs")


class OldTopicSlug(OldSlug):
    """What a topic was called before."""

    named = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="old_slugs")


class OldPersonSlug(OldSlug):
    """What a person was called before."""

    named = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="old_slugs")
