"""`python -m tests.fuzz SURFACE [libFuzzer's options]`: atheris follows the branches that the input takes."""

import sys

import atheris

with atheris.instrument_imports(
    include=["tajuk.edge", "tajuk.paywall", "tajuk.store", "tajuk.contracts"]
):
    from tests.fuzz.surfaces import SURFACES, write_corpus

from tests.fuzz.surface import folder_in_memory


def main() -> None:
    """Never returns: libFuzzer ends the process, with 0 when no promise was broken."""
    name, *options = sys.argv[1:]
    with folder_in_memory() as folder:
        write_corpus(SURFACES[name], folder / "corpus")
        (folder / "work").mkdir()
        surface = SURFACES[name](folder / "work")
        atheris.Setup([name, *options, str(folder / "corpus")], surface)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
