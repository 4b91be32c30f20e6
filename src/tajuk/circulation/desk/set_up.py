"""The circulation desk of a new paper: its group and what that may do."""

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_noop, override

from tajuk.circulation.desk.permissions import duties
from tajuk.terms.language import Language

NAME = gettext_noop("Circulation")


def set_up_circulation_desk() -> None:
    """Makes the group when it is missing; a group that is there keeps what an administrator gave it."""
    with transaction.atomic():
        names = set()
        for language in Language:
            with override(language.value):
                names.add(translated(NAME))
        if Group.objects.filter(name__in=names).exists():
            return
        with override(settings.PAPER.first_language.value):
            group = Group.objects.create(name=translated(NAME))
        door = Permission.objects.get(
            content_type__app_label="wagtailadmin", codename="access_admin"
        )
        group.permissions.add(door, *duties())
