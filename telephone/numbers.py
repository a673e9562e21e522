"""How is a British telephone number written, and how is it dialled?"""

import re

# Ofcom, National Telephone Numbering Plan: the area codes that are shorter or longer than 01xxx. 020-029 are
# (0xx) xxxx xxxx; 011x and 01x1 are (01xx) xxx xxxx.
_SHAPES = (
    (re.compile(r"0(2\d)(\d{4})(\d{4})"), r"0\1 \2 \3"),
    (re.compile(r"0(11\d|1\d1)(\d{3})(\d{4})"), r"0\1 \2 \3"),
    (re.compile(r"0(1\d{3})(\d{5,6})"), r"0\1 \2"),
    (re.compile(r"0(7\d{3})(\d{6})"), r"0\1 \2"),
    (re.compile(r"0([389]\d{2})(\d{3})(\d{4})"), r"0\1 \2 \3"),
)
_E164 = re.compile(r"\+[1-9]\d{7,14}")


def e164(written: str) -> str:
    """Any British spelling as Twilio dials it: `01392 388481` or `+44 (0)1392...` gives `+441392388481`.

    What is not a number (`anonymous`) comes back without its blanks.
    """
    bare = re.sub(r"\(0\)|[\s()./-]", "", written)
    if bare.startswith("00"):
        return "+" + bare[2:]
    return "+44" + bare[1:] if bare.startswith("0") else bare


def national(number: str) -> str:
    """A number as the British read it: `+441392388481` gives `01392 388481`; foreign ones stay as they are."""
    if not number.startswith("+44"):
        return number
    domestic = "0" + number.removeprefix("+44")
    for shape, layout in _SHAPES:
        if shape.fullmatch(domestic):
            return shape.sub(layout, domestic)
    return domestic


def is_dialable(number: str) -> bool:
    """Whether Twilio would try it: E.164 with a plus; British national format is refused (Twilio: E:13223)."""
    return _E164.fullmatch(number) is not None
