"""Which call is to be rehearsed? What the address or the form says, read at the border: a line or a draft, a moment, the caller, moves."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from http import HTTPStatus

from admin.console.forms import Wrong
from admin.lines import plans_in_force
from admin.ports import desk, now
from admin.problems import Faults, ProblemError
from admin.shapes import moment_in
from directory.numbers import Number, number_from
from ivr.moment import World
from ivr.plan import Plan
from ivr.reading import plan_from
from rehearsal.moves import Move, MoveError, moves_from
from rehearsal.stage import answered_lines, staff_number, stage, staged_draft
from rehearsal.staging import CALLER
from rehearsal.story import Story
from routing.clock import local, minute_of
from store import drafts

NUMBER, WITHHELD, STAFF = "number", "withheld", "staff"
WHO = {
    NUMBER: "A number",
    WITHHELD: "Somebody who withholds the number",
    STAFF: "A member of the authority's staff, known by their number",
}
LABELS = {"line": "Line", "at": "When", "number": "Number", "who": "Who calls"}
LONGEST, MOST_PROBLEMS = 60, 5


@dataclass(frozen=True, slots=True)
class Fields:
    """What was asked for, as it came. ``desk`` is empty where nobody is at it."""

    line: str = ""
    draft: str = ""
    at: str = ""
    who: str = NUMBER
    number: str = Number(CALLER).national
    desk: str = ""
    moves: str = ""


@dataclass(frozen=True, slots=True)
class Cast:
    """A call that can be rehearsed: its world, its line's name, the draft's title (empty: the plan in force), the story so far."""

    world: World
    plan: Plan
    draft: str
    story: Story


def fields_from(given: Mapping[str, str]) -> Fields:
    """The fields of an address or a form; what is not there stands as it is usual."""
    usual = asdict(Fields())
    return Fields(**{name: given.get(name, value).strip() for name, value in usual.items()})


def cast(fields: Fields) -> Cast | tuple[Wrong, ...]:
    """The call, or everything that is wrong with what was asked for. Raises ProblemError for moves that are none and a
    draft that is not there."""
    faults = Faults()
    found = _draft(fields, faults) if fields.draft else _in_force(fields, faults)
    at = moment_in("at", fields.at, faults) if fields.at else now()
    caller = _caller(fields, found[0], found[1].line, faults) if found else ""
    if not found or not at or not caller or faults.found:
        return tuple(_wrong(one.field, one.message) for one in faults.found)
    world, plan, title = found
    staffed = answered_lines(world, plan.line) if fields.desk else frozenset[str]()
    return Cast(world, plan, title, Story(plan.line, minute_of(at), caller, staffed, read_moves(fields.moves)))


def read_moves(text: str) -> tuple[Move, ...]:
    """The moves; 400 with a remedy where they are none."""
    try:
        return moves_from(text)
    except MoveError as problem:
        remedy = f"{problem} Go back to the telephone, and begin the call again."
        raise ProblemError(HTTPStatus.BAD_REQUEST, remedy) from problem


def moment_typed(at: datetime) -> str:
    """A moment as a field for date and time holds it."""
    return f"{local(at):%Y-%m-%dT%H:%M}"


def _wrong(field: str, message: str) -> Wrong:
    words = message.removeprefix(f"{field}: ")
    return Wrong(field, f"{LABELS[field]}: {words}") if field in LABELS else Wrong("", words)


def _in_force(fields: Fields, faults: Faults) -> tuple[World, Plan, str] | None:
    world = desk().publication.freshest()
    line = fields.line or next((plan.line for plan in plans_in_force(world)), "")
    plan = world.plans.of_line(line)
    if plan:
        return stage(world, line), plan, ""
    faults.say("line", "unknown", f"there is no line “{line[:LONGEST]}” in force; choose one of the list.")
    return None


def _draft(fields: Fields, faults: Faults) -> tuple[World, Plan, str] | None:
    with desk().database.read() as connection:
        draft = drafts.one(connection, fields.draft[:LONGEST]) if fields.draft.isprintable() else None
    if draft is None or draft.kind != "plan":
        named = f"There is no draft “{fields.draft[:LONGEST]}” of a plan; phone a line in force."
        raise ProblemError(HTTPStatus.NOT_FOUND, named)
    plan = plan_from(draft.text)
    if isinstance(plan, Plan):
        return staged_draft(desk().publication.freshest(), plan), plan, draft.title or draft.id
    for problem in plan[:MOST_PROBLEMS]:
        faults.say("draft", "unreadable", f"The draft cannot be read yet, so nobody can phone it: {problem}")
    return None


def _caller(fields: Fields, world: World, line: str, faults: Faults) -> str:
    match fields.who:
        case "withheld":
            return "anonymous"
        case "staff":
            return _staff(world, line, faults)
        case "number":
            return _number(fields.number, faults)
        case other:
            faults.say("who", "choice", f"“{other[:LONGEST]}” is none of these; choose who calls.")
            return ""


def _staff(world: World, line: str, faults: Faults) -> str:
    number = staff_number(world, line)
    if number is None:
        faults.say("who", "missing", "nobody of this authority's staff has a number; choose another caller.")
    return number.e164 if number else ""


def _number(text: str, faults: Faults) -> str:
    found = number_from(text)
    if isinstance(found, Number):
        return found.e164
    faults.note("number", found, text[:LONGEST])
    return ""
