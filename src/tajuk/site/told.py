"""Where the desk hears what the newsstand has seen of readers: see `contracts.told`."""

from functools import cache
from http import HTTPStatus
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from tajuk.contracts.told import SEAL, told_in
from tajuk.paywall.keyring import FILE_NAME, WatchedKeyRing
from tajuk.site.crawlers import FOLDER, Examiner
from tajuk.site.press_room import store
from tajuk.terms.clock import now
from tajuk.wall.actions import note_readings


@csrf_exempt  # the newsstand has no cookie: what it says is sealed
def told(request: HttpRequest) -> HttpResponse:
    """204 once it is written down. Nothing is here for anybody else."""
    seal = request.headers.get(SEAL, "")
    batch = None
    if request.method == "POST" and seal:
        batch = told_in(request.body, seal, _watched(settings.PAPER.folder / FILE_NAME).ring)
    if batch is None:
        raise Http404
    note_readings(batch.readings, now=now())
    if batch.claims:
        examiner(settings.PAPER.folder / FOLDER).take(batch.claims)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@cache
def examiner(folder: Path) -> Examiner:
    """Who looks at crawlers' claims in this process."""
    return Examiner(store, folder)


@cache
def _watched(path: Path) -> WatchedKeyRing:
    return WatchedKeyRing(path)
