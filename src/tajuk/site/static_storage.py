"""Static files by names with a hash in them; each address is spelled once in a process."""

from typing import Any

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class HashedNames(ManifestStaticFilesStorage):
    """Django's own, remembering what it answered: a page names a dozen files, and the press makes many pages."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._addresses: dict[str, str] = {}

    def url(self, name: str | None, force: bool = False) -> str:  # noqa: FBT001, FBT002  as Django calls it
        """The file's address."""
        assert name is not None, "a static file is asked for by its name"
        if force or name not in self._addresses:
            self._addresses[name] = super().url(name, force)
        return self._addresses[name]

    def save_manifest(self) -> None:
        """The names were worked out anew."""
        self._addresses.clear()
        super().save_manifest()
