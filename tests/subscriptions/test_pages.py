"""Readers who pay, page by page, without a script, in both languages."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as house
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import Settings

from tajuk.accounts.models import User
from tajuk.newsroom.actions.addresses import public_path
from tajuk.paywall.gifts import opened_gift
from tajuk.paywall.keyring import FILE_NAME, key_ring
from tajuk.subscriptions import cashier
from tajuk.subscriptions.models import Checkout, Order, Payment, Plan, Price, Subscription, Voucher
from tajuk.terms.clock import now as read_clock
from tests.pressed_paper import PressedPaper, pressed_paper
from tests.standing_matter import story
from tests.subscriptions.conftest import Simulator, a_plan, bill, ordered, paid

DAY = timedelta(days=1)


@pytest.fixture
def paper(db: None, tmp_path: Path, settings: Settings) -> Iterator[PressedPaper]:
    """A newspaper with an empty page store, and nothing counted."""
    cache.clear()
    settings.PAPER = replace(settings.PAPER, folder=tmp_path)
    with pressed_paper() as made:
        yield made


@pytest.fixture
def signed_in(client: Client, reader: User, paper: PressedPaper, simulator: Simulator) -> Client:
    """The reader's browser."""
    client.force_login(reader)
    return client


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    assert response["Cache-Control"] == "private, no-store"
    return response.content.decode()


