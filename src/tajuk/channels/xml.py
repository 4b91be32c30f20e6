"""Writing XML: elements with text, and documents without the characters XML forbids."""

import re
from xml.etree import ElementTree as ET

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def child(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    """A new element inside `parent`."""
    made = ET.SubElement(
        parent, name, {key: _FORBIDDEN.sub("", value) for key, value in attributes.items()}
    )
    if text:
        made.text = _FORBIDDEN.sub("", text)
    return made


def written(root: ET.Element) -> bytes:
    """The document, in UTF-8 with its declaration."""
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))
