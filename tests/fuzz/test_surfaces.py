"""No input breaks a promise: tried by Hypothesis around good input, and at length by atheris."""

import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.surface import Surface, folder_in_memory
from tests.fuzz.surfaces import SURFACES, write_corpus

RUNS, LONG_RUNS, SECONDS = 2_000, 200_000, 60
Edit = tuple[float, int, bytes]


@pytest.fixture(scope="module", params=SURFACES)
def surface(request: pytest.FixtureRequest) -> Iterator[Surface]:
    with folder_in_memory() as folder:
        made = SURFACES[request.param](folder)
        yield made
        made.close()


def edited(seed: bytes, edits: list[Edit]) -> bytes:
    """The seed, with so many bytes taken out at some places (as parts of its length) and others put in."""
    for where, gone, put_in in edits:
        place = int(where * len(seed))
        seed = seed[:place] + put_in + seed[place + gone :]
    return seed


EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=12)), max_size=4)


def test_every_seed_is_taken(surface: Surface) -> None:
    for seed in surface.seeds():
        surface(seed)


def test_nothing_near_good_input_breaks_a_promise(surface: Surface) -> None:
    inputs = st.builds(edited, st.sampled_from(surface.seeds()), EDITS) | st.binary(max_size=200)

    @settings(
        max_examples=RUNS, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    @given(inputs)
    def run(data: bytes) -> None:
        surface(data)

    run()


@pytest.mark.parametrize("name", SURFACES)
def test_the_corpus_is_made_by_code(name: str, tmp_path: Path) -> None:
    write_corpus(SURFACES[name], tmp_path / "corpus")
    made = [each.read_bytes() for each in (tmp_path / "corpus").iterdir()]
    assert sorted(made) == sorted(set(SURFACES[name].seeds()))


@pytest.mark.prove
@pytest.mark.skipif(
    importlib.util.find_spec("atheris") is None, reason="no atheris here: scripts/set_up fuzz"
)
@pytest.mark.parametrize("name", SURFACES)
def test_nor_does_anything_that_atheris_finds(name: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", name, f"-runs={LONG_RUNS}", f"-max_total_time={SECONDS}",
         "-max_len=4096", "-len_control=20", "-timeout=20", f"-artifact_prefix={tmp_path}/"],
        capture_output=True, text=True, check=False, timeout=SECONDS + 120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-8000:]
    told = re.search(r"Done (\d+) runs in (\d+) second", done.stderr)
    assert told, done.stderr[-2000:]
    assert int(told[1]) > len(SURFACES[name].seeds())
