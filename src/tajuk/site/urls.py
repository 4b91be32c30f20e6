"""Addresses that Django answers. What readers may ask for is registered in `tajuk.site.surfaces`."""

from django.conf import settings
from django.urls import include, path, re_path
from wagtail.admin import urls as desk_urls

from tajuk.site import public
from tajuk.terms import addresses

urlpatterns = [
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
    re_path(r"^(?!desk/).*$", public.page, name="page"),
]
