"""The desk's words for the newsroom's closed sets."""

from django.utils.translation import gettext_lazy as _

from tajuk.newsroom.rules.status import Status

STATUS = {
    Status.DRAFT: _("Draft"),
    Status.IN_REVIEW: _("In review"),
    Status.SCHEDULED: _("Scheduled"),
    Status.EMBARGOED: _("Embargoed"),
    Status.LIVE: _("Live"),
    Status.CHANGED: _("Live, with changes"),
    Status.EXPIRED: _("Expired"),
    Status.KILLED: _("Killed"),
}
"""Where a story stands."""
