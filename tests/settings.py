"""Settings of the tests: a newspaper of their own in a temporary folder, made before Django loads."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

SECRET = "only-for-tests-0123456789-0123456789-0123456789"


def _make_paper() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="tajuk-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "var").mkdir()
    (folder / "newspaper.toml").write_text(
        'name = "Harian Uji"\naddress = "http://testserver"\nlanguages = ["id", "en"]\n'
        f'secret_key = "{SECRET}"\n',
        encoding="utf-8",
    )
    return folder


os.environ["TAJUK_DIR"] = str(_make_paper())
if os.environ.get("TAJUK_TEST_DATABASE") == "postgres":
    _server = urlsplit(os.environ.get("TAJUK_TEST_POSTGRES", "postgres://127.0.0.1:5432"))
    # pytest-django makes and drops `test_<name>` beside it; the name keeps two runs on one server apart.
    os.environ["TAJUK_DATABASE_URL"] = urlunsplit(_server._replace(path=f"/tajuk_{os.getpid()}"))

from tajuk.site.settings import *  # noqa: E402, F403  the paper has to stand first

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # tests sign in often

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
