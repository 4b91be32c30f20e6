"""Addresses that Django answers. What readers may ask for is registered in `tajuk.site.surfaces`."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import include, path, re_path
from wagtail.admin import urls as desk_urls

from tajuk.circulation.doors import too_many
from tajuk.circulation.urls import patterns as account_patterns
from tajuk.contracts.told import ADDRESS
from tajuk.edge.desk_line import HEALTH
from tajuk.press.pages.account import account_page
from tajuk.site import desk_sign_in, health, public, told
from tajuk.subscriptions.urls import patterns as money_patterns
from tajuk.terms import addresses

urlpatterns = [
    path(HEALTH[1:], health.health, name="health"),
    path("desk/login/", desk_sign_in.DeskSignIn.as_view(), name="wagtailadmin_login"),
    path("desk/password_reset/", desk_sign_in.recover, name="wagtailadmin_password_reset"),
    path("desk/", include(desk_urls)),
    *(
        path(
            (addresses.prefix(each, first=settings.PAPER.first_language) + addresses.search())[1:],
            public.search,
            {"language": each.value},
            name=f"search-{each}",
        )
        for each in settings.PAPER.languages
    ),
    *money_patterns(settings.PAPER.languages, dressed=account_page),
    *account_patterns(dressed=account_page),
    path(ADDRESS[1:], told.told, name="told"),
    re_path(r"^(?!desk/).*$", public.page, name="page"),
]


def handler429(request: HttpRequest) -> HttpResponse:
    """What the engine of sign-ins answers whoever asks too often."""
    return too_many(request, dressed=account_page)
