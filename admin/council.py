"""Which colour do the pages wear? The council's, from the settings; checked so that white text on it can be read."""

import re

from flask import Blueprint, Response, request

from admin.ports import HOUSE_COLOUR, desk

HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
LEAST_CONTRAST = 4.5
"""Of text with its ground: WCAG 2.2, 1.4.3."""

NOT_A_COLOUR = "“{}” is not a colour; write it as {}."
TOO_PALE = "white text on “{}” has a contrast of {:.1f} to 1; choose a darker colour, of 4.5 to 1 or more."

blueprint = Blueprint("council", __name__)


class ColourError(ValueError):
    """A colour that the pages cannot wear; the message says why and what to do."""


def colour_from(text: str) -> str:
    """A colour as ``#rrggbb``; ours where nothing is given. Raises ``ColourError``."""
    if not text:
        return HOUSE_COLOUR
    if not HEX.fullmatch(text):
        raise ColourError(NOT_A_COLOUR.format(text, HOUSE_COLOUR))
    digits = text[1:].lower()
    colour = "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))
    found = contrast_with_white(colour)
    if found < LEAST_CONTRAST:
        raise ColourError(TOO_PALE.format(text, int(found * 10) / 10))
    return colour


def contrast_with_white(colour: str) -> float:
    """The contrast of ``#rrggbb`` with white, 1 to 21 (WCAG 2.2, relative luminance)."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


@blueprint.get("/council.css")
def colours() -> Response:
    """The colour as a style sheet of its own: no page has to write a style."""
    sheet = f":root {{ --council-colour: {desk().colour}; --govuk-brand-colour: {desk().colour}; }}\n"
    reply = Response(sheet, content_type="text/css; charset=utf-8")
    reply.headers["Cache-Control"] = "no-cache"
    reply.add_etag()
    reply.make_conditional(request)
    return reply
