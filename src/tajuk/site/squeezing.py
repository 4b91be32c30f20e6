"""A style sheet as it is sent: without comments and blanks, which are for those who write it. Pure."""

import re

_KEPT_OR_COMMENT = re.compile(r'("(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\')|/\*.*?\*/', re.DOTALL)
_BLANKS = re.compile(r"\s+")
_AROUND = re.compile(r" ?([{};,]) ?")


def squeezed(sheet: str) -> str:
    """The same rules in fewer bytes; strings stay as they are.

    A blank before a colon or around a sign may mean something (`a :hover`, `calc(1rem + 2vw)`): it stays.
    """
    strings: list[str] = []

    def put_by(found: re.Match[str]) -> str:
        if found[1] is None:
            return " "
        strings.append(found[1])
        return '""'

    text = _AROUND.sub(r"\1", _BLANKS.sub(" ", _KEPT_OR_COMMENT.sub(put_by, sheet)))
    text = text.replace(": ", ":").replace(";}", "}").strip()
    left = iter(strings)
    return re.sub('""', lambda _: next(left), text)
