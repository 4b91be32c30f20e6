"""What all tests share: a newspaper of their own in a temporary folder, made before Django loads."""

import os
import tempfile
from pathlib import Path

SECRET = "only-for-tests-0123456789-0123456789-0123456789"


def _make_paper() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="tajuk-test-"))
    (folder / "var").mkdir()
    (folder / "newspaper.toml").write_text(
        'name = "Harian Uji"\naddress = "http://testserver"\nlanguages = ["id", "en"]\n'
        f'secret_key = "{SECRET}"\n',
        encoding="utf-8",
    )
    return folder


os.environ["TAJUK_DIR"] = str(_make_paper())
