"""The languages a paper may be published in, and the desk may be read in."""

from enum import StrEnum


class Language(StrEnum):
    """A language of publication; the value is its BCP 47 tag."""

    INDONESIAN = "id"
    ENGLISH = "en"

    @property
    def own_name(self) -> str:
        """What its readers call it, for the edition switch."""
        return {"id": "Indonesia", "en": "English"}[self.value]

    @property
    def open_graph(self) -> str:
        """The `og:locale` spelling."""
        return {"id": "id_ID", "en": "en_GB"}[self.value]


CHOICES = [(language.value, language.own_name) for language in Language]
"""For model fields. All languages, not only the paper's, so that migrations do not depend on settings."""
