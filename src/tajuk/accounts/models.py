"""One user model for readers and staff: the email address signs in."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from tajuk.terms.clock import now


class UserManager(BaseUserManager["User"]):
    """Makes users; the email address is kept as given and compared without case."""

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

    def get_short_name(self) -> str:
        """The first name, or what stands before the @."""
        return self.name.split(" ")[0] if self.name else self.email.split("@")[0]
