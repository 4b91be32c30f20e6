"""Topics: what stories are about, across sections."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from tajuk.newsroom.models.named import NamedInTwo


class Topic(index.Indexed, NamedInTwo):
    """A topic, with a page of its own."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]
