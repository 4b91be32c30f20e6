"""Search on PostgreSQL."""

from typing import Any

from django.db.models import BigIntegerField, F, QuerySet
from django.db.models.functions import Cast
from modelsearch.backends.database.postgres.postgres import (
    IndexEntry,
    PostgresAutocompleteQueryCompiler,
    PostgresIndex,
    PostgresSearchBackend,
    PostgresSearchQueryCompiler,
    PostgresSearchResults,
)
from modelsearch.utils import get_descendants_content_types_pks

from tajuk.site.desk_search.ranking import CANDIDATES, RanksFirst, ReadsOnePage


class _Index(PostgresIndex):
    """Wagtail's index, without looking through all of it at each save."""

    def _refresh_title_norms(self, full: bool = False) -> None:  # noqa: FBT001, FBT002
        """Only when the whole index is built, or by night (`refresh_title_norms`)."""
        if full:
            super()._refresh_title_norms(full=False)


class _FromTheIndex(RanksFirst):
    def hits(self) -> "QuerySet[Any]":
        words = self.build_tsquery(self.query, config=self._config)  # type: ignore[attr-defined]
        vectors = [vector for vector, _ in self._vectors()]
        combined = vectors[0]
        for vector in vectors[1:]:
            combined = combined._combine(vector, "||", False)  # noqa: FBT003, SLF001  as modelsearch does
        entries: QuerySet[Any] = IndexEntry.objects.filter(
            content_type__in=get_descendants_content_types_pks(self.queryset.model)
        )
        matching: QuerySet[Any] = entries.annotate(
            _vector_=combined, object_id_as_pk=Cast("object_id", BigIntegerField())
        ).filter(_vector_=words)
        return matching

    def ranked_ids(self) -> list[int]:
        newest = self.hits().order_by("-id").values("pk")[:CANDIDATES]
        rank = self._build_rank_expression(self._vectors(), self._config)  # type: ignore[attr-defined]
        best = IndexEntry.objects.filter(pk__in=newest).order_by(rank.desc(), "-id")
        return [int(object_id) for object_id in best.values_list("object_id", flat=True)]

    @property
    def _config(self) -> str | None:
        return self.get_config(_backend())  # type: ignore[attr-defined,no-any-return]

    def _vectors(self) -> list[Any]:
        """The index's own columns; modelsearch names them from the story."""
        named = self.get_index_vectors(None)  # type: ignore[attr-defined]
        return [(_from_entry(vector), _from_entry(boost)) for vector, boost in named]

    def can_rank_first(self) -> bool:
        # Searching single fields is done without the index.
        return super().can_rank_first() and self.fields is None  # type: ignore[attr-defined]


def _from_entry(named: Any) -> Any:
    if not isinstance(named, F):
        return named
    name: str = named.name  # type: ignore[attr-defined]
    return F(name.removeprefix("index_entries__"))


def _backend() -> Any:
    from modelsearch.backends import get_search_backend

    return get_search_backend()


class _Search(_FromTheIndex, PostgresSearchQueryCompiler):
    pass


class _Autocomplete(_FromTheIndex, PostgresAutocompleteQueryCompiler):
    pass


class _Results(ReadsOnePage, PostgresSearchResults):
    pass


class PostgresDeskSearch(PostgresSearchBackend):
    """Wagtail's search on PostgreSQL, bounded."""

    index_class = _Index
    query_compiler_class = _Search
    autocomplete_query_compiler_class = _Autocomplete
    results_class = _Results
