"""The register of arrivals."""

from django.db import models


class Arrival(models.Model):
    """An item that became a story: its content's digest, and the revision that was made of it."""

    uri = models.CharField(max_length=255, unique=True)
    story = models.OneToOneField("newsroom.Story", on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=32)
    # Not a foreign key: old revisions are purged, and a purged one tells as much as a newer one.
    revision_id = models.BigIntegerField()
    was_live = models.BooleanField()
    arrived_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return self.uri
