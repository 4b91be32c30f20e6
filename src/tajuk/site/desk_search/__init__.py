"""The desk's search: Wagtail's database back ends, made to cost the same for a large archive.

Measured with Wagtail 8.0 at a million stories (docs/adr/0002): every indexed save read the whole index, and a search
joined it to the stories by a cast. Here a save writes its own row only, and a search starts from the index, looks at
the newest `CANDIDATES` hits, ranks those, and reads the stories of one page.
"""

from typing import Any

from django.db import connection


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802  modelsearch looks for this name
    """The back end for the paper's database."""
    if connection.vendor == "postgresql":
        from tajuk.site.desk_search.postgres import PostgresDeskSearch

        return PostgresDeskSearch(params)
    from tajuk.site.desk_search.sqlite import SQLiteDeskSearch

    return SQLiteDeskSearch(params)
