"""Which fields has the form of a step? Those that its verb has (``ivr.shape``): a new verb has its form by itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum, StrEnum
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from admin.plan_text import TARGETS
from ivr.shape import BudgetShape, NodeShape, OptionShape, PlanShape, Shape


class Look(StrEnum):
    """How a field is shown."""

    SPEECH = "speech"
    PROSE = "prose"
    LINE = "line"
    NUMBER = "number"
    CHOICE = "choice"
    ROWS = "rows"
    SEVERAL = "several"


class Refers(StrEnum):
    """What a field names."""

    NOTHING = ""
    STEP = "step"
    TEAM = "team"
    HOURS = "hours"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form: its name, its words, and what may stand in it. ``default`` holds where nothing is given."""

    name: str
    label: str
    hint: str
    look: Look
    required: bool
    default: Any = ""
    refers: Refers = Refers.NOTHING
    choices: tuple[tuple[str, str], ...] = ()


LABELS = {
    "say": "What is said", "options": "Choices", "hours": "Which hours", "open": "While they are open, go to",
    "closed": "While they are closed, go to", "digits": "Digits of an extension", "otherwise": "Otherwise, go to",
    "by_name": "To find a worker by name, go to", "team": "Team", "named": "What the team is called on the telephone",
    "without_number": "What is said while the team has no number", "source": "Where it is printed",
    "assumed": "What had to be assumed", "priority": "Who is answered first", "call_back": "To book a call-back, go to",
    "most_waiting": "Most callers who wait", "longest_seconds": "Longest wait, in seconds",
    "closing": "Who still waits when the day ends", "comfort": "What is said while callers wait", "go": "Then go to",
    "reply": "Which answer is promised", "cut_off": "Cut-off", "about": "What the call-back is about",
    "within_hours": "Within how many hours", "line": "To which line", "key": "Key", "label": "Choice",
    "name": "Name of the line", "opening": "First words of every call", "emergency": "Emergency sentence",
    "start": "A call begins at", "safe": "Safe message", "open_by": "Hours in which the line is open",
    "day_by": "Hours of the day’s ladder", "night": "Night", "night_team": "Night team",
    "last_resort": "Last resort, in the order in which they ring", "reviewed": "Last reviewed", "read": "Read on",
    "first_ring_seconds": "Until the first phone rings, at most so many seconds",
    "safe_seconds": "Until somebody answers or the safe message is said, at most so many seconds",
    "prompt_words": "Words in one go, at most", "steps": "Steps of one call, at most",
    "week": "Weekly hours", "holidays": "On bank holidays",
}  # fmt: skip
HINTS = {
    "open": "A switch says nothing.", "named": "Leave it empty for the team’s own name.",
    "comfort": "Leave it empty for “Thank you for waiting. You are still in the queue.”",
    "source": "Line or page of the procedure. It is never spoken.",
    "assumed": "What the procedure does not say, and what you took instead. It is never spoken.",
    "cut_off": "A time such as 16:00.", "about": "For whoever calls back. It is never spoken.",
    "without_number": "Leave it empty where the team has one.", "options": "Each is said as “For the choice, press the key.”",
    "name": "The whisper says it to whoever answers.", "opening": "They must say to dial 9 9 9 where a child is in danger now.",
    "emergency": "It ends the safe message and every goodbye.", "day_by": "Leave it empty where they are the hours of the line.",
    "start": "The first step of every call.", "safe": "The step that does the safe message.",
    "night": "How the procedure declares the night.", "night_team": "It alone rings out of hours; none where nobody is printed.",
    "last_resort": "They ring where nobody who was wanted answers.", "reviewed": "A month such as 2018-01.",
    "read": "A day such as 2026-11-24.",
}  # fmt: skip
CHOICE_WORDS = {
    "risk": "Risk: before advice", "advice": "Advice", "finish": "They are still answered",
    "hand-over": "They go where the queue leads otherwise", "same-day": "The same day", "next-day": "The next day",
    "closed": "Closed", "as-usual": "As on any other day", "edt": "An emergency duty team", "careline": "A careline",
    "same-number": "The same number, another team", "none-printed": "Nobody is printed for the night",
}  # fmt: skip
SPOKEN = ("say", "without_number", "comfort", "opening", "emergency")
ABOUT = ("source", "assumed", "reviewed", "read")
DEFAULT = "Where 0, repeated silence and repeated wrong keys lead."
REFERS = {
    **dict.fromkeys((*TARGETS, "start", "safe"), Refers.STEP), **dict.fromkeys(("team", "night_team", "last_resort"), Refers.TEAM),
    **dict.fromkeys(("hours", "open_by", "day_by"), Refers.HOURS), "line": Refers.LINE,
}  # fmt: skip
VERB_WORDS = {
    "menu": "Menu", "switch": "Open or closed", "extension": "Extension", "dial-by-name": "Dial by name", "ring": "Ring a team",
    "queue": "Queue", "message": "Message", "deadline": "Deadline", "call-back": "Call-back", "hand-over": "Hand over",
    "safe": "Safe message", "goodbye": "Goodbye", "staff-only": "Staff only",
}  # fmt: skip


