"""What would a caller hear of this reply? Whether it is TwiML at all, and whether its first words name 999."""

import re
from xml.etree.ElementTree import ParseError, fromstring

from ivr.speech import speakable

MOST_BYTES = 64_000
"""Twilio reads 64 kB at most."""

DANGER = re.compile(r"\b9 ?9 ?9\b")
NOT_TWIML = "the reply is not well-formed TwiML"
SILENT = "the reply says nothing"
NO_DANGER = "the first words do not name 999"
NOT_ITS_OPENING = "the first words are not the line's own: it answers by its last resort"


def amiss(document: bytes, opening: str) -> str:
    """What is wrong with the first document of a call to a line with this opening; empty where nothing is."""
    first = _first_words(document)
    if first is None:
        return NOT_TWIML
    if not first:
        return SILENT
    if not DANGER.search(first):
        return NO_DANGER
    return "" if first.startswith(speakable(opening).strip()) else NOT_ITS_OPENING


def _first_words(document: bytes) -> str | None:
    """The first text that is spoken; nothing where the document is none. One that declares entities is never read."""
    if len(document) > MOST_BYTES or b"<!" in document:
        return None
    try:
        root = fromstring(document)  # noqa: S314  # no declarations, so no entities; and no longer than Twilio would read
    except ParseError:
        return None
    if root.tag != "Response":
        return None
    return next((text for said in root.iter("Say") if (text := (said.text or "").strip())), "")
