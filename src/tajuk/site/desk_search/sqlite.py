"""Search on SQLite: one question to its full-text table, which Wagtail asks once for each hit."""

from typing import Any

from django.db.models import BigIntegerField, QuerySet
from django.db.models.functions import Cast
from modelsearch.backends.database.sqlite.query import BM25, MatchExpression, normalize
from modelsearch.backends.database.sqlite.sqlite import (
    SQLiteAutocompleteQueryCompiler,
    SQLiteFTSIndexEntry,
    SQLiteIndex,
    SQLiteSearchBackend,
    SQLiteSearchQueryCompiler,
    SQLiteSearchResults,
)
from modelsearch.utils import get_descendants_content_types_pks

from tajuk.site.desk_search.ranking import CANDIDATES, RanksFirst, ReadsOnePage


class _Index(SQLiteIndex):
    """Wagtail's index, without looking through all of it at each save."""

    def _refresh_title_norms(self, full: bool = False) -> None:  # noqa: FBT001, FBT002
        """Only when the whole index is built, or by night (`refresh_title_norms`)."""
        if full:
            super()._refresh_title_norms(full=False)


class _FromTheFullTextTable(RanksFirst):
    def hits(self) -> "QuerySet[Any]":
        words = self.build_search_query(normalize(self.query))  # type: ignore[attr-defined]
        fields = self.fields or self.FTS_TABLE_FIELDS  # type: ignore[attr-defined]
        entries: QuerySet[Any] = SQLiteFTSIndexEntry.objects.filter(MatchExpression(fields, words))
        of_this_kind: QuerySet[Any] = entries.filter(
            index_entry__content_type__in=get_descendants_content_types_pks(self.queryset.model)
        )
        hits: QuerySet[Any] = of_this_kind.annotate(
            object_id_as_pk=Cast("index_entry__object_id", BigIntegerField())
        )
        return hits

    def ranked_ids(self) -> list[int]:
        # The full-text table hands out its newest rows first without looking at the others; ranking looks at all.
        newest = list(self.hits().order_by("-pk").values_list("pk", flat=True)[:CANDIDATES])
        if not newest:
            return []
        best = self.hits().filter(pk__gte=newest[-1]).annotate(score=BM25())
        ranked = best.order_by("score", "-pk").values_list("object_id_as_pk", flat=True)
        return [int(pk) for pk in ranked]


class _Search(_FromTheFullTextTable, SQLiteSearchQueryCompiler):
    pass


class _Autocomplete(_FromTheFullTextTable, SQLiteAutocompleteQueryCompiler):
    pass


class _Results(ReadsOnePage, SQLiteSearchResults):
    pass


class SQLiteDeskSearch(SQLiteSearchBackend):
    """Wagtail's search on SQLite, bounded."""

    index_class = _Index
    query_compiler_class = _Search
    autocomplete_query_compiler_class = _Autocomplete
    results_class = _Results
