"""What is said when Django refuses a form because its token is missing or old."""

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.csrf import csrf_failure

from tajuk.circulation.doors import stale_form as stale_form_of_a_reader
from tajuk.press.pages.account import account_page
from tajuk.terms import addresses
from tajuk.terms.routes import language_of


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """A reader is led to the form again, in the paper's dress; the desk answers as Django does."""
    _, within = language_of(request.path, settings.PAPER)
    if within.startswith(addresses.account()):
        return stale_form_of_a_reader(request, dressed=account_page)
    return csrf_failure(request, reason)
