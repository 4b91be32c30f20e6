"""When the store is pressed anew by itself."""

from dataclasses import replace
from typing import Any

import pytest

from tajuk.site.rebuild import fingerprint
from tajuk.terms.language import Language


@pytest.mark.parametrize(
    "change",
    [
        {"meter_stories": 9},
        {"address": "https://lain.example"},
        {"name": "Lain"},
        {"languages": (Language.ENGLISH,)},
    ],
)
def test_a_setting_that_pages_show_presses_everything_anew(
    settings: Any, change: dict[str, Any]
) -> None:
    of_now = fingerprint.__wrapped__()
    assert fingerprint.__wrapped__() == of_now

    settings.PAPER = replace(settings.PAPER, **change)

    assert fingerprint.__wrapped__() != of_now


def test_a_setting_that_no_page_shows_presses_nothing(settings: Any) -> None:
    of_now = fingerprint.__wrapped__()
    settings.PAPER = replace(settings.PAPER, trusted_proxies=("10.0.0.0/8",), debug=True)
    assert fingerprint.__wrapped__() == of_now


def test_the_newspaper_s_own_templates_count(settings: Any, tmp_path: Any) -> None:
    settings.PAPER = replace(settings.PAPER, folder=tmp_path)
    before = fingerprint.__wrapped__()
    (tmp_path / "templates" / "dress").mkdir(parents=True)
    (tmp_path / "templates" / "dress" / "foot.html").write_text("<footer></footer>")
    assert fingerprint.__wrapped__() != before
