"""The table in which tries are counted keeps what counts, and no more."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from tajuk.accounts import tidying
from tajuk.accounts.models import Tally
from tajuk.accounts.sign_in_settings import CACHES
from tajuk.terms.clock import now

pytestmark = pytest.mark.django_db


def test_a_flood_of_addresses_drops_no_count() -> None:
    assert CACHES["default"]["OPTIONS"]["MAX_ENTRIES"] >= 1_000_000


def test_tidying_forgets_the_counts_that_have_run_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tidying, "_next", {})
    cache.set("lama", [1], 60)
    cache.set("baru", [1], 7200)
    assert tidying.tidy(now() + timedelta(hours=1))
    left = list(Tally.objects.values_list("cache_key", flat=True))
    assert [each.rpartition(":")[2] for each in left] == ["baru"]
