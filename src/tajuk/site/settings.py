"""Django's settings, made from the paper's own (`tajuk.terms.paper`).

A newspaper changes `newspaper.toml`; what only Django knows (caches, storages, mail back ends) it changes
in a `settings.py` of its own beside that file, which starts with `from tajuk.site.settings import *`.
"""

from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from tajuk.accounts.sign_in_settings import APPS as SIGN_IN_APPS
from tajuk.accounts.sign_in_settings import sign_in_settings
from tajuk.site.database import database_of
from tajuk.site.mail import mail_of
from tajuk.terms.paper import Paper, find_folder, read_paper

PACKAGE = Path(__file__).resolve().parent.parent
PAPER: Paper = read_paper(find_folder(Path.cwd()))

SECRET_KEY = PAPER.secret_key
DEBUG = PAPER.debug
ALLOWED_HOSTS = ["*"]  # the newsstand in front answers for the host; Django trusts only its socket

INSTALLED_APPS = [
    "tajuk.accounts",
    "tajuk.outbox",
    "tajuk.pictures",
    "tajuk.newsroom",
    "tajuk.wire",
    "tajuk.wall",
    "tajuk.subscriptions",
    "tajuk.circulation",
    "tajuk.advertising",
    "tajuk.discovery",
    "tajuk.epaper",
    "tajuk.channels",
    "tajuk.press",
    "tajuk.site",
    "wagtail.contrib.typed_table_block",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    *SIGN_IN_APPS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "tajuk.site.security.SecureResponses",
    "django.middleware.security.SecurityMiddleware",
    "tajuk.site.delivery.WaitForDelivery",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "tajuk.accounts.editions.SpeakTheEdition",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tajuk.newsroom.unsent.TellTheBrowser",
    "django.contrib.messages.middleware.MessageMiddleware",
    "tajuk.circulation.session.HandOutPasses",
    "tajuk.circulation.session.CloseEndedSignIns",
    "allauth.account.middleware.AccountMiddleware",
    "tajuk.accounts.second_factor.DeskAsksForSecondFactor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "tajuk.site.urls"
WSGI_APPLICATION = "tajuk.site.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # A newspaper's own templates stand before ours: it changes its dress without touching code.
        "DIRS": [PAPER.folder / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DATABASES = {"default": database_of(PAPER)}

LANGUAGE_CODE = PAPER.first_language.value
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "desk_locale"]
TIME_ZONE = PAPER.time_zone.key
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = PAPER.static_path
MEDIA_URL = "/media/"
MEDIA_ROOT = PAPER.media_path
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "tajuk.site.static_storage.HashedNames"},
}

globals().update(mail_of(PAPER))  # EMAIL_BACKEND and what goes with it
globals().update(sign_in_settings(PAPER))  # what django-allauth is told

WAGTAIL_SITE_NAME = PAPER.name
WAGTAILADMIN_BASE_URL = PAPER.address
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "tajuk.site.desk_search"}}
WAGTAILIMAGES_IMAGE_MODEL = "pictures.Picture"
WAGTAIL_AUTOSAVE_INTERVAL = 5000
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
WAGTAIL_USER_TIME_ZONES = SimpleLazyObject(
    # Without the system's own names ("localtime"), which browsers don't know and fail at.
    lambda: sorted(name for name in available_timezones() if "/" in name or name == "UTC")
)
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# An address is changed on the account page, where it is proved.
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILEMBEDS_FINDERS: list[dict[str, Any]] = []

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PAPER.is_secure
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "tajuk.site.stale_form.stale_form"
CSRF_TRUSTED_ORIGINS = [PAPER.address]
# Django listens only on the newsstand's Unix socket, and the newsstand writes this header itself, believing only
# trusted_proxies. Django on a port of its own would believe anybody.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if PAPER.is_secure else 0
X_FRAME_OPTIONS = "DENY"  # previews alone say SAMEORIGIN
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # whether the paper's other subdomains speak https is not ours to promise,
    "security.W021",  # nor to have preloaded into browsers
    "security.W008",  # whoever ends https in front of the newsstand redirects to it
]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# A story with tables, galleries and rows of sources has more fields than Django's thousand.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
