"""Which lines are there, are they open, and which numbers do they answer?"""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from flask import Response
from pydantic import BaseModel, ConfigDict, Field

from admin.auth import author
from admin.blueprints import resource_api
from admin.body import Body, Strict, Text
from admin.listing import Search, document, matches, page
from admin.ports import now, version, versions
from admin.problems import Faults, missing
from admin.shapes import NumberOut, moment_out, number_out
from admin.versions import expected, resource
from admin.writing import written
from directory.model import LineNumbers
from directory.numbers import Number, number_from
from directory.problems import Fault
from directory.search import spellings
from directory.snapshot import Change, Kind, Snapshot
from directory.snapshot import written as change_of
from ivr.moment import World
from ivr.plan import Plan
from routing.hours import until, verdict
from routing.ladder import numbers_of

UNWRITTEN = 0
"""The version of a line whose numbers nobody has written."""

api = resource_api("lines", "Lines, whether they are open, and the numbers that they answer.")


class LinePath(Strict):
    """Which line."""

    slug: str


class LineNumbersBody(Body):
    """The numbers that a line answers."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", json_schema_extra={"required": ["numbers"]})

    numbers: list[Text] = Field([], max_length=20, examples=[["020 7946 0101"]])


class LineOut(BaseModel):
    """A line at this moment."""

    slug: str
    name: str
    authority: str
    numbers: list[NumberOut]
    open_now: bool
    until: str | None
    because: str


class VersionedLine(LineOut):
    """A line with the version of its numbers."""

    version: int


class LineList(BaseModel):
    """A page of lines."""

    items: list[VersionedLine]
    next: str | None


@api.get("/lines", responses={200: LineList})
def every_line(query: Search) -> Mapping[str, object]:
    """Lines, by slug."""
    found, world = versions(Kind.LINE)
    cut = page((plan for plan in plans_in_force(world) if _wanted(plan, query, world)), lambda plan: plan.line, query)
    items = [{**body_of(plan, world), "version": found.get(plan.line, UNWRITTEN)} for plan in cut.items]
    return document(items, cut.next)


def plans_in_force(world: World) -> Iterator[Plan]:
    """The plan of each line."""
    plans = (world.plans.of_line(line) for line in sorted(world.plans.current))
    return (plan for plan in plans if plan)


def _wanted(plan: Plan, query: Search, world: World) -> bool:
    if query.authority and plan.authority != query.authority:
        return False
    return matches(query.q, plan.line, plan.name, *map(spellings, numbers_answered(plan, world)))


def numbers_answered(plan: Plan, world: World) -> tuple[Number, ...]:
    """The numbers that a line answers."""
    line = world.directory.lines.get(plan.line)
    return line.numbers if line else ()


@api.get("/lines/<slug>", responses={200: VersionedLine})
def one_line(path: LinePath) -> Response:
    """A line; always in full, since it opens and closes without a change of its version."""
    at, world = version(Kind.LINE, path.slug)
    return resource(body_of(_plan(path.slug, world), world), at or UNWRITTEN)


def _plan(slug: str, world: World) -> Plan:
    plan = world.plans.of_line(slug)
    if plan is None:
        raise missing(f"line “{slug}”")
    return plan


@api.put("/lines/<slug>/numbers", responses={200: VersionedLine})
def put_line_numbers(path: LinePath, body: LineNumbersBody) -> Response:
    """Replace the numbers that a line answers."""
    at, world = written(lambda world: _with_numbers(path.slug, body, world), author(body.why))
    return resource(body_of(_plan(path.slug, world), world), at)


def _with_numbers(slug: str, body: LineNumbersBody, world: World) -> tuple[Change, int | None]:
    plan = _plan(slug, world)
    at, _ = version(Kind.LINE, slug)
    expected(at or UNWRITTEN)
    faults = Faults()
    numbers = line_numbers(plan, body, world.directory, faults)
    if "numbers" not in body.model_fields_set:
        faults.note("numbers", Fault.MISSING)
    body.refuse(faults)
    return change_of(LineNumbers(slug, numbers)), at


def line_numbers(plan: Plan, body: LineNumbersBody, directory: Snapshot, faults: Faults) -> tuple[Number, ...]:
    """The numbers that a body lists; every fault is noted."""
    authority = directory.authorities.get(plan.authority)
    destinations = _destinations(directory)
    found: list[Number] = []
    for place, text in enumerate(body.numbers):
        field, number = f"numbers.{place}", number_from(text, authority.extensions if authority else None)
        if not isinstance(number, Number):
            faults.note(field, number, text)
        elif number in found or directory.line_answering.get(number.e164, plan.line) != plan.line:
            faults.note(field, Fault.TAKEN, text)
        elif number in destinations:
            faults.note(field, Fault.REFERRED, destinations[number])
        else:
            found.append(number)
    return tuple(found)


def _destinations(directory: Snapshot) -> Mapping[Number, str]:
    """Who is rung on each number: a line that answered it would ring itself."""
    people = {number: f"person {person.slug}" for person in directory.people.values()
              for number in numbers_of(person, directory)}  # fmt: skip
    teams = {duty.number: f"team {team.slug}" for team in directory.teams.values() for duty in team.duty_numbers}
    return {**people, **teams}


def body_of(plan: Plan, world: World) -> dict[str, Any]:
    """A line as it is answered."""
    authority = world.directory.authorities.get(plan.authority)
    found = verdict(plan.opens, now(), world.calendar)
    return LineOut(
        slug=plan.line,
        name=plan.name,
        authority=plan.authority,
        numbers=[number_out(number, authority) for number in numbers_answered(plan, world)],
        open_now=found.is_open,
        until=moment_out(until(plan.opens, now(), world.calendar)),
        because=found.because.sentence,
    ).model_dump(mode="json")
