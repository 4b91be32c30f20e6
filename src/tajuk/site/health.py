"""What the desk says of itself when the newsstand asks, for `/healthz`."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from tajuk.outbox.models import OutboxMessage


@require_safe
def health(_request: HttpRequest) -> JsonResponse:
    """Whether the database can be read. Answered on the desk's socket; readers' `/healthz` is the newsstand's."""
    return JsonResponse({"database": can_read()}, headers={"Cache-Control": "no-store"})


def can_read() -> bool:
    """Whether a row can be read."""
    try:
        read_a_row()
    except DatabaseError:
        connection.close()  # what is broken isn't used again
        return False
    return True


def read_a_row() -> None:
    """Reads from a table: SQLite opens its file, and looks into it, only then. Raises DatabaseError."""
    OutboxMessage.objects.exists()
