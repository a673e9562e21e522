"""Which fields did somebody change on a page? What was not touched is not sent, so that a colleague's words are not overwritten."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from desk.contact_values import Value
from desk.page.typed import typed

MARK = 16
WAS = "was"
"""The hidden field in which a page brings back the marks of what it showed."""


def marks(fields: Mapping[str, Value]) -> str:
    """What a page shows, as its marks."""
    return json.dumps({code: _mark(value) for code, value in fields.items()})


def changed(form: "MultiDict[str, str]") -> dict[str, Value]:
    """The fields that differ from what the page showed when it was opened; all that were sent, where it does not say."""
    given = typed(form)
    if WAS not in form:
        return given
    before, nothing = _before(form[WAS]), _mark("")
    return {code: value for code, value in given.items() if _mark(value) != before.get(code, nothing)}


def _before(text: str) -> Mapping[str, Any]:
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def _mark(value: Value) -> str:
    """By which a changed field is told from one that was not touched; people of whom nothing is known do not count."""
    kept = value if isinstance(value, str) else [person for person in value if any(person.values())] or ""
    return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()[:MARK]
