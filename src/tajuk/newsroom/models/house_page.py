"""House pages: about, contact, cyber-media guidelines, privacy, terms, corrections."""

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin

from tajuk.newsroom import preview
from tajuk.outbox.whole import PublishedWhole
from tajuk.terms.language import CHOICES as LANGUAGES


class HousePage(PublishedWhole, PreviewableMixin, DraftStateMixin, RevisionMixin, models.Model):
    """A page the paper owes its readers, in one language."""

    class Slug(models.TextChoices):
        """The pages every paper has; each is one of the site's first words."""

        ABOUT = "about", _("About us")
        CONTACT = "contact", _("Contact")
        GUIDELINES = "guidelines", _("Cyber-media guidelines")
        CORRECTIONS = "corrections", _("Corrections")
        PRIVACY = "privacy", _("Privacy")
        TERMS = "terms", _("Terms")

    slug = models.CharField(_("page"), max_length=20, choices=Slug.choices)
    language = models.CharField(_("language"), max_length=5, choices=LANGUAGES)
    headline = models.CharField(_("headline"), max_length=160)
    standfirst = models.TextField(_("standfirst"), blank=True)
    body = RichTextField(_("text"), features=["h2", "h3", "bold", "italic", "link", "ol", "ul"])
    updated_at = models.DateTimeField(_("last updated"), auto_now=True)

    class Meta:
        verbose_name = _("house page")
        verbose_name_plural = _("house pages")
        ordering = ["slug", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug", "language"],
                name="one_house_page_per_language",
                violation_error_message=_(
                    "This page exists in this language already: edit that one."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.headline

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:  # noqa: ARG002
        """The reader's page with the text as it stands in the form."""
        return preview.render(self, request)