def _shapes() -> Iterator[tuple[str, type[Shape]]]:
    for shape in get_args(get_args(NodeShape)[0]):
        yield get_args(shape.model_fields["do"].annotation)[0], shape


SHAPES: Mapping[str, type[Shape]] = dict(_shapes())
"""What a step may hold, by its verb."""


def verb_words(verb: str) -> str:
    """A verb as the pages call it."""
    return VERB_WORDS.get(verb, verb.replace("-", " ").capitalize())


def label_of(name: str) -> str:
    """A field as the pages call it."""
    return LABELS.get(name, name.replace("_", " ").capitalize())


def choice_words(value: str) -> str:
    """A choice as the pages call it."""
    return CHOICE_WORDS.get(value, value.replace("-", " ").capitalize())


def step_fields(verb: str) -> tuple[Field, ...]:
    """The fields of a verb's form."""
    return fields_but(SHAPES[verb], ("do",))


def header_fields() -> tuple[Field, ...]:
    """The fields of a plan's header."""
    found = fields_but(PlanShape, ("line", "authority", "budget", "hours", "nodes"))
    return tuple(
        replace(one, label="Default destination", hint=DEFAULT) if one.name == "otherwise" else one for one in found
    )


def budget_fields() -> tuple[Field, ...]:
    """The fields of a plan's budget."""
    return fields_but(BudgetShape, ())


def fields_but(shape: type[Shape], but: tuple[str, ...]) -> tuple[Field, ...]:
    """The fields of a form but for some, those that are never spoken last."""
    found = [field(name, info) for name, info in shape.model_fields.items() if name not in but]
    return tuple(sorted(found, key=lambda one: one.name in ABOUT))


def field(name: str, info: FieldInfo) -> Field:
    """One field of a form."""
    choices = _choices(info.annotation)
    return Field(
        name,
        label_of(name),
        _bounds(info) or HINTS.get(name, ""),
        _look(name, info.annotation, choices),
        info.is_required(),
        "" if info.is_required() else _plain(info.default),
        REFERS.get(name, Refers.NOTHING),
        choices,
    )


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value


def _choices(annotation: Any) -> tuple[tuple[str, str], ...]:
    """The values that a field may have, each with its words."""
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        found = [str(one.value) for one in annotation]
    else:
        found = list(map(str, get_args(annotation))) if get_origin(annotation) is Literal else []
    return tuple((value, choice_words(value)) for value in found)


def _look(name: str, annotation: Any, choices: tuple[tuple[str, str], ...]) -> Look:
    if get_origin(annotation) is list:
        return Look.ROWS if OptionShape in get_args(annotation) else Look.SEVERAL
    if choices or name in REFERS:
        return Look.CHOICE
    if annotation is int:
        return Look.NUMBER
    return Look.SPEECH if name in SPOKEN else Look.PROSE if name == "assumed" else Look.LINE


def _bounds(info: FieldInfo) -> str:
    low, high = (next(filter(None, (getattr(one, name, None) for one in info.metadata)), None) for name in ("ge", "le"))
    return f"From {low} to {high}." if low is not None and high is not None else ""
