"""Paging whose cost does not grow with the archive."""

from django.db import connection
from django.db.models import Model
from django.utils.functional import cached_property
from django.utils.translation import gettext
from wagtail.admin.paginator import WagtailPaginator

MOST = 10_000
"""Nobody turns pages further than this: they search or filter."""


def estimated_count(model: type[Model]) -> int:
    """About how many rows there are: PostgreSQL's own estimate; on SQLite, the last id given.

    Before PostgreSQL has looked at a table (-1) it is taken to be empty.
    """
    table = model._meta.db_table  # noqa: SLF001  Django's public name for it
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = %s::regclass",
                [table],
            )
        else:
            cursor.execute(f"SELECT coalesce(max(id), 0) FROM {connection.ops.quote_name(table)}")  # noqa: S608  a table's own name
        row = cursor.fetchone()
    return int(row[0])


class BoundedPaginator(WagtailPaginator):
    """Counts no further than `MOST`, and says “about so many” beyond."""

    @cached_property
    def count(self) -> int:
        """How many rows can be paged through."""
        rows = self.object_list
        if not hasattr(rows, "query"):
            return len(rows)
        return int(rows.order_by().values("pk")[:MOST].count())

    @cached_property
    def items_count_label(self) -> str:
        """“12 stories”, or “about 1000000 stories”."""
        if self.count < MOST:
            return str(super().items_count_label)
        return gettext("about %(count)d %(things)s") % {
            "count": max(estimated_count(self.model), MOST), "things": self.verbose_name_plural,
        }  # fmt: skip
