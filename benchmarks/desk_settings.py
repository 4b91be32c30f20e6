"""Settings of the desk while it is measured: without the wait for a worker, for none is running."""

from tajuk.site.settings import *  # noqa: F403

MIDDLEWARE = [each for each in MIDDLEWARE if "delivery" not in each]  # noqa: F405
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
LOGGING = {"version": 1, "disable_existing_loggers": True}
