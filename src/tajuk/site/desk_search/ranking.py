"""What both back ends share: rank the index first, then read one page of rows."""

from typing import Any

from django.db.models import QuerySet
from modelsearch.query import Phrase, PlainText

CANDIDATES = 2000
"""Of more hits than these, the newest are ranked: nobody turns the pages of a desk search further."""


class RanksFirst:
    """For a query compiler: the ids of the best hits, from the index alone."""

    query: Any
    queryset: Any
    order_by_relevance: bool

    def hits(self) -> "QuerySet[Any]":
        """Index entries that match, as a query."""
        raise NotImplementedError

    def ranked_ids(self) -> list[int]:
        """The ids of the best hits, best first."""
        raise NotImplementedError

    def can_rank_first(self) -> bool:
        """Words or a phrase, ordered by relevance: what the desk's screens ask for."""
        return self.order_by_relevance and isinstance(self.query, PlainText | Phrase)


class ReadsOnePage:
    """For search results: ranks, drops what the asker may not see, and reads the page that is shown."""

    query_compiler: Any
    start: int
    stop: int | None
    _score_field: str | None

    def _do_search(self) -> list[Any]:
        compiler = self.query_compiler
        if self._score_field is not None or not compiler.can_rank_first():
            found: list[Any] = super()._do_search()  # type: ignore[misc]
            return found
        ids = compiler.ranked_ids()
        asked = compiler.queryset.order_by()
        allowed = set(asked.filter(pk__in=ids).values_list("pk", flat=True))
        shown = [pk for pk in ids if pk in allowed][self.start : self.stop]
        wanted = None if self.stop is None else self.stop - self.start
        if len(ids) == CANDIDATES and (wanted is None or len(shown) < wanted):
            # More hits than were ranked, and too few of those are the asker's: then the newest, unranked.
            rows = asked.filter(pk__in=compiler.hits().values_list("object_id_as_pk", flat=True))
            return list(rows.order_by("-pk")[self.start : self.stop])
        rows_by_id = {row.pk: row for row in asked.filter(pk__in=shown)}
        return [rows_by_id[pk] for pk in shown if pk in rows_by_id]
