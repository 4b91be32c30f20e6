"""One user model for readers and staff: the email address signs in."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from tajuk.terms.clock import now


class UserManager(BaseUserManager["User"]):
    """Makes users; email addresses are kept and compared in lower case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user who signs in with this address, in any case."""
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user; without a password none can be used. Raises ValueError without an address."""
        if not email:
            raise ValueError("A user needs an email address: it is what signs in.")
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user who may do everything at the desk."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A reader or a colleague."""

    email = models.EmailField(_("email address"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    is_staff = models.BooleanField(_("works here"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    language = models.CharField(max_length=2, blank=True, editable=False)
    """Of the edition in which they signed in last; empty: the paper's first. Mail to them is written in it."""
    joined_at = models.DateTimeField(_("joined"), default=now, editable=False)
    sign_ins_ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    """Every sign-in before this moment has ended."""

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="one_user_per_email_address",
                violation_error_message=_("Somebody already signs in with this address."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves in one transaction with what receivers do and tell about it."""
        self.email = self.email.lower()  # as the engine of sign-ins looks for it
        with transaction.atomic():
            super().save(*args, **kwargs)

    def get_session_auth_hash(self) -> str:
        """What Django's sessions hold: another after a new password, and after every sign-in was ended."""
        return super().get_session_auth_hash() + self._end

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The same with the secret keys from before."""
        for each in super().get_session_auth_fallback_hash():
            yield each + self._end

    @property
    def _end(self) -> str:
        return f".{self.sign_ins_ended_at.timestamp():.3f}" if self.sign_ins_ended_at else ""

    def get_full_name(self) -> str:
        """The name, or the address where none is given."""
        return self.name or self.email

    @property
    def works_here(self) -> bool:
        """Whether this is a colleague: who may come to the desk, however the account was made. `is_staff` decides nothing.

        An administrator whose account is closed still is one. Up to two queries, kept by Django with the object.
        """
        return self.is_superuser or self.has_perm("wagtailadmin.access_admin")

    def get_short_name(self) -> str:
        """The first name, or what stands before the @."""
        return self.name.split(" ")[0] if self.name else self.email.split("@")[0]


class Tally(models.Model):
    """The table of Django's shared cache, in which failed tries are counted: see `accounts.sign_in_settings`.

    Its columns are those of `django.core.cache.backends.db`; only that writes and reads it.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "accounts_tally"
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")

    def __str__(self) -> str:
        return self.cache_key
