"""What does a plan's TOML hold? Its tables, or a sentence that says why nobody can read them; what would keep the reader busy for
minutes is refused before it is read, since the same process answers calls."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

MOST_PARTS = 32
"""So many parts may a dotted key have. The library's work grows with the square of it, and a plan's keys have four."""

PART = r"""(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+"""
LONG_KEY = re.compile(rf"(?<![\w-])(?:{PART}){{{MOST_PARTS}}}")
TOO_DOTTED = f"A key, or a text like one, has more than {MOST_PARTS} parts with dots between them; no plan needs that, shorten it."
STRANGE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
"""Characters that nobody can hear and neither XML nor every database keeps."""

SIGNS = "It holds a control character; remove it."
NESTED = "This nests deeper than any plan needs; flatten it."
NO_TOML = "This is not TOML: {}."
NO_NUMBER = "A number in it has more digits than any plan needs; shorten it."


def tables_from(text: str) -> dict[str, Any] | str:
    """The tables of a TOML text, or what keeps it from being read."""
    if LONG_KEY.search(text):
        return TOO_DOTTED
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return NO_TOML.format(error)
    except RecursionError:
        return NESTED
    except ValueError:  # Python reads no number of more than 4300 digits
        return NO_NUMBER


def strange_places(value: Any, place: str = "") -> Iterator[str]:
    """Where control characters stand in tables, in the names of fields too."""
    if isinstance(value, str) and STRANGE.search(value):
        yield place
    elif isinstance(value, Mapping):
        for name, part in value.items():
            within = STRANGE.sub("?", f"{place}.{name}" if place else name)
            yield from [within] if STRANGE.search(name) else strange_places(part, within)
    elif isinstance(value, list):
        for at, part in enumerate(value):
            yield from strange_places(part, f"{place}.{at}")
