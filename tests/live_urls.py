"""Addresses of a desk that tests drive: the site's, and the pictures the newsstand would send."""

from django.conf import settings
from django.urls import path
from django.views.static import serve

from tajuk.site.urls import urlpatterns as ours

urlpatterns = [
    path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT}),
    *ours,
]
