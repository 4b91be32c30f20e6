"""The policy of the wall: one meter, sections that are stricter or free, registration first, free referrers."""

from datetime import UTC, datetime, timedelta

import pytest

from tajuk.contracts.wall import packed_wall, unpacked_wall
from tajuk.paywall import Access, Entitlement, Meter, Open, ReaderPass, Visit, Walled, Why, decide
from tajuk.paywall.meter import MeterCard, MeterPolicy, meter_of, united
from tajuk.paywall.policy import SectionRule, WallPolicy, host_of, is_free_referrer

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
MONTH = timedelta(days=30)
TWO_THEN_FIVE = MeterPolicy(5, MONTH, unregistered=2)
READER = ReaderPass(1, NOON + MONTH)


def card(*stories: int) -> MeterCard:
    return MeterCard(NOON, stories)


@pytest.mark.parametrize(
    ("opened", "reader_pass", "decision"),
    [
        ((), None, Open(spends=True)),
        ((1, 2), None, Walled(Why.REGISTER)),
        ((1, 2), READER, Open(spends=True)),
        ((1, 2, 3, 4), READER, Open(spends=True)),
        ((1, 2, 3, 4, 5), READER, Walled(Why.METER_SPENT)),
        ((1, 2, 3, 4, 5), None, Walled(Why.METER_SPENT)),  # an account would open nothing more
        ((1, 9), None, Open()),  # story 9 was read before
    ],
)
def test_registration_is_asked_first_and_then_the_rest_of_one_allowance_is_given(
    opened: tuple[int, ...], reader_pass: ReaderPass | None, decision: Walled | Open
) -> None:
    meter = meter_of(
        card(*opened), 9, TWO_THEN_FIVE, now=NOON, is_registered=reader_pass is not None
    )
    assert decide(Access.METERED, reader_pass, meter, now=NOON) == decision


def test_where_registration_is_asked_at_once_nobody_reads_on_the_papers_meter_without_it() -> None:
    policy = MeterPolicy(5, MONTH, unregistered=0)
    meter = meter_of(None, 9, policy, now=NOON, is_registered=False)
    assert decide(Access.METERED, None, meter, now=NOON) == Walled(Why.REGISTER)
    # Nor does a meter of any kind open what is for registered readers.
    assert decide(Access.REGISTERED, None, Meter(5), now=NOON) == Walled(Why.SIGN_IN)


def test_a_section_shortens_the_meter_and_never_gives_a_new_allowance() -> None:
    policy = MeterPolicy(3, MONTH)
    for limit, left in ((None, 1), (2, 0), (3, 1), (9, 1), (0, 0)):
        assert meter_of(card(1, 2), 9, policy, now=NOON, limit=limit).left == left
    assert meter_of(card(1, 2), 2, policy, now=NOON, limit=0).already_read


def test_an_account_is_not_offered_where_it_would_not_help() -> None:
    meter = meter_of(card(1, 2), 9, TWO_THEN_FIVE, now=NOON, is_registered=False, limit=2)
    assert decide(Access.METERED, None, meter, now=NOON) == Walled(Why.METER_SPENT)


def test_who_comes_from_a_free_host_reads_metered_stories_uncounted_and_no_premium_ones() -> None:
    off = Meter(0, is_off=True)
    assert decide(Access.METERED, None, off, now=NOON) == Open()
    assert decide(Access.PREMIUM, None, off, now=NOON) == Walled(Why.SUBSCRIBE)
    assert decide(Access.REGISTERED, None, off, now=NOON) == Walled(Why.SIGN_IN)


@pytest.mark.parametrize(
    "visit",
    [
        Visit(frozenset({Entitlement.PREMIUM})),
        Visit(is_crawler=True),
        Visit(has_gift=True),
    ],
)
def test_a_library_a_proved_crawler_and_a_gift_open_any_story_and_spend_nothing(
    visit: Visit,
) -> None:
    for access in Access:
        assert decide(access, None, Meter(1), visit, now=NOON) == Open()


def test_a_network_without_the_right_entitlement_opens_nothing() -> None:
    visit = Visit(frozenset({Entitlement.AD_FREE, Entitlement.EPAPER}))
    assert decide(Access.PREMIUM, None, None, visit, now=NOON) == Walled(Why.SUBSCRIBE)


@pytest.mark.parametrize(
    ("referer", "is_free"),
    [
        (b"https://example.org/", True),
        (b"http://berita.example.org:8080/x?y#z", True),
        (b"HTTPS://EXAMPLE.ORG", True),
        (b"https://notexample.org/", False),
        (b"https://example.org.evil.example/", False),
        (b"https://evil.example/https://example.org/", False),
        (b"https://example.org@evil.example/", False),
        (b"https://evil.example?@example.org", False),
        (b"https://evil.example#.example.org", False),
        (b"example.org", False),
        (b"android-app://example.org", False),
        (b"", False),
        (b"\xff://\xff", False),
    ],
)
def test_a_referrer_is_judged_by_its_host(referer: bytes, *, is_free: bool) -> None:
    assert is_free_referrer(WallPolicy(referrers=("example.org",)), referer) is is_free


def test_without_free_hosts_no_referrer_is_free() -> None:
    assert not is_free_referrer(WallPolicy(), b"https://example.org/")
    assert host_of(b"https:///") == ""


def test_two_cards_of_a_reader_are_united_and_an_old_one_says_nothing() -> None:
    policy = MeterPolicy(3, MONTH)
    other = MeterCard(NOON - timedelta(days=2), (2, 3))
    assert united(card(1, 2), other, policy, now=NOON) == MeterCard(other.opened_at, (1, 2, 3))
    assert united(card(1), MeterCard(NOON - MONTH, (2,)), policy, now=NOON) == card(1)
    assert united(None, None, policy, now=NOON) is None


def test_the_policy_survives_the_store() -> None:
    for policy in (
        WallPolicy(),
        WallPolicy(
            TWO_THEN_FIVE,
            ("example.org",),
            {
                3: SectionRule(0),
                4: SectionRule(is_free=True),
                5: SectionRule(takes_referrers=False),
            },
            verifies_crawlers=True,
        ),
    ):
        assert unpacked_wall(packed_wall(policy)) == policy


def test_a_section_is_for_subscribers_where_nobody_counts() -> None:
    policy = WallPolicy(TWO_THEN_FIVE, sections={3: SectionRule(0), 4: SectionRule(is_free=True)})
    assert [policy.is_for_subscribers(each) for each in (3, 4, 5)] == [True, False, False]
    no_meter = WallPolicy(sections={4: SectionRule(is_free=True)})
    assert [no_meter.is_for_subscribers(each) for each in (3, 4)] == [True, False]
