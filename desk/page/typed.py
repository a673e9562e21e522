"""How does the record's form become fields, and what is wrong with them? Names as ``f.concern`` and ``f.children.0.born``."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from admin.console.forms import Wrong
from admin.problems import FieldProblem
from desk.contact_values import MOST_PEOPLE, OF_A_PERSON, Value
from desk.fields import BY_CODE, Field, Kind, Part, fields_of

NAME = re.compile(r"f\.(\w{1,40})(?:\.(\d{1,3})\.(\w{1,10}))?")
OF_PERSON = {"name": "full name", "born": "date of birth", "gender": "gender"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A field of the form with what it holds: a text, or people, the last of them empty."""

    field: Field
    value: str
    people: tuple[Mapping[str, str], ...]

    @property
    def id(self) -> str:
        """The id of its element."""
        return f"f-{self.field.code}"


def asked(values: Mapping[str, Value], hidden: Iterable[str], authority: str) -> dict[Part, list[Asked]]:
    """The form's fields by part; those that are kept from this reader are left out."""
    kept, parts = frozenset(hidden), dict[Part, list[Asked]]()
    for field in fields_of(authority):
        if field.code not in kept:
            parts.setdefault(field.part, []).append(_asked(field, values.get(field.code, "")))
    return parts


def _asked(field: Field, value: Value) -> Asked:
    if field.kind is Kind.PEOPLE:
        there = [] if isinstance(value, str) else list(value)
        return Asked(field, "", (*there, dict.fromkeys(OF_A_PERSON, "")) if len(there) < MOST_PEOPLE else tuple(there))
    return Asked(field, value if isinstance(value, str) else "", ())


def typed(form: "MultiDict[str, str]") -> dict[str, Value]:
    """The fields of a form that was sent, and no others: what is not there stays as it is kept."""
    found, people = dict[str, Value](), dict[str, dict[int, dict[str, str]]]()
    for name, value in form.items():
        read = NAME.fullmatch(name)
        if read and read[2]:
            people.setdefault(read[1], {}).setdefault(int(read[2]), {})[read[3]] = value
        elif read:
            found[read[1]] = value.replace("\r\n", "\n")
    return found | {code: [rows[at] for at in sorted(rows)] for code, rows in people.items()}


def wrong(errors: Iterable[FieldProblem]) -> tuple[Wrong, ...]:
    """Each fault with the id of its element and the field's label."""
    return tuple(_wrong(error) for error in errors)


def _wrong(error: FieldProblem) -> Wrong:
    path = error.field.removeprefix("fields.").split(".")
    words = error.message.removeprefix(f"{error.field}: ")
    field = BY_CODE.get(path[0])
    if field is None:
        return Wrong("", words)
    of_whom = f", {OF_PERSON.get(path[2], path[2])} of number {int(path[1]) + 1}" if len(path) > 2 else ""
    at = [*path, "name"] if len(path) == 2 else path
    return Wrong("-".join(["f", *at]), f"{field.label}{of_whom}: {words}")
