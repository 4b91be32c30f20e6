"""Who may do what at the circulation desk: permissions a group is given, none of which a role in a section brings.

Readers' names, addresses and payments are not for everybody who writes; a superuser may everything.
"""

from enum import StrEnum
from typing import Any, ClassVar

from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponseBase

_APP = "circulation"


class Duty(StrEnum):
    """What a colleague of the circulation desk may do; the permissions of `models.CirculationDesk`."""

    SEE_READERS = "see_readers"
    SERVE_READERS = "serve_readers"
    """Grant, extend, take back, end sign-ins."""
    REFUND = "refund_readers"
    SEE_FIGURES = "see_figures"
    EXPORT = "export_readers"


def may(user: Any, duty: Duty) -> bool:
    """Whether this colleague may."""
    return bool(user.is_active and user.has_perm(f"{_APP}.{duty}"))


def duties() -> "QuerySet[Permission]":
    """The permissions as rows. One query."""
    return Permission.objects.filter(content_type__app_label=_APP, codename__in=list(Duty))


class Guarded:
    """A view that is refused to whoever lacks one of its duties."""

    duties: ClassVar[tuple[Duty, ...]]

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The answer. Raises PermissionDenied."""
        if not all(may(request.user, duty) for duty in self.duties):
            raise PermissionDenied
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return answer
