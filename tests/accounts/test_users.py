"""One address, one user, in whatever case it is typed."""

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.db import IntegrityError, transaction


@pytest.mark.django_db
def test_an_email_address_signs_in_in_any_case_and_belongs_to_one_user() -> None:
    users = get_user_model()
    made = users.objects.create_user("Ratri@Nusa.example", "rahasia", name="Ratri Wulandaru")
    assert authenticate(username="ratri@nusa.example", password="rahasia") == made
    assert authenticate(username="ratri@nusa.example", password="salah") is None
    with pytest.raises(IntegrityError), transaction.atomic():
        users.objects.create_user("RATRI@nusa.example")
    with pytest.raises(ValueError, match="email address"):
        users.objects.create_user("")


@pytest.mark.django_db
def test_a_user_without_a_name_is_called_by_the_address() -> None:
    user = get_user_model().objects.create_user("bagas@nusa.example")
    assert (user.get_full_name(), user.get_short_name()) == ("bagas@nusa.example", "bagas")
    user.name = "Bagas Temaram"
    assert (str(user), user.get_short_name()) == ("Bagas Temaram", "Bagas")
    assert not user.has_usable_password()
