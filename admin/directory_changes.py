"""Which changes does a draft of the directory ask for? Each is given as its resource takes it, all are judged together, and every
problem of every one is told at once."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from pydantic import ConfigDict, Field

from admin.body import Body, Slug, Strict
from admin.closures import NewClosure, closure_made
from admin.lines import LineNumbersBody, line_numbers
from admin.named_role_shapes import NewRole, RoleFields
from admin.named_roles import role_changed, role_made
from admin.person_checks import changed as person_changed
from admin.person_shapes import NewPerson, PersonFields
from admin.problems import Faults, FieldProblem, ProblemError, invalid
from admin.teams import NewTeam, TeamFields, team_changed, team_made
from directory.importing import slug_of
from directory.model import LineNumbers, Person
from directory.problems import Fault
from directory.snapshot import Change, Kind
from directory.snapshot import written as change_of
from ivr.moment import World

DRAFTABLE = (Kind.TEAM, Kind.PERSON, Kind.ROLE, Kind.CLOSURE, Kind.LINE)
"""What a draft may change. Policy exceptions take two people, and bank holidays are taken whole from the official file."""

NOT_DRAFTED = "drafts change team, person, role, closure and line; for {} use its own address."


class ChangeIn(Strict):
    """One change: the entry's kind and slug, and its body as its own address takes it; none removes the entry."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", json_schema_extra={"required": ["kind"]})

    kind: Kind | None = None
    slug: Slug = Field("", description="Left out where something new is to be made and its slug is made by us.")
    body: dict[str, Any] | None = None


def changes_in(given: Sequence[ChangeIn], world: World) -> tuple[Change, ...]:
    """The changes, in an order in which each follows those it refers to; 422 with every problem of every one."""
    found: list[Change] = []
    errors: list[FieldProblem] = []
    for place, one in sorted(enumerate(given), key=lambda pair: _order(pair[1])):
        try:
            found.append(_change(one, _so_far(world, found)))
        except ProblemError as fault:
            errors += (_within(f"changes.{place}", error) for error in fault.errors)
    errors += _twice(given)
    if errors:
        raise invalid(errors)
    return tuple(found)


def _order(one: ChangeIn) -> tuple[bool, int]:
    """What goes, goes last."""
    return one.body is None, list(Kind).index(one.kind) if one.kind else 0


def _so_far(world: World, found: Sequence[Change]) -> World:
    return replace(world, directory=world.directory.changed(world.directory.version, found)) if found else world


def _within(place: str, error: FieldProblem) -> FieldProblem:
    return FieldProblem(field=f"{place}.{error.field}", code=error.code, message=f"{place}: {error.message}")


def _twice(given: Sequence[ChangeIn]) -> Iterator[FieldProblem]:
    faults, seen = Faults(), set[tuple[Kind | None, str]]()
    for place, one in enumerate(given):
        if one.slug and (one.kind, one.slug) in seen:
            faults.note(f"changes.{place}.slug", Fault.TWICE, one.slug)
        seen.add((one.kind, one.slug))
    yield from faults.found


def _change(one: ChangeIn, world: World) -> Change:
    faults = Faults()
    if one.kind is None:
        faults.note("kind", Fault.MISSING)
    elif one.kind not in DRAFTABLE:
        faults.say("kind", "choice", NOT_DRAFTED.format(one.kind))
    if one.body is None and not one.slug:
        faults.note("slug", Fault.MISSING)
    if one.kind is None or faults.found:
        raise invalid(faults.found)
    known = one.slug in world.directory.of(one.kind)
    if one.body is None:
        return _removal(one.kind, one.slug, is_there=known)
    return _written(one.kind, one.slug, one.body, world)


def _removal(kind: Kind, slug: str, *, is_there: bool) -> Change:
    if not is_there:
        raise _unknown(slug)
    return Change(kind, slug, None)


def _unknown(slug: str) -> ProblemError:
    faults = Faults()
    faults.note("slug", Fault.UNKNOWN, slug)
    return invalid(faults.found)


def _written(kind: Kind, slug: str, body: Mapping[str, Any], world: World) -> Change:
    match kind:
        case Kind.TEAM:
            return _team(slug, body, world)
        case Kind.PERSON:
            return _person(slug, body, world)
        case Kind.ROLE:
            return _role(slug, body, world)
        case Kind.CLOSURE:
            return _closure(slug, body, world)
        case _:
            return _line(slug, body, world)


def _team(slug: str, body: Mapping[str, Any], world: World) -> Change:
    known = world.directory.teams.get(slug)
    if known is None:
        new = NewTeam.model_validate({**body, **({"slug": slug} if slug else {})})
        return team_made(new, slug or new.slug or slug_of(new.authority, new.name or ""), world)
    fields, faults = TeamFields.model_validate(dict(body)), Faults()
    _refuse_nameless(fields, faults)
    team = team_changed(known, fields, world.directory, faults)
    fields.refuse(faults)
    return change_of(team)


def _role(slug: str, body: Mapping[str, Any], world: World) -> Change:
    known = world.directory.roles.get(slug)
    if known is None:
        new = NewRole.model_validate({**body, **({"slug": slug} if slug else {})})
        return role_made(slug or new.slug or slug_of(new.authority, new.name or ""), new, world)
    fields, faults = RoleFields.model_validate(dict(body)), Faults()
    _refuse_nameless(fields, faults)
    role = role_changed(known, fields, world.directory, faults)
    fields.refuse(faults)
    return change_of(role)


def _person(slug: str, body: Mapping[str, Any], world: World) -> Change:
    known, faults = world.directory.people.get(slug), Faults()
    if slug and known is None:
        raise _unknown(slug)
    fields = (PersonFields if known else NewPerson).model_validate(dict(body))
    if known:
        _refuse_nameless(fields, faults)
    person = known or Person(f"p-{secrets.token_hex(4)}", "", "")
    found = person_changed(person, fields, world.directory, faults)
    fields.refuse(faults)
    return change_of(found)


def _closure(slug: str, body: Mapping[str, Any], world: World) -> Change:
    if slug and slug not in world.directory.closures:
        raise _unknown(slug)
    return change_of(closure_made(slug or f"c-{secrets.token_hex(4)}", NewClosure.model_validate(dict(body)), world))


def _line(slug: str, body: Mapping[str, Any], world: World) -> Change:
    plan, faults = world.plans.of_line(slug), Faults()
    if plan is None:
        raise _unknown(slug)
    fields = LineNumbersBody.model_validate(dict(body))
    numbers = line_numbers(plan, fields, world.directory, faults)
    if "numbers" not in fields.model_fields_set:
        faults.note("numbers", Fault.MISSING)
    fields.refuse(faults)
    return change_of(LineNumbers(slug, numbers))


def _refuse_nameless(fields: Body, faults: Faults) -> None:
    """A name that is given must say something."""
    if "name" in fields.model_fields_set and not getattr(fields, "name", ""):
        faults.note("name", Fault.MISSING)
