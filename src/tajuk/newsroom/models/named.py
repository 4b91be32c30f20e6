"""What sections, topics and people share: a name and a description in each language of the paper."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NamedInTwo(models.Model):
    """A thing with a name in the paper's first language and, in a bilingual paper, in its second."""

    name = models.CharField(_("name"), max_length=80)
    name_second = models.CharField(_("name in the second language"), max_length=80, blank=True)
    description = models.TextField(_("description"), blank=True)
    description_second = models.TextField(_("description in the second language"), blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name
