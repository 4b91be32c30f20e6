"""All surfaces by name, and their corpus, which code makes: passes in it are sealed with keys of the tests."""

from hashlib import blake2b
from pathlib import Path

from tests.fuzz.asked import Asked
from tests.fuzz.cookies import Cookies
from tests.fuzz.damage import Damage
from tests.fuzz.sealed import Sealed
from tests.fuzz.surface import Surface
from tests.fuzz.wire import Wire

SURFACES: dict[str, type[Surface]] = {
    "asked": Asked,
    "cookies": Cookies,
    "damage": Damage,
    "sealed": Sealed,
    "wire": Wire,
}


def write_corpus(surface: type[Surface], folder: Path) -> None:
    """The seeds as files, each named after what is in it."""
    folder.mkdir(parents=True)
    for seed in surface.seeds():
        (folder / blake2b(seed, digest_size=8).hexdigest()).write_bytes(seed)
