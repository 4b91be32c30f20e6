"""A wrong setting stops the start with a sentence that says what to do."""

from pathlib import Path

import pytest

from tajuk.terms.language import Language
from tajuk.terms.paper import Paper, SettingError, find_folder, read_paper

GOOD = 'name = "Harian Kita"\naddress = "https://kita.example/"\n'
SECRET = 'secret_key = "0123456789012345678901234567890123456789"\n'


def write(folder: Path, text: str = GOOD, secrets: str = SECRET) -> Path:
    (folder / "newspaper.toml").write_text(text, encoding="utf-8")
    (folder / "secrets.toml").write_text(secrets, encoding="utf-8")
    return folder


def test_a_small_newspaper_file_is_enough(tmp_path: Path) -> None:
    paper = read_paper(write(tmp_path), environ={})
    assert paper.name == "Harian Kita"
    assert paper.address == "https://kita.example"
    assert paper.languages == (Language.INDONESIAN,)
    assert paper.time_zone.key == "Asia/Jakarta"
    assert paper.second_language is None
    assert paper.is_secure


def test_the_environment_stands_over_the_files(tmp_path: Path) -> None:
    environ = {
        "TAJUK_NAME": "Lain",
        "TAJUK_LANGUAGES": "en, id",
        "TAJUK_DEBUG": "1",
        "TAJUK_FRONT_PLACEMENT_HOURS": "6",
        "TAJUK_TRUSTED_PROXIES": "127.0.0.1,10.0.0.0/8",
    }
    paper = read_paper(write(tmp_path), environ=environ)
    assert (paper.name, paper.debug, paper.front_placement_hours) == ("Lain", True, 6)
    assert paper.languages == (Language.ENGLISH, Language.INDONESIAN)
    assert paper.trusted_proxies == ("127.0.0.1/32", "10.0.0.0/8")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('languages = ["id", "fr"]', "no language Tajuk speaks"),
        ('languages = ["id", "id"]', "one or two different"),
        ('languages = "id"', "one or two different"),
        ('time_zone = "Mars/Phobos"', "Asia/Jakarta"),
        ('google_client_id = "uji"', "belong together"),
        ('staff_second_factor = "yes"', "write true or false"),
        ('currency = "XXX"', "use one of"),
        ('front_placement_hours = "long"', "write a number"),
        ("debug = 1", "true or false"),
        ('trusted_proxies = ["proxy.example"]', "addresses or networks"),
        ('trusted_proxies = "127.0.0.1/40"', "addresses or networks"),
        ("publisher = 7", "write text in quotes"),
        ('adress = "http://a"', "a setting nobody knows: 'adress'"),
        ("name = ", "not valid TOML"),
    ],
)
def test_a_wrong_setting_is_named_with_its_remedy(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(SettingError, match=said):
        read_paper(write(tmp_path, GOOD + line), environ={})


@pytest.mark.parametrize(
    "address", ["kita.example", "ftp://kita.example", "https://kita.example/paper"]
)
def test_an_address_that_is_no_origin_is_refused(tmp_path: Path, address: str) -> None:
    with pytest.raises(SettingError, match="public origin"):
        read_paper(write(tmp_path, f'name = "A"\naddress = "{address}"'), environ={})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TAJUK_DEBUG", "maybe"),
        ("TAJUK_FRONT_PLACEMENT_HOURS", "soon"),
        ("TAJUK_TAGLINES", "x"),
        ("TAJUK_SECRET_KEY", "short"),
    ],
)
def test_a_wrong_variable_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingError):
        read_paper(write(tmp_path), environ={name: value})


def test_a_missing_secret_says_who_makes_one(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="tajuk new"):
        read_paper(write(tmp_path, secrets=""), environ={})


def test_the_folder_is_found_from_below_and_by_name(tmp_path: Path) -> None:
    write(tmp_path)
    below = tmp_path / "var" / "media"
    below.mkdir(parents=True)
    assert find_folder(below, environ={}) == tmp_path
    assert find_folder(Path("/"), environ={"TAJUK_DIR": str(tmp_path)}) == tmp_path
    with pytest.raises(SettingError, match="tajuk new"):
        find_folder(Path("/"), environ={})
    with pytest.raises(SettingError, match="correct TAJUK_DIR"):
        find_folder(tmp_path, environ={"TAJUK_DIR": str(below)})


def test_sockets_fit_the_system_however_deep_the_newspaper_lies(tmp_path: Path) -> None:
    deep = Paper(folder=tmp_path / ("d" * 120), name="A", address="http://a", secret_key="")
    assert len(str(deep.socket_path)) < 100
    other = Paper(folder=tmp_path / ("e" * 120), name="A", address="http://a", secret_key="")
    assert deep.socket_path != other.socket_path
