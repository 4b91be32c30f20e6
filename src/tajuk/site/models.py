"""Tables of the building: its letterbox."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SentMail(models.Model):
    """A mail the paper sent while no mail server was set: it is kept here and read at the desk."""

    sent_at = models.DateTimeField(_("sent"), db_index=True)
    sender = models.CharField(_("from"), max_length=320)
    recipients = models.TextField(_("to"))
    subject = models.CharField(_("subject"), max_length=500)
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-sent_at", "-id"]

    def __str__(self) -> str:
        return self.subject
