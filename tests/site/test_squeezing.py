"""A sheet as it is sent says what the one that was written says. That browsers agree: tests/press/test_dress_browser.py."""

import pytest

from tajuk.site.squeezing import squeezed


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("/* why */\na {\n  color: red;\n}\n", "a{color:red}"),
        ("a,\nb > c {\n  margin: 0 auto;\n  top: 0;\n}\n", "a,b > c{margin:0 auto;top:0}"),
        ("a :hover{ } a:hover{ }", "a :hover{}a:hover{}"),
        ("a { width: calc(1rem + 2vw); }", "a{width:calc(1rem + 2vw)}"),
        ("@media (min-width: 40rem) and (x) {\n  a {\n    top: 0;\n  }\n}\n",
         "@media (min-width:40rem) and (x){a{top:0}}"),
        ('a::after { content: " (;} /* kept */ : "; }', 'a::after{content:" (;} /* kept */ : "}'),
        ("a::after { content: '\\'  \"'; } b { top: 0; }", "a::after{content:'\\'  \"'}b{top:0}"),
        ('@font-face { src: url("a  b") format("woff2"), local("C  D"); }',
         '@font-face{src:url("a  b") format("woff2"),local("C  D")}'),
        ('a { content: ""; top: 0; }', 'a{content:"";top:0}'),
    ],
)  # fmt: skip
def test_blanks_and_comments_go_and_nothing_else(written: str, sent: str) -> None:
    assert squeezed(written) == sent
    assert squeezed(sent) == sent
