"""`python -m benchmarks [family] [its options]`: measures one family of figures, or all of them.

A family is a module of this folder with `figures(arguments)`; its name on the command line is the module's, or
the first word of it (`desk` for `desk_at_scale`).
"""

import importlib
import pkgutil
import sys
from pathlib import Path
from types import ModuleType

from benchmarks.figures import report


def families() -> dict[str, ModuleType]:
    """Every family, by its name."""
    here = str(Path(__file__).parent)
    found = {}
    for each in pkgutil.iter_modules([here]):
        if each.name.startswith("_"):
            continue
        source = Path(here, f"{each.name}.py").read_text(encoding="utf-8")
        if "\ndef figures(" in source:
            found[each.name] = importlib.import_module(f"benchmarks.{each.name}")
    return found


def _how(module: ModuleType) -> str:
    """What the family measures, in its own words, without how it is called."""
    paragraphs = (module.__doc__ or "").split("\n\n")
    return "\n\n".join(each for each in paragraphs if not each.startswith("    "))


def main(arguments: list[str]) -> int:
    known = families()
    wanted, options = arguments[:1], arguments[1:]
    if wanted:
        chosen = {
            name: module
            for name, module in known.items()
            if name == wanted[0] or name.split("_")[0] == wanted[0]
        }
        if not chosen:
            print(f"There is no family {wanted[0]!r}. Known: {', '.join(sorted(known))}.")
            return 2
    else:
        chosen = known
    for name, module in chosen.items():
        report(name, module.figures(options), how=_how(module))
    return 0  # a goal that is missed is a figure, not a failure of the measuring


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
