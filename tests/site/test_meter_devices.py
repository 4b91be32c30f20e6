"""A signed-in reader's meter on two devices of a newspaper at work: what is read on one counts on the other."""

import http.client
import time
from collections.abc import Iterator

import pytest

from tajuk.paywall.keyring import FILE_NAME, read_key_ring
from tajuk.paywall.passes import PASS_COOKIE, sealed_pass
from tajuk.paywall.types import ReaderPass
from tajuk.terms.clock import now
from tests.edge.cards import a_pass
from tests.running import Newspaper, newspaper

pytestmark = pytest.mark.processes

MAKE = """
from tajuk.accounts.models import User
from tajuk.terms.clock import now
from tests.standing_matter import paragraphs, section, story
import json
section()
stories = [story(f"Berita {n}", access="metered", body=paragraphs(*["Alinea."] * 3, "RAHASIA")) for n in range(7)]
from django.db import transaction
from tajuk.contracts.messages import StoriesImported
from tajuk.outbox.actions import put
with transaction.atomic():
    put(StoriesImported(tuple(s.pk for s in stories)))
reader = User.objects.create_user("sari@uji.example", "sandi")
print(json.dumps([reader.pk, [f"/maritim/{s.published_at:%Y/%m/%d}/{s.pk}/{s.slug}" for s in stories]]))
"""


class Device:
    """A browser's cookie jar."""

    def __init__(self, paper: Newspaper, reader_pass: ReaderPass) -> None:
        ring = read_key_ring(paper.folder / FILE_NAME)
        self.port = paper.port
        self.cookies = {PASS_COOKIE: sealed_pass(reader_pass, ring)}

    def opens(self, path: str, *, ahead: bool = False) -> bool:
        """Whether the story is open to the reader here."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies} | ({"Sec-Purpose": "prefetch"} if ahead else {})
        line.request("GET", path, headers=headers)
        answer = line.getresponse()
        body = answer.read().decode()
        # What would be counted isn't fetched ahead.
        assert answer.status == 200 or (ahead and answer.status == 503), path
        for each in answer.headers.get_all("set-cookie", []):
            name, _, value = each.split(";")[0].partition("=")
            self.cookies[name] = value
        line.close()
        return "RAHASIA" in body


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newspaper]:
    with newspaper(tmp_path_factory.mktemp("meter") / "harian") as made:
        yield made


def test_what_is_read_on_one_device_counts_on_the_other_within_a_second(paper: Newspaper) -> None:
    paper.start()
    reader_id, paths = paper.django(MAKE)
    for path in paths:
        paper.wait_until(lambda at=path: paper.get(at).status == 200, f"{path} to be pressed")
    moment = now()
    phone, laptop = (
        Device(paper, a_pass(reader_id, issued_at=moment, session=each * 11)) for each in "AB"
    )
    assert all(phone.opens(path) for path in paths[:5])  # five in thirty days
    told_at = time.monotonic()
    # Fetching ahead spends nothing: it shows only what was read before.
    while not laptop.opens(paths[4], ahead=True):
        assert time.monotonic() < told_at + 1
        time.sleep(0.02)
    assert not laptop.opens(paths[6])
    assert laptop.opens(paths[0])
    rows = "from tajuk.wall.models import MeteredReading as M; print(M.objects.count())"
    assert paper.django(rows) == 5
