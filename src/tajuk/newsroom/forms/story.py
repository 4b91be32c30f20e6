"""The form in which a story is written."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from tajuk.newsroom.forms.sections import section_choices
from tajuk.newsroom.models import Section
from tajuk.newsroom.permissions import POLICY, sections_where
from tajuk.terms.addresses import slug_of


class StoryForm(WagtailAdminModelForm):
    """A story, limited to the paper's languages and to the sections in which the user may write."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "language" in self.fields:
            self._limit_languages()
        if "section" in self.fields and self.for_user is not None:
            self._limit_sections()
        if "embargo_until" in self.fields and self._embargo_is_not_theirs():
            for name in ("embargo_until", "embargo_note"):
                self.fields[name].disabled = True

    def _limit_languages(self) -> None:
        languages = settings.PAPER.languages
        self.fields["language"].choices = [
            (language.value, language.own_name) for language in languages
        ]
        if not self.instance.language:
            self.initial.setdefault("language", languages[0].value)

    def _limit_sections(self) -> None:
        allowed = sections_where(self.for_user, "add")
        if allowed is not None and self.instance.section_id is not None:
            allowed |= {self.instance.section_id}
        if allowed is not None:
            self.fields["section"].queryset = Section.objects.filter(pk__in=allowed)
        self.fields["section"].choices = [("", "—"), *section_choices(allowed)]

    def _embargo_is_not_theirs(self) -> bool:
        """A running embargo that an editor has scheduled by is not a reporter's to shorten."""
        return bool(
            self.for_user is not None
            and self.instance.pk
            and self.instance.embargo_until
            and self.instance.approved_schedule
            and not POLICY.user_has_permission_for_instance(self.for_user, "publish", self.instance)
        )

    def clean_published_at(self) -> Any:
        """Refuses a time to come: that is what the schedule is for. Emptied, the time stays what it was."""
        moment = self.cleaned_data.get("published_at") or self.instance.published_at
        if moment is not None and moment > timezone.now():  # noqa: TID251  a form is a door
            raise ValidationError(
                _(
                    "A story can't have been published in the future. To publish later, set a schedule."
                )
            )
        return moment

    def clean_slug(self) -> str:
        """The slug in the letters addresses use."""
        return slug_of(self.cleaned_data.get("slug") or "")

    def clean(self) -> Any:
        """Refuses a translation into the same language, and an embargo on what readers have."""
        cleaned = super().clean()
        if self.instance.live and self.cleaned_data.get("embargo_until"):
            self.add_error(
                "embargo_until",
                _(
                    "Readers have this story already: take it off the site before you set an embargo."
                ),
            )
        original = self.cleaned_data.get("translation_of")
        if original is not None and original.language == self.cleaned_data.get("language"):
            self.add_error(
                "translation_of",
                _("That story is in the same language: choose the one in the other language."),
            )
        return cleaned
