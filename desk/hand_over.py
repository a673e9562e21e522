"""What is passed on in writing with a contact? Plain text, in the order of the form; whoever asks not to be named is not."""

from collections.abc import Iterator, Mapping

from desk.contact_values import Value
from desk.fields import Field, Kind, Part, fields_of, label_of
from desk.prompts import prompts

NOT_NAMED = "not given: the caller asks not to be named"
UNKNOWN = "not known"
STARTING_POINT = {"derbyshire": "Starting Point, the locality or Out of Hours"}
"""Who takes a contact from the line, where the procedure says so (B:6)."""


def hand_over(values: Mapping[str, Value], authority: str, head: str) -> str:
    """The text. ``head`` says which contact, saved when."""
    to = STARTING_POINT.get(authority)
    lines = [f"CONTACT RECORD for {to}" if to else "CONTACT RECORD", head]
    lines += [f"! {prompt.words}" for prompt in prompts(values, authority)]
    for part in Part:
        lines += ["", part.value.upper(), *_part(part, values, authority)]
    return "\n".join(lines) + "\n"


def _part(part: Part, values: Mapping[str, Value], authority: str) -> Iterator[str]:
    for field in fields_of(authority):
        if field.part is part:
            yield f"{field.label}: {_worded(field, values)}"


def _worded(field: Field, values: Mapping[str, Value]) -> str:
    value = values.get(field.code, "")
    if field.names_referrer and values.get("anonymous") == "yes":
        return NOT_NAMED
    if not value:
        return UNKNOWN
    if isinstance(value, str):
        return label_of(field, value) if field.kind is Kind.CHOICE else value.strip().replace("\n", "\n    ")
    return "".join("\n    " + ", ".join(filter(None, person.values())) for person in value)
