"""Sections, and who may do what in them."""

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from tajuk.newsroom.models.named import NamedInTwo
from tajuk.terms.addresses import FIRST_WORDS


def not_a_first_word(slug: str) -> None:
    """Refuses a slug that the site uses as the first word of its own paths."""
    if slug in FIRST_WORDS or len(slug) == 2:  # noqa: PLR2004  two letters: a language's own prefix
        raise ValidationError(
            _(
                "“%(slug)s” is used by the site itself. Choose another word, for example “%(slug)s-news”."
            ),
            params={"slug": slug},
        )


class Section(index.Indexed, NamedInTwo):
    """A section of the paper. Its stories live under its slug; renaming it changes one row."""

    slug = models.SlugField(
        _("slug"), max_length=50, unique=True, validators=[not_a_first_word],
        help_text=_("The first word of its addresses: /slug/…"),
    )  # fmt: skip
    parent = models.ForeignKey(
        "self", verbose_name=_("part of"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="children",
    )  # fmt: skip
    position = models.PositiveIntegerField(
        _("position"), default=0, help_text=_("Its place in the navigation.")
    )

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("id")),
                name="a_section_is_not_part_of_itself",
                violation_error_message=_("A section can't be part of itself."),
            ),
        ]

    def clean(self) -> None:
        """Refuses a ring of sections."""
        above, seen = self.parent, {self.pk}
        while above is not None:
            if above.pk in seen:
                raise ValidationError(
                    {"parent": _("This would make a ring of sections: choose another.")}
                )
            seen.add(above.pk)
            above = above.parent


class SectionRole(models.Model):
    """What a group may do in a section and the sections below it; without a section: in the whole paper."""

    class Role(models.TextChoices):
        """The roles, each with what the one before it may do."""

        REPORTER = "reporter", _("Reporter: write and edit drafts, submit for review")
        EDITOR = "editor", _("Editor: edit, publish and correct")
        MANAGING_EDITOR = (
            "managing_editor",
            _("Managing editor: kill stories, run fronts and sections"),
        )

    group = models.ForeignKey(
        Group, verbose_name=_("group"), on_delete=models.CASCADE, related_name="section_roles"
    )
    section = models.ForeignKey(
        Section, verbose_name=_("section"), null=True, blank=True, on_delete=models.CASCADE,
        related_name="roles", help_text=_("Empty: the whole paper."),
    )  # fmt: skip
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)

    class Meta:
        verbose_name = _("role in a section")
        verbose_name_plural = _("roles in sections")
        constraints = [
            models.UniqueConstraint(
                fields=["group", "section"], name="one_role_per_group_and_section"
            ),
            # SQLite knows no NULLS NOT DISTINCT, so the whole paper has a constraint of its own.
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(section__isnull=True),
                name="one_role_per_group_in_the_whole_paper",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.get_role_display()} ({self.section or '*'})"
