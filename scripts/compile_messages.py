"""Compile every catalogue of src/tajuk to the .mo Django reads; the .mo are committed.

    python scripts/compile_messages.py           writes each .mo beside its .po
    python scripts/compile_messages.py --check   writes nothing; exit code 1 when a .mo is old

Needs msgfmt (Debian: gettext), which refuses a translation that loses or changes a placeholder.
"""

import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src" / "tajuk"


def compiled(po: Path) -> bytes:
    """The .mo of a .po, the same bytes on every machine."""
    command = ["msgfmt", "--check-format", "--check-domain", "--no-hash", "--endianness=little"]
    done = subprocess.run([*command, "--output-file=-", po], capture_output=True, check=False)
    if done.returncode:
        sys.exit(done.stderr.decode())
    return done.stdout


def main(arguments: list[str]) -> int:
    check = arguments == ["--check"]
    if arguments and not check:
        sys.exit(__doc__)
    old = 0
    for po in sorted(SOURCE.rglob("LC_MESSAGES/*.po")):
        mo = po.with_suffix(".mo")
        content = compiled(po)
        if mo.exists() and mo.read_bytes() == content:
            continue
        old += 1
        if check:
            print(
                f"{mo.relative_to(SOURCE)} does not match its .po: run scripts/compile_messages.py"
            )
        else:
            mo.write_bytes(content)
            print(f"wrote {mo.relative_to(SOURCE)}")
    return 1 if check and old else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
