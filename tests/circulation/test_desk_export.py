"""What leaves the circulation desk as CSV."""

import csv
import io
from typing import Any

import pytest
from django.test import Client
from wagtail.users.models import UserProfile

from tajuk.accounts.models import User
from tajuk.subscriptions.models import (
    Order,
    Subscription,
)
from tajuk.terms.clock import now as read_clock
from tests.circulation.at_the_desk import DAY, audit, served_by_all
from tests.circulation.invented import Plans, invented_readers, paid_order

pytestmark = pytest.mark.django_db


def taken(client: Client, **form: Any) -> tuple[bytes, list[dict[str, str]]]:
    """An exported file, and its rows."""
    answer: Any = client.post(
        "/desk/readers/export/", {"what": "readers", "separator": ",", **form}
    )
    assert answer.status_code == 200
    assert answer.streaming, answer.context["form"].errors
    assert answer["Cache-Control"] == "private, no-store"
    file = b"".join(answer.streaming_content)
    text = file.decode("utf-8-sig")
    return file, list(
        csv.DictReader(io.StringIO(text, newline=""), delimiter=form.get("separator", ","))
    )


def test_readers_leave_as_csv_with_an_audit_line_and_no_formula(
    client: Client, sold: Plans
) -> None:
    by = served_by_all(client)
    evil = User.objects.create_user("jahat@uji.example", name='=HYPERLINK("http://x")')
    file, rows = taken(client, with_mark="on", q="jahat")
    assert file.startswith(b"\xef\xbb\xbf")
    assert [each for row in rows for each in row.values() if each.startswith("=")] == []
    assert evil.name in file.decode("utf-8-sig").replace('""', '"')
    (line,) = audit(by)
    assert (line[0], line[2]) == ("circulation.export", by.pk)
    assert "jahat" not in line[1], "what was searched for may be a name"


def test_an_indonesian_desk_begins_with_the_separator_its_spreadsheets_expect(
    client: Client,
) -> None:
    by = served_by_all(client)
    for language, separator in (("id", ";"), ("en", ",")):
        UserProfile.objects.update_or_create(user=by, defaults={"preferred_language": language})
        page = client.get("/desk/readers/export/")
        assert page.context["form"]["separator"].value() == separator


@pytest.mark.parametrize("field", ["first", "last"])
@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_days_no_calendar_of_ours_has_are_refused_on_the_form(
    client: Client, field: str, day: str
) -> None:
    served_by_all(client)
    form = {"what": "payments", "separator": ",", field: day}
    assert field in client.post("/desk/readers/export/", form).context["form"].errors


def test_a_file_speaks_the_colleagues_language_to_its_last_row(
    client: Client, ani: User, sold: Plans
) -> None:
    by = served_by_all(client)
    paid_order(ani, sold.monthly, now=read_clock())
    UserProfile.objects.create(user=by, preferred_language="en")
    _, rows = taken(client, q="ani@")
    assert [(row["State"], row["May sign in"]) for row in rows] == [("goes on", "yes")]


def test_all_readers_subscriptions_and_payments_leave_in_batches(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tajuk.circulation.desk.export.BATCH", 7)
    served_by_all(client)
    moment = read_clock()
    made = invented_readers(30, now=moment)
    gone = Order.objects.filter(state="paid").first()
    assert gone is not None
    Order.objects.filter(pk=gone.pk).update(reader=None)  # as when an account is deleted
    assert len(taken(client)[1]) == User.objects.count() == len(made) + 1
    _, subscriptions = taken(client, what="subscriptions", separator=";")
    assert len(subscriptions) == Subscription.objects.count()
    _, payments = taken(client, what="payments")
    paid = Order.objects.filter(state="paid")
    assert len(payments) == paid.count()
    assert {each["Nilai"] for each in payments} <= {"49000", "490000", "4.99"}
    kept = {each["Pesanan"] for each in payments}
    assert gone.reference in kept
    _, narrowed = taken(client, what="payments", standing="subscribes")
    assert 0 < len(narrowed) < len(payments)
    day = (moment - 30 * DAY).date()
    _, of_month = taken(client, what="payments", first=day.isoformat())
    assert 0 < len(of_month) < len(payments)
