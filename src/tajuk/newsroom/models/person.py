"""People who write: authors with profile pages."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index


class Person(index.Indexed, models.Model):
    """An author. A colleague who signs in may be linked, but an author needs no account."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    role = models.CharField(_("role"), max_length=120, blank=True)
    role_second = models.CharField(_("role in the second language"), max_length=120, blank=True)
    bio = models.TextField(_("profile"), blank=True)
    bio_second = models.TextField(_("profile in the second language"), blank=True)
    portrait = models.ForeignKey(
        "pictures.Picture", verbose_name=_("portrait"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    email = models.EmailField(_("public email address"), blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("signs in as"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="person",
    )  # fmt: skip

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
