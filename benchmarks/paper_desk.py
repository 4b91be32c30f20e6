"""What is done to a newspaper that is to be measured with Django awake: `python -m benchmarks.paper_desk fill|ready`."""

import sys
from argparse import Namespace
from datetime import timedelta
from itertools import cycle

from benchmarks.papers import EDITOR
from tajuk.site.commands.newspaper import paper_of, wake_django


def fill() -> None:
    """Somebody who may do everything, and an advertisement in every placement."""
    from django.contrib.auth import get_user_model
    from django.db import transaction

    from tajuk.advertising.actions import save_advertisement
    from tajuk.advertising.models import Advertisement
    from tajuk.pictures.bring_in import picture_intake
    from tajuk.pictures.models import Picture
    from tajuk.pictures.renditions import cut
    from tajuk.site.sample.read import Sample
    from tajuk.terms.clock import now

    get_user_model().objects.create_superuser(EDITOR, name="Juru Ukur")
    sample = Sample.read(now())
    said = [(each, sample.picture(each["picture"])) for each in sample.facts["advertisements"]]
    sold = [(each, picture) for each, picture in said if picture is not None]
    with picture_intake(sample.folder / "pictures") as intake, transaction.atomic():
        ids = intake.take(dict.fromkeys(picture for _, picture in sold))
        for placement, (each, picture) in zip(
            Advertisement.Placement.values, cycle(sold), strict=False
        ):
            advertisement = Advertisement(
                placement=placement, advertiser=each["advertiser"], headline=each["headline"], url=each["url"],
                picture_id=ids[picture], starts_at=now() - timedelta(days=1),
            )  # fmt: skip
            save_advertisement(advertisement, acting_user=None)
    for pk in Picture.objects.values_list("pk", flat=True):
        cut(pk)


def ready() -> None:
    """Nothing waits to be delivered: everything has just been pressed."""
    from tajuk.outbox.models import OutboxMessage

    OutboxMessage.objects.all().delete()


if __name__ == "__main__":
    wake_django(paper_of(Namespace(dir=None)))
    {"fill": fill, "ready": ready}[sys.argv[1]]()
