"""Every front there can be is there: one for each edition's home and sections."""

from django.conf import settings

from tajuk.newsroom.models import Front, Section


def set_up_fronts() -> int:
    """Makes the fronts that are missing; returns how many. May be called again at any time.

    A front without placed stories fills by rule, so a new one changes nothing for readers and is live.
    """
    made = 0
    sections: list[int | None] = [None, *Section.objects.values_list("pk", flat=True)]
    known = set(Front.objects.values_list("language", "section_id"))
    for language in settings.PAPER.languages:
        for section_id in sections:
            if (language.value, section_id) not in known:
                Front.objects.create(language=language.value, section_id=section_id, live=True)
                made += 1
    return made
