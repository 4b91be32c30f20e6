"""Letters to readers about their account, in the language of the edition they are in: plain text, and the same as HTML.

A letter is one template, `account/mail/<name>.txt`: its first line is the subject. Written in paragraphs; a paragraph
that begins with `= ` is a code, one that begins with `> ` an address to go to. A newspaper may have its own in its
`templates` folder.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from smtplib import SMTPException
from typing import Any

from anymail.exceptions import AnymailError
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from tajuk.accounts.editions import edition

logger = logging.getLogger(__name__)
UNSENT = (SMTPException, OSError, AnymailError)
"""What a mail server or provider that is away or refuses makes Django raise."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a letter: `kind` is "text", "code" or "link"."""

    kind: str
    text: str


def letter(name: str, to: str, context: Mapping[str, Any]) -> EmailMultiAlternatives:
    """The letter `name` to this address."""
    told = {"paper": settings.PAPER.name, "address": settings.PAPER.address, **context}
    lines = render_to_string(f"account/mail/{name}.txt", told).strip()
    subject, _, text = lines.partition("\n")
    paragraphs = [_paragraph(each) for each in text.split("\n\n") if each.strip()]
    body = "\n\n".join(each.text for each in paragraphs)
    made = EmailMultiAlternatives(
        subject.strip(),
        f"{body}\n\n-- \n{settings.PAPER.name}\n{settings.PAPER.address}\n",
        to=[to],
    )
    frame = {"subject": subject, "paragraphs": paragraphs, "language": edition().value, **told}
    made.attach_alternative(render_to_string("account/mail/frame.html", frame), "text/html")
    return made


def send_if_possible(name: str, to: str, context: Mapping[str, Any]) -> None:
    """Sends a letter that only tells what was done: what the reader did stands, though it can't be sent."""
    try:
        letter(name, to, context).send()
    except UNSENT as error:
        logger.warning("letter_not_sent", extra={"letter": name, "error": type(error).__name__})


def _paragraph(text: str) -> Paragraph:
    plain = " ".join(text.split())
    for mark, kind in (("= ", "code"), ("> ", "link")):
        if plain.startswith(mark):
            return Paragraph(kind, plain.removeprefix(mark))
    return Paragraph("text", plain)
