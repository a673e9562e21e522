"""What does the form of a step hold, and what does it say back to the plan's text?"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from admin.console.forms import Wrong
from admin.console.step_fields import SHAPES, Field, Look, label_of
from admin.plan_text import Tables, alike, rows_of
from ivr.plan import MOST_OPTIONS
from ivr.shape import OptionShape, Shape

Typed = Mapping[str, str]
"""A form as a browser sends it: names and texts. A menu's choices are ``options-0-key``, ``options-0-label``, ``options-0-go``."""

COLUMNS = tuple(OptionShape.model_fields)
MOST_ROWS = 9
MANY = (Look.ROWS, Look.SEVERAL)
WORDS = {
    "missing": "fill it in.",
    "string_too_short": "fill it in.",
    "string_too_long": "it is too long; at most {max_length} characters are spoken.",
    "int_parsing": "give a whole number, such as 10.",
    "greater_than_equal": "at least {ge}.",
    "less_than_equal": "at most {le}.",
    "enum": "choose one.",
    "literal_error": "choose one.",
}
PATTERNS = {
    "key": "a key is a digit from 1 to 9; 0, star and hash have their own meaning everywhere.",
    "cut_off": "give a time such as 16:00.",
    "say": "write {due} where the moment is to be said.",
}


def flat(fields: Sequence[Field], table: Tables) -> dict[str, str]:
    """What stands in a table, as the form holds it."""
    found = {one.name: str(table.get(one.name, one.default)) for one in fields if one.look not in MANY}
    for one in fields:
        several = table.get(one.name, []) if one.look is Look.SEVERAL else []
        found |= {f"{one.name}-{place}": str(value) for place, value in enumerate(several)}
    for place, row in enumerate(rows_of(table)):
        found |= {f"options-{place}-{name}": str(row.get(name, "")) for name in COLUMNS}
    return found


def typed(fields: Sequence[Field], form: Typed) -> dict[str, str]:
    """What was sent, trimmed, with lines joined: a prompt is one paragraph."""
    names = [name for one in fields for name in _names(one, form)]
    return {name: " ".join(form.get(name, "").split()) for name in names}


def _names(one: Field, form: Typed) -> list[str]:
    return [name for name in form if name.startswith(f"{one.name}-")] if one.look in MANY else [one.name]


def several_in(form: Typed, name: str) -> list[str]:
    """The values of a field that has several, in order, each once."""
    found = (form.get(f"{name}-{place}", "") for place in range(MOST_ROWS))
    return list(dict.fromkeys(value for value in found if value))


def rows_in(form: Typed) -> list[dict[str, str]]:
    """A menu's choices as they were typed, in order; those that are wholly empty are left out."""
    rows = [{name: form.get(f"options-{place}-{name}", "") for name in COLUMNS} for place in range(MOST_ROWS)]
    return [row for row in rows if any(row.values())]


def with_rows(form: Typed, rows: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """The form with other choices."""
    rest = {name: value for name, value in form.items() if not name.startswith("options-")}
    return {**rest, **{f"options-{at}-{name}": row[name] for at, row in enumerate(rows) for name in COLUMNS}}


def rearranged(form: Typed, step: str) -> dict[str, str] | None:
    """The form after one of its buttons: ``add``, ``up-1``, ``down-0``, ``remove-2``; nothing where it was another button."""
    deed, _, at = step.partition("-")
    rows, place = rows_in(form), int(at) if at.isdecimal() and len(at) < 2 else 0
    match deed:
        case "add":
            rows.append({"key": _free_key(rows), "label": "", "go": ""})
        case "remove":
            del rows[place : place + 1]
        case "up" | "down":
            first = place - 1 if deed == "up" else place
            rows[max(first, 0) : first + 2] = reversed(rows[max(first, 0) : first + 2])
        case _:
            return None
    return with_rows(form, rows[:MOST_ROWS])


def _free_key(rows: Sequence[Mapping[str, str]]) -> str:
    taken = {row["key"] for row in rows}
    return next((key for key in "123456789" if key not in taken), "")


def values(fields: Sequence[Field], form: Typed, before: Tables) -> dict[str, Any]:
    """What the form says of each field: ``None`` where it is not to stand in the text."""
    return {one.name: _value(one, form, before) for one in fields}


def _value(one: Field, form: Typed, before: Tables) -> Any:
    if one.look is Look.ROWS:
        return rows_in(form) or None
    if one.look is Look.SEVERAL:
        return several_in(form, one.name)
    text = form.get(one.name, "")
    if isinstance(before.get(one.name), str) and alike(before[one.name], text):
        return before[one.name]
    value: Any = int(text) if one.look is Look.NUMBER and text.isdecimal() and len(text) < 9 else text
    unwanted = value == "" or (value == one.default and one.name not in before)
    return None if unwanted else value


def faults(shape: type[Shape], given: Mapping[str, Any]) -> tuple[Wrong, ...]:
    """What is wrong with the fields by themselves, each at its field."""
    filled = {name: value for name, value in given.items() if value is not None}
    try:
        shape.model_validate(filled)
    except ValidationError as error:
        return tuple(_wrong(one) for one in error.errors(include_url=False))
    return tuple(_twice(filled.get("options", [])))


def step_faults(verb: str, given: Mapping[str, Any]) -> tuple[Wrong, ...]:
    """The same for a step of a verb."""
    return faults(SHAPES[verb], {"do": verb, **given})


def _wrong(error: ErrorDetails) -> Wrong:
    place = [str(part) for part in error["loc"]]
    name = place[-1] if place else ""
    if place == ["options"]:
        return Wrong("options", "Choices: a menu needs at least one choice.")
    words = PATTERNS.get(name, "") if error["type"] == "string_pattern_mismatch" else WORDS.get(error["type"], "")
    if error["type"] == "string_pattern_mismatch" and not error["input"]:
        words = WORDS["missing"]
    said = words.replace("{due}", "{{due}}").format(**error.get("ctx", {})) if words else f"{error['msg']}."
    return Wrong("-".join(place), f"{_label(place)}: {said}")


def _label(place: Sequence[str]) -> str:
    rows = place[:1] == ["options"] and len(place) > 1
    return (
        f"Choice {int(place[1]) + 1}, {label_of(place[-1]).lower()}" if rows else label_of(place[-1] if place else "")
    )


def _twice(rows: Sequence[Mapping[str, str]]) -> Iterator[Wrong]:
    if len(rows) > MOST_OPTIONS:
        yield Wrong("options", f"Choices: a menu has at most {MOST_OPTIONS}; lead some of them to a menu of their own.")
    keys = [row["key"] for row in rows]
    for place, key in enumerate(keys):
        if key in keys[:place]:
            yield Wrong(
                f"options-{place}-key", f"Choice {place + 1}, key: {key} is taken already; give it another one."
            )