def hidden(text: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', text)
    assert found is not None, name
    return found.group(1)


def order_from(client: Client, plan: Plan, **more: str) -> str:
    """Orders by the form; the order's address."""
    text = page(client, "/account/subscribe")
    told = {
        "plan": str(plan.pk),
        "currency": "IDR",
        "key": hidden(text, "key"),
        "do": "order",
        **more,
    }
    response = client.post("/account/subscribe", told)
    assert response.status_code == 303, response.content.decode()
    assert client.post("/account/subscribe", told)["Location"] == response["Location"], (
        "a double click"
    )
    return response["Location"]


@pytest.mark.parametrize("way", ["midtrans", "xendit", "stripe"])
def test_a_reader_chooses_pays_and_holds_a_receipt(
    signed_in: Client, simulator: Simulator, plan: Plan, way: str
) -> None:
    there = order_from(signed_in, plan)
    assert "Rp 49.000" in page(signed_in, there)
    assert "PPN 11 %: Rp 4.856" in page(signed_in, there)
    for _ in range(2):
        assert signed_in.post(there, {"do": "pay", "way": way}).status_code == 303
    checkout = Checkout.objects.get()
    waiting = signed_in.get(there)
    assert checkout.pay_url in waiting.content.decode()
    assert waiting["Refresh"].startswith("4;")
    assert "Belum ada kabar" in waiting.content.decode()
    simulator.pay(checkout)
    signed_in.get(f"{there}?back")
    cashier.work_once(read_clock())
    done = signed_in.get(there)
    assert "Lunas" in done.content.decode()
    assert "Refresh" not in done.headers
    payments = page(signed_in, "/account/payments")
    receipt = re.search(r'href="(/account/receipts/[^"]+)"', payments)
    assert receipt is not None
    pdf = signed_in.get(receipt.group(1))
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF-")
    stranger = Client()
    stranger.force_login(User.objects.create_user("lain@uji.example"))
    assert stranger.get(receipt.group(1)).status_code == 404
    assert stranger.get(there).status_code == 404


def test_cancelling_takes_two_clicks_and_says_until_when(
    signed_in: Client, simulator: Simulator, reader: User, plan: Plan
) -> None:
    paid(simulator, ordered(reader, plan))
    held = Subscription.objects.get()
    first = re.search(
        r'href="(/account/payments\?cancel=\d+)"', page(signed_in, "/account/payments")
    )
    assert first is not None
    assert "Ya, batalkan" in page(signed_in, first.group(1))
    assert Subscription.objects.get().cancelled_at is None, "asking changes nothing"
    signed_in.post("/account/payments", {"do": "cancel", "subscription": held.pk})
    assert Subscription.objects.get().cancelled_at is not None
    assert "lalu berakhir" in page(signed_in, "/account/payments?cancelled")


def test_nobody_cancels_or_sees_what_is_another_readers(
    signed_in: Client, simulator: Simulator, plan: Plan
) -> None:
    other = User.objects.create_user("lain@uji.example")
    order = ordered(other, plan)
    paid(simulator, order)
    held = Subscription.objects.get()
    for told in ({"do": "cancel"}, {"do": "renew"}, {"do": "resume"}):
        signed_in.post("/account/payments", {**told, "subscription": held.pk})
    assert Subscription.objects.get().cancelled_at is None
    assert signed_in.get(f"/account/orders/{order.reference}").status_code == 404
    assert signed_in.post(f"/account/orders/{order.reference}", {"do": "refund"}).status_code == 404


def test_a_reader_has_the_money_back_within_seven_days(
    signed_in: Client, simulator: Simulator, reader: User, plan: Plan
) -> None:
    order = ordered(reader, plan)
    paid(simulator, order)
    there = f"/account/orders/{order.reference}"
    assert "Kembalikan uang saya" in page(signed_in, there)
    signed_in.post(there, {"do": "refund"})
    assert "sedang dikembalikan" in page(signed_in, there)
    cashier.work_once(read_clock())
    assert "sudah dikembalikan" in page(signed_in, there)
    again = ordered(reader, plan)
    paid(simulator, again)
    from tajuk.subscriptions.actions.refunds import is_refundable_for_reader

    assert is_refundable_for_reader(again, now=read_clock())
    assert not is_refundable_for_reader(again, now=read_clock() + 7 * DAY)


def test_the_page_says_that_a_provider_does_not_answer_and_nothing_is_lost(
    signed_in: Client, simulator: Simulator, plan: Plan, settings: Settings
) -> None:
    there = order_from(signed_in, plan)
    at = settings.PAPER
    settings.PAPER = replace(at, xendit_url="http://127.0.0.1:9")
    response = signed_in.post(there, {"do": "pay", "way": "xendit"})
    assert response.status_code == 503
    assert "sedang tidak menjawab" in response.content.decode()
    settings.PAPER = at
    assert signed_in.post(there, {"do": "pay", "way": "xendit"}).status_code == 303
    assert Checkout.objects.get().provider_id


def test_money_that_does_not_belong_is_told_of(
    signed_in: Client, simulator: Simulator, reader: User, plan: Plan
) -> None:
    order = ordered(reader, plan)
    paid(simulator, order, units=500)
    assert Payment.objects.get().judgement == "other_amount"
    text = page(signed_in, f"/account/orders/{order.reference}")
    assert "Rp 500 masuk tetapi tidak sesuai" in text


def test_a_bank_transfer_is_explained(signed_in: Client, plan: Plan) -> None:
    there = order_from(signed_in, plan)
    assert "Transfer bank" not in page(signed_in, there)
    bill(bank_account="Bank Uji 99 a.n. Harian Uji")
    signed_in.post(there, {"do": "pay", "way": "bank"})
    text = page(signed_in, there)
    assert "Bank Uji 99" in text
    assert Order.objects.get().reference in text


def test_vouchers_gifts_and_trials_are_asked_for_on_the_same_page(
    signed_in: Client, simulator: Simulator
) -> None:
    plan = a_plan(trial_days=14)
    Voucher.objects.create(code="HEMAT", percent=100, starts_at=read_clock() - DAY)
    wrong = signed_in.post(
        "/account/subscribe",
        {"plan": plan.pk, "currency": "IDR", "key": "k", "voucher": "SALAH", "do": "order"},
    )
    assert "Voucer ini tidak berlaku" in wrong.content.decode()
    gift = {"plan": plan.pk, "currency": "IDR", "key": "g", "for": "gift", "email": "bukan-alamat"}
    assert "alamat surel penerima" in signed_in.post("/account/subscribe", gift).content.decode()
    response = signed_in.post("/account/subscribe", {**gift, "email": "b@uji.example"})
    assert Order.objects.get(reference=response["Location"][-16:]).purpose == "gift"
    signed_in.post(
        "/account/subscribe", {"plan": plan.pk, "currency": "IDR", "key": "t", "do": "trial"}
    )
    assert Subscription.objects.get().is_trial
    Subscription.objects.all().delete()
    free = order_from(signed_in, plan, voucher="hemat")
    assert "Lunas" in page(signed_in, free)


def test_a_stranger_sees_the_plans_and_signs_in_on_the_way(
    client: Client, paper: PressedPaper, plan: Plan
) -> None:
    Price.objects.create(plan=plan, currency="USD", amount=499)
    assert "Masuk untuk melanjutkan" in page(client, "/account/subscribe")
    assert "USD 4.99" in page(client, "/en/account/subscribe?currency=USD")
    response = client.post("/account/subscribe", {"plan": plan.pk, "key": "k"})
    assert response["Location"] == "/account/sign-in?next=%2Faccount%2Fsubscribe"
    for path in ("/account/payments", "/account/orders/0123456789ABCDEF"):
        assert client.get(path).status_code == 303


@pytest.mark.parametrize(
    "told",
    [
        {}, {"plan": "x"}, {"plan": "9" * 30}, {"plan": "1", "currency": "XXX", "key": "k"}, {"plan": "²"},
        {"plan": "1", "key": "\0"}, {"plan": "1", "key": "k", "voucher": "\0" * 99}, {"do": "trial"},
    ],
)  # fmt: skip
def test_whatever_the_form_holds_is_answered_cleanly(
    signed_in: Client, plan: Plan, told: dict[str, str]
) -> None:
    told = {key: str(plan.pk) if value == "1" else value for key, value in told.items()}
    assert signed_in.post("/account/subscribe", told).status_code in {200, 303}
    assert signed_in.post("/account/payments", told).status_code == 303


def test_a_subscriber_gives_a_story_and_nobody_else_does(
    signed_in: Client, simulator: Simulator, reader: User, plan: Plan, paper: PressedPaper
) -> None:
    made = story("Untuk teman", access="premium", published_at=read_clock() - DAY)
    address = f"http://testserver{public_path(made)}?utm=x#par-3"
    text = signed_in.post("/account/give", {"story": address}).content.decode()
    assert "Hanya yang berlangganan" in text
    paid(simulator, ordered(reader, plan))
    for wrong in ("", "/", "https://[", "/maritim/2026/01/01/999999/x", "\0"):
        assert (
            "bukan alamat berita"
            in signed_in.post("/account/give", {"story": wrong}).content.decode()
        )
    found = re.search(r'value="http://testserver[^"]*gift=([^"&]+)"', signed_in.post("/account/give", {"story": address}).content.decode())  # fmt: skip
    assert found is not None
    ring = key_ring(house.PAPER.folder / FILE_NAME, now=read_clock())
    gift = opened_gift(found.group(1).encode(), ring, now=read_clock())
    assert gift is not None
    assert (gift.story_id, gift.giver_id) == (made.pk, reader.pk)
    for _ in range(9):
        signed_in.post("/account/give", {"story": address})
    assert "sepuluh berita" in signed_in.post("/account/give", {"story": address}).content.decode()


_ENGLISH = re.compile(r"\b(the|your|you|order|pay|paid|until|subscription|cancel|receipt|gift)\b", re.IGNORECASE)  # fmt: skip


def test_no_english_stands_in_the_indonesian_pages(
    signed_in: Client, simulator: Simulator, reader: User, plan: Plan
) -> None:
    order = ordered(reader, plan)
    paid(simulator, order)
    waiting = ordered(reader, a_plan("Tahunan", period_unit="year"))
    for path in ("/account/subscribe", "/account/subscribe?gift", "/account/payments",
                 f"/account/orders/{order.reference}", f"/account/orders/{waiting.reference}"):  # fmt: skip
        text = page(signed_in, path).partition("<main")[2].partition(">")[2].partition("</main>")[0]
        words = re.sub(r"<[^>]*>|in English", " ", text)
        assert _ENGLISH.findall(words) == [], path
