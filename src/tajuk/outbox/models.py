"""What waits to be told."""

from django.db import models


class OutboxMessage(models.Model):
    """One message, from the commit of its change until its last step is done."""

    kind = models.CharField(max_length=60)
    payload = models.JSONField()
    put_at = models.DateTimeField()
    due_at = models.DateTimeField()
    """Not to be tried before this moment; moved on after a failed try."""
    claimed_until = models.DateTimeField(null=True)
    """A worker has it until then; afterwards it is taken to have died, and anybody may claim it."""
    claimed_by = models.CharField(max_length=120, blank=True)
    """The machine of that worker. A worker starting there knows that its predecessor is gone."""
    tries = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["due_at", "id"], name="outbox_due")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Lease(models.Model):
    """Who keeps the clock: one process of the group ticks until its lease runs out."""

    name = models.CharField(max_length=60, primary_key=True)
    holder = models.CharField(max_length=120)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}: {self.holder}"
