"""Settings of the tests: a newspaper of their own in a temporary folder, made before Django loads."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

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

from tajuk.site.settings import *  # noqa: E402, F403  the paper has to stand first

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # tests sign in often
