"""The policy of the wall, as the manager sets it for the paper and for sections. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tajuk.paywall.meter import MeterCard, MeterPolicy, meter_of
from tajuk.paywall.types import Meter
from tajuk.terms.paper import Paper


@dataclass(frozen=True, slots=True)
class SectionRule:
    """How the metered stories of a section differ from the paper's."""

    limit: int | None = None
    """They open only while the reader has opened fewer stories than that in the whole paper; 0: they are for
    subscribers. None: as the paper."""
    is_free: bool = False
    """They are open and not counted."""
    takes_referrers: bool = True
    """Whether the paper's free referrers open them."""


AS_THE_PAPER = SectionRule()


@dataclass(frozen=True, slots=True)
class WallPolicy:
    """The whole policy. There is one meter in the paper: a section can shorten it, never lengthen it."""

    meter: MeterPolicy | None = None
    """None: nobody counts, and metered stories are for subscribers."""
    referrers: tuple[str, ...] = ()
    """Hosts whose visitors read metered stories uncounted; a host stands for those under it too."""
    sections: Mapping[int, SectionRule] = field(default_factory=dict)
    """By section, those below it among them; sections without a rule of their own or of one above them are missing."""
    verifies_crawlers: bool = False
    """Whether search engines that prove to be what they say get the whole text."""

    def rule(self, section_id: int) -> SectionRule:
        """The rule for the stories of a section."""
        return self.sections.get(section_id, AS_THE_PAPER)

    def is_for_subscribers(self, section_id: int) -> bool:
        """Whether metered stories of this section open for nobody without a subscription."""
        rule = self.rule(section_id)
        return not rule.is_free and (self.meter is None or rule.limit == 0)


def policy_of(paper: Paper) -> WallPolicy:
    """What newspaper.toml says: it holds until the manager sets the wall at the desk."""
    if not paper.meter_stories:
        return WallPolicy()
    return WallPolicy(MeterPolicy(paper.meter_stories, timedelta(days=paper.meter_days)))


def meter_before(
    policy: WallPolicy, section_id: int, story_id: int, card: MeterCard | None, *,
    now: datetime, is_registered: bool, is_from_free: bool = False,
) -> Meter | None:  # fmt: skip
    """How the meter stands before a metered story of a section; None where nobody counts.

    `is_from_free`: they come from a free referrer.
    """
    rule = policy.rule(section_id)
    if rule.is_free or (is_from_free and rule.takes_referrers):
        return Meter(0, is_off=True)
    if policy.meter is None:
        return None
    return meter_of(
        card, story_id, policy.meter, now=now, is_registered=is_registered, limit=rule.limit
    )


def is_free_referrer(policy: WallPolicy, referer: bytes) -> bool:
    """Whether a Referer header names a page at one of the free hosts. Anybody can write such a header."""
    host = host_of(referer)
    return any(host == each or host.endswith("." + each) for each in policy.referrers)


def host_of(address: bytes) -> str:
    """The host in an http or https address, lower-case, without port; empty where there is none."""
    scheme, separator, rest = address.partition(b"://")
    if not separator or scheme.lower() not in {b"http", b"https"}:
        return ""
    for end in (b"/", b"?", b"#"):
        rest = rest.partition(end)[0]
    host = rest.rpartition(b"@")[2].partition(b":")[0]
    return host.decode("latin-1").lower().rstrip(".")
