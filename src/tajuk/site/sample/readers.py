"""Three readers of the sample newspaper: what each may read, and with what around it, can be seen at once."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_user_model

from tajuk.circulation.actions import follow, grant
from tajuk.newsroom import queries as newsroom
from tajuk.paywall.types import Entitlement
from tajuk.terms.language import Language


@dataclass(frozen=True, slots=True)
class SampleReader:
    """A reader who can sign in."""

    email: str
    name: str
    what: str
    """For whoever tries the demo."""
    entitlements: tuple[Entitlement, ...]
    topics: tuple[str, ...]
    """Slugs of the topics they follow."""


READERS = (
    SampleReader(
        "pembaca@nusa.example", "Pembaca Terdaftar", "registered reader: registered stories, the meter",
        (), ("kanal", "trem-kota", "layang-layang"),
    ),
    SampleReader(
        "pelanggan@nusa.example", "Pelanggan Setia", "subscriber: every story, with advertisements",
        (Entitlement.PREMIUM,), ("panen-raya", "harga-cabai", "koperasi"),
    ),
    SampleReader(
        "tanpa-iklan@nusa.example", "Pelanggan Tanpa Iklan", "subscriber: every story, no advertisement",
        (Entitlement.PREMIUM, Entitlement.AD_FREE), ("tarif-feri", "nelayan", "kapal-kayu", "sekolah-pesisir"),
    ),
)  # fmt: skip


def enrol_readers(password: str, *, now: datetime) -> None:
    """Makes them, with this password."""
    for each in READERS:
        reader = get_user_model().objects.create_user(each.email, password, name=each.name)
        for entitlement in each.entitlements:
            grant(
                reader, entitlement, starts_at=now, ends_at=None, reason="Sample newspaper", acting_user=None
            )  # fmt: skip
        topics = newsroom.topics_with_slugs(each.topics, Language.INDONESIAN)
        follow(reader, [topic.topic_id for topic in topics], language=Language.INDONESIAN)
