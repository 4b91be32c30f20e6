"""Static files by names with a hash in them; each address is spelled once in a process."""

from typing import Any

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.base import ContentFile, File

from tajuk.site.squeezing import squeezed


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

    def _save(self, name: str, content: "File[Any]") -> str:
        # Readers wait for the dress's sheets. The hash in a name stays that of the sheet as it was written.
        if name.startswith("dress/") and name.endswith(".css"):
            raw = b"".join(content.chunks())
            content = ContentFile(squeezed(raw.decode()).encode())
        saved: str = super()._save(name, content)  # type: ignore[misc]  # the stubs lack it
        return saved
