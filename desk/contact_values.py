"""What was typed into a contact record? Each field is read by its kind; whatever is wrong is said at once, the rest can be kept."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from pydantic import JsonValue

from admin.problems import Faults
from desk.fields import BY_CODE, Field, Kind
from store.sealing import Sealer

LONGEST: Mapping[Kind, int] = {Kind.TEXT: 300, Kind.LONG: 20_000}
MOST_PEOPLE = 40
OF_A_PERSON = ("name", "born", "gender")
UNKEEPABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

NO_FIELD = "this is not a field of the contact record of this authority; GET /contact-fields lists them."
NO_TEXT = "this is not a text; put it in quotation marks, or leave it empty."
TOO_LONG = "more than {most} characters are too many; shorten it."
UNKEPT = "it holds characters that cannot be kept; remove control characters."
NO_CHOICE = "“{given}” is not one of the choices; use {choices}, or leave it empty."
NO_PEOPLE = "give a list of people, each with “name”, “born” (YYYY-MM-DD) and “gender” as far as they are known."
NO_DATE = "“{given}” is not a date; write it as 2019-05-31, or leave it empty."
NOT_BORN = "“{given}” is not a date; write it as 2019-05-31."

Person = Mapping[str, str]
Value = str | Sequence[Person]


def values_in(given: Mapping[str, JsonValue], authority: str, faults: Faults) -> dict[str, Value]:
    """The fields that could be read; ``faults`` notes each of the others."""
    found: dict[str, Value] = {}
    for code, value in given.items():
        field = BY_CODE.get(code)
        if field is None or not field.is_of(authority):
            faults.say(f"fields.{code[:40]}", "unknown-field", NO_FIELD)
        elif (read := _read(field, value, faults)) is not None:
            found[code] = read
    return found


def _read(field: Field, value: JsonValue, faults: Faults) -> Value | None:
    at = f"fields.{field.code}"
    if field.kind is Kind.PEOPLE:
        return _people(at, value, faults)
    text = "" if value is None else value
    if not isinstance(text, str):
        faults.say(at, "text", NO_TEXT)
        return None
    return (
        _choice(at, field, text, faults) if field.kind is Kind.CHOICE else _text(at, text, LONGEST[field.kind], faults)
    )


def _text(at: str, text: str, most: int, faults: Faults) -> str | None:
    if UNKEEPABLE.search(text):
        faults.say(at, "characters", UNKEPT)
    elif len(text) > most:
        faults.say(at, "too-long", TOO_LONG.format(most=most))
    else:
        return text
    return None


def _choice(at: str, field: Field, text: str, faults: Faults) -> str | None:
    codes = [choice.code for choice in field.choices]
    if text and text not in codes:
        faults.say(at, "choice", NO_CHOICE.format(given=text[:40], choices=", ".join(codes)))
        return None
    return text


def _people(at: str, value: JsonValue, faults: Faults) -> Sequence[Person] | None:
    given = [] if value in (None, "") else value
    if not isinstance(given, list) or len(given) > MOST_PEOPLE or not all(isinstance(one, dict) for one in given):
        faults.say(at, "list", NO_PEOPLE)
        return None
    before = len(faults.found)
    read = [_person(f"{at}.{place}", one, faults) for place, one in enumerate(given) if isinstance(one, dict)]
    return [one for one in read if any(one.values())] if len(faults.found) == before else None


def _person(at: str, given: Mapping[str, JsonValue], faults: Faults) -> Person:
    if not set(given) <= set(OF_A_PERSON):
        faults.say(at, "list", NO_PEOPLE)
    found = {part: _part(f"{at}.{part}", given.get(part), faults) for part in OF_A_PERSON}
    if found["born"] and not is_date(found["born"]):
        faults.say(f"{at}.born", "date", NO_DATE.format(given=found["born"][:40]))
    return found


def _part(at: str, value: JsonValue, faults: Faults) -> str:
    if value is None or isinstance(value, str):
        return _text(at, (value or "").strip(), LONGEST[Kind.TEXT], faults) or ""
    faults.say(at, "text", NO_TEXT)
    return ""


def is_date(text: str) -> bool:
    """Whether it is a date as records hold it: ``2019-05-31``."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def sealed(values: Mapping[str, Value], sealer: Sealer) -> dict[str, str]:
    """Each value sealed, bound to its field: what was written as a name does not open as a concern."""
    return {code: sealer.seal(json.dumps(value) if value else "", f"contact {code}") for code, value in values.items()}


def opened(tokens: Mapping[str, str], sealer: Sealer) -> dict[str, Value]:
    """The values of sealed fields; empty ones are left out."""
    return {code: json.loads(sealer.open(token, f"contact {code}")) for code, token in tokens.items() if token}


def matches_of(children: Value, sealer: Sealer) -> Iterator[str]:
    """The keys by which children find each other: name and date of birth, both known."""
    for child in children if not isinstance(children, str) else ():
        if child["name"] and child["born"]:
            yield match_of(child["name"], child["born"], sealer)


def match_of(name: str, born: str, sealer: Sealer) -> str:
    """The key of one child."""
    return sealer.match("child", name, born)
