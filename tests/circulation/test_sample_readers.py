"""The readers of the sample newspaper can sign in, and each may do what is said of them."""

from datetime import UTC, datetime

from django.test import Client

from tajuk.circulation.queries import followed_ids
from tajuk.paywall.types import Entitlement
from tajuk.site.sample.read import Sample
from tajuk.site.sample.readers import READERS, enrol_readers
from tajuk.terms.clock import now
from tests.circulation.conftest import PASSWORD, held
from tests.pressed_paper import PressedPaper
from tests.standing_matter import topic


def test_the_sample_has_a_reader_of_each_kind_who_can_sign_in(
    db: None, paper: PressedPaper
) -> None:
    for slug in sorted({slug for each in READERS for slug in each.topics}):
        topic(slug)
    enrol_readers(PASSWORD, now=now())
    for each in READERS:
        client = Client()
        told = {"email": each.email, "password": PASSWORD}
        assert client.post("/account/sign-in", told).status_code == 303
        found = held(client)
        assert found.entitlements == frozenset(each.entitlements)
        assert len(followed_ids(found.reader_id)) == len(each.topics)
    kinds = {frozenset(each.entitlements) for each in READERS}
    assert kinds == {
        frozenset(),
        frozenset({Entitlement.PREMIUM}),
        frozenset({Entitlement.PREMIUM, Entitlement.AD_FREE}),
    }


def test_what_sample_readers_follow_is_in_the_sample() -> None:
    slugs = {each.slug for each in Sample.read(datetime(2026, 3, 15, tzinfo=UTC)).topics()}
    assert {slug for each in READERS for slug in each.topics} <= slugs
