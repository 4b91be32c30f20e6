"""The form of a front."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from wagtail.admin.forms import WagtailAdminModelForm


class FrontForm(WagtailAdminModelForm):
    """Refuses what can't stand on a front: a story of the other edition, a killed one, one placed twice."""

    def clean(self) -> dict[str, Any]:
        """As Wagtail does; errors stand at the placement they are about."""
        cleaned: dict[str, Any] = super().clean()
        seen: set[int] = set()
        placements = self.formsets["placements"]
        placements.is_valid()  # so that each row has its cleaned data
        for form in placements.forms:
            given = getattr(form, "cleaned_data", {})
            story = given.get("story")
            if story is None or given.get("DELETE"):
                continue
            refusal = self._refusal(story, twice=story.pk in seen)
            if refusal:
                form.add_error("story", ValidationError(refusal))
            seen.add(story.pk)
        return cleaned

    def _refusal(self, story: Any, *, twice: bool) -> str | None:
        if twice:
            return gettext("This story stands on the front already: take one of the two away.")
        if story.killed_at is not None:
            return gettext("This story was killed: take it off the front.")
        if story.language != self.instance.language:
            return gettext(
                "This story is written in the other language: choose its translation, or place it on "
                "the front of its own edition."
            )
        return None
