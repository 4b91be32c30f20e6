"""What stands before the wall and on it: the preview the editor chose, the offer, and the way back to the very paragraph."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.pressed_paper import PressedPaper
from tests.standing_matter import NOON, paragraphs, section, story

from tajuk.circulation.rules import way_on
from tajuk.contracts.messages import WallChanged
from tajuk.contracts.pages import WHOLE
from tajuk.edge.slots import ANYBODY, Coming, Reader
from tajuk.newsroom.models import Story
from tajuk.paywall import Entitlement
from tajuk.paywall.meter import MeterPolicy
from tajuk.paywall.policy import WallPolicy
from tajuk.press.pages.story import READ_ON
from tajuk.site import press_room
from tajuk.subscriptions.models import Plan, Price

pytestmark = pytest.mark.django_db

END = {"type": "preview_end", "value": None}


SUBSCRIBER = Reader(coming=Coming(frozenset({Entitlement.PREMIUM})))
TO_REGISTER = Reader(wall=WallPolicy(MeterPolicy(3, timedelta(days=30), unregistered=0)))


def pressed(paper: PressedPaper, body: list[dict[str, Any]], access: str) -> str:
    section()
    made: Story = story("Kapal", body=body, access=access)
    path = f"/maritim/2026/03/10/{made.pk}/{made.slug}"
    paper.press(path)
    return path


def seen(path: str, reader: Reader = ANYBODY) -> str:
    """The page as this reader has it."""
    found = press_room.rack().answer(path, now=NOON, reader=reader)
    assert found is not None
    return found.body.decode()


@pytest.mark.parametrize("access", ["registered", "metered", "premium"])
def test_the_preview_is_the_editors_and_who_signs_in_comes_back_to_the_next_paragraph(
    paper: PressedPaper, access: str
) -> None:
    body = [*paragraphs("Satu.", "Dua.", "Tiga."), END, *paragraphs("Empat.", "Lima.")]
    path = pressed(paper, body, access)
    closed, whole = seen(path), seen(path, SUBSCRIBER)
    assert "Tiga." in closed
    assert "Empat." not in closed
    assert f'<p id="{READ_ON}">Empat.' in whole
    assert whole.count(f'id="{READ_ON}"') == 1
    assert READ_ON not in closed.replace(f"%23{READ_ON}", "")
    assert seen(path, SUBSCRIBER).index("Tiga.") < whole.index("Empat.")
    (sign_in,) = set(re.findall(r'href="(/account/sign-in[?]next=/maritim[^"]*)"', closed))
    (back,) = parse_qs(urlsplit(sign_in).query)["next"]
    assert way_on(back) == back == f"{path}#{READ_ON}"


def test_what_stands_first_of_the_rest_carries_the_place_whatever_it_is(
    paper: PressedPaper,
) -> None:
    quotation = {"type": "quotation", "value": {"text": "Kata.", "speaker": "", "role": ""}}
    path = pressed(paper, [*paragraphs("Satu."), END, quotation], "premium")
    whole = seen(path, SUBSCRIBER)
    assert whole.index(f'id="{READ_ON}"') < whole.index("Kata.")
    assert whole.index("Satu.") < whole.index(f'id="{READ_ON}"')


def test_a_free_story_has_no_such_place_and_shows_no_sign_of_the_break(paper: PressedPaper) -> None:
    path = pressed(paper, [*paragraphs("Satu."), END, *paragraphs("Dua.")], "free")
    assert READ_ON not in seen(path)
    assert "<p>Dua." in seen(path)


def test_the_offer_says_what_it_costs_and_what_happens_next_once_something_is_sold(
    paper: PressedPaper,
) -> None:
    path = pressed(paper, paragraphs(*["Alinea."] * 4), "premium")
    assert "Rp" not in seen(path)
    paper.press_all()
    plan = Plan.objects.create(name="Penuh", trial_days=7)
    Price.objects.create(plan=plan, currency="IDR", amount=49000, first_amount=9000)
    cheaper = Plan.objects.create(name="Tanpa iklan", premium=False, ad_free=True)
    Price.objects.create(plan=cheaper, currency="IDR", amount=5000)
    paper.tell(WallChanged())
    assert paper.store.mark(WHOLE) == b""  # the gates are pressed anew, after what is news
    paper.press(path)
    offer = seen(path)
    assert "Rp 49.000" in offer
    assert "Mulai Rp 9.000" in offer
    assert "7 hari" in offer
    assert 'href="/account/subscribe"' in offer
    assert "5.000 " not in offer.replace("49.000 ", "").replace("9.000 ", "")
    paper.press_all()
    paper.tell(WallChanged())
    assert paper.store.mark(WHOLE) != b""  # nothing has changed


def test_who_may_register_is_asked_to_and_not_to_pay(paper: PressedPaper) -> None:
    path = pressed(paper, paragraphs(*["Alinea."] * 4, "RAHASIA"), "metered")
    asked = seen(path, TO_REGISTER)
    assert "tanpa biaya" in asked
    assert "Masuk atau buat akun" in asked
    assert "RAHASIA" not in asked
    gate = asked[
        asked.index('class="gate"') : asked.index("</section>", asked.index('class="gate"'))
    ]
    assert "pelanggan" not in gate
