"""Slugs, addresses and money."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tajuk.terms import addresses
from tajuk.terms.language import Language
from tajuk.terms.money import Currency, Money


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Harga cabai turun 20 %, petani “menunggu”", "harga-cabai-turun-20-petani-menunggu"),
        ("Café d'Élan", "cafe-delan"),
        ("日本", ""),
        ("", ""),
    ],
)
def test_a_slug_is_plain_words(text: str, slug: str) -> None:
    assert addresses.slug_of(text) == slug


@given(st.text())
def test_a_slug_is_always_one_an_address_can_hold(text: str) -> None:
    slug = addresses.slug_of(text)
    assert len(slug) <= 80
    assert slug == slug.strip("-")
    assert all(letter in "abcdefghijklmnopqrstuvwxyz0123456789-" for letter in slug)


def test_a_storys_address_holds_section_day_id_and_slug() -> None:
    path = addresses.story("maritim", date(2026, 3, 9), 42, "perahu")
    assert path == "/maritim/2026/03/09/42/perahu"
    assert addresses.story("maritim", date(2026, 3, 9), 42, "").endswith("/42/story")


def test_only_the_second_language_has_a_prefix() -> None:
    assert addresses.prefix(Language.INDONESIAN, first=Language.INDONESIAN) == ""
    assert addresses.prefix(Language.ENGLISH, first=Language.INDONESIAN) == "/en"


def test_every_first_word_of_the_site_is_reserved() -> None:
    spelled = [
        addresses.topic("a"),
        addresses.author("a"),
        addresses.gallery(1, "a"),
        addresses.edition(date(2026, 1, 1)),
    ]
    assert {path.split("/")[1] for path in spelled} <= addresses.FIRST_WORDS


@pytest.mark.parametrize(
    ("money", "comma", "spelled"),
    [
        (Money(49000, Currency.IDR), True, "Rp 49.000"),
        (Money(49000, Currency.IDR), False, "IDR 49,000"),
        (Money(-123456, Currency.USD), True, "-USD 1.234,56"),
        (Money(5, Currency.USD), False, "USD 0.05"),
    ],
)
def test_money_is_spelled_as_readers_write_it(money: Money, comma: bool, spelled: str) -> None:
    assert money.spelled(decimal_comma=comma) == spelled


def test_two_currencies_are_not_added() -> None:
    assert Money(1, Currency.IDR) + Money(2, Currency.IDR) == Money(3, Currency.IDR)
    with pytest.raises(ValueError, match="convert"):
        Money(1, Currency.IDR) + Money(1, Currency.USD)
