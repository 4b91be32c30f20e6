"""Foreign HTML, cleaned by nh3 and put into a small tree that the reader of blocks walks."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

import nh3

from tajuk.wire.text import one_line, storable

INLINE = {
    "b": "b", "strong": "b", "i": "i", "em": "i", "cite": "i", "sup": "sup", "sub": "sub", "a": "a",
}  # fmt: skip
"""The inline tags that are kept, each with its spelling at the desk."""

_BLOCKS = {
    "p", "div", "section", "article", "header", "footer", "main", "aside", "h1", "h2", "h3", "h4", "h5", "h6",
    "blockquote", "ul", "ol", "li", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td",
    "figure", "figcaption", "img", "iframe", "hr", "br", "pre", "dl", "dt", "dd",
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt", "title", "data-assoc-ref"},
    "iframe": {"src", "title"},
}
_VOID = {"img", "br", "hr"}
_DEEPEST = 40
_cleaner = nh3.Cleaner(
    tags=_BLOCKS | set(INLINE),
    clean_content_tags={"script", "style", "template", "noscript", "title", "head", "svg", "math"},
    attributes=_ATTRIBUTES,
    url_schemes={"http", "https", "mailto", "story"},
    url_relative="pass_through",
    link_rel=None,
)


@dataclass(slots=True)
class Node:
    """An element with its children; a string is text."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)

    def all(self, *tags: str) -> Iterator["Node"]:
        """Elements of these tags below this one, in the order of the text."""
        for child in self.children:
            if isinstance(child, Node):
                if child.tag in tags:
                    yield child
                yield from child.all(*tags)

    @property
    def text(self) -> str:
        """Its words on one line."""
        return one_line("".join(_words(self)))


def _words(node: Node) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, str):
            yield child
        elif child.tag in INLINE:
            yield from _words(child)
        else:
            yield " "
            yield from _words(child)
            yield " "


class _Gardener(HTMLParser):
    """Grows the tree. What nests deeper than any newspaper's text is laid flat."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("div")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        if len(self._open) <= _DEEPEST:
            self._open[-1].children.append(node)
            if tag not in _VOID:
                self._open.append(node)
        elif tag == "br":
            self._open[-1].children.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if any(node.tag == tag for node in self._open[1:]):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def tree_of(html: str) -> Node:
    """The tree of a piece of foreign HTML; scripts, styles, handlers and strange addresses are gone."""
    gardener = _Gardener()
    gardener.feed(_cleaner.clean(storable(html)))
    gardener.close()
    return gardener.root


def inline_html(children: "list[Node | str]") -> str:
    """Children as inline HTML: text, the kept inline tags and `<br/>`; of other elements the words only."""
    pieces = "".join(_pieces(children))
    return " ".join(pieces.split())


def _pieces(children: "list[Node | str]") -> Iterator[str]:
    for child in children:
        if isinstance(child, str):
            yield escape(child, quote=False)
        elif child.tag == "br":
            yield "<br/>"
        elif child.tag == "a":
            href = child.attributes.get("href", "")
            # A relative link leads nowhere outside of the sender's own site.
            if href.startswith(("http://", "https://", "mailto:", "story:")):
                yield f'<a href="{escape(href)}">'
                yield from _pieces(child.children)
                yield "</a>"
            else:
                yield from _pieces(child.children)
        elif child.tag in INLINE:
            tag = INLINE[child.tag]
            yield f"<{tag}>"
            yield from _pieces(child.children)
            yield f"</{tag}>"
        else:
            yield " "
            yield from _pieces(child.children)
            yield " "
