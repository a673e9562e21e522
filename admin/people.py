"""Who works here, what do callers key for them, and what rings?"""

import secrets
from collections.abc import Iterable, Iterator, Mapping

from flask import Response

from admin.auth import author, sees_personal_data
from admin.blueprints import resource_api
from admin.body import Strict
from admin.listing import Search, document, first_page, opened
from admin.person_checks import changed
from admin.person_shapes import NewPerson, PersonFields, PersonList, VersionedPerson, body_of
from admin.ports import newest_world, version, versions
from admin.problems import API, Faults, missing, referred
from admin.versions import created, expected, gone, resource, unless_known
from admin.writing import written
from directory.model import Person
from directory.problems import Fault
from directory.rota import on_rota_of
from directory.search import PEOPLE, WORKPLACES
from directory.snapshot import Change, Kind, Snapshot
from directory.snapshot import written as change_of
from ivr.moment import World

STILL_NEEDED = "Others still name this person as manager, cover, on a rota or for a role; change them first."

api = resource_api("people", "Workers and managers: what callers key for them, and what rings.")


class PersonPath(Strict):
    """Which person."""

    slug: str


@api.get("/people", responses={200: PersonList})
def everybody(query: Search) -> Mapping[str, object]:
    """People, by slug."""
    seen = newest_world().directory
    cut = first_page(_wanted(query, seen), lambda person: person.slug, query)
    found, world = versions(Kind.PERSON, [person.slug for person in cut.items])
    here = world.directory
    shown = (here.people[slug] for slug in (person.slug for person in cut.items) if slug in here.people)
    return document(
        [{**body_of(one, here), "version": found[one.slug]} for one in shown if one.slug in found], cut.next
    )


def _wanted(query: Search, directory: Snapshot) -> Iterable[Person]:
    """Whoever sees no personal data finds nobody by it."""
    finder = PEOPLE if sees_personal_data() else WORKPLACES
    return finder.found(query.q, directory, opened(query.cursor), query.authority)


@api.get("/people/<slug>", responses={200: VersionedPerson})
def one_person(path: PersonPath) -> Response:
    """A person."""
    at, world = version(Kind.PERSON, path.slug)
    person = world.directory.people.get(path.slug)
    if person is None or at is None:
        raise missing(f"person “{path.slug}”")
    return unless_known(resource(body_of(person, world.directory), at))


@api.post("/people", responses={201: VersionedPerson})
def new_person(body: NewPerson) -> Response:
    """Enter a person; the slug is made by us, since it stands in URLs."""
    slug = f"p-{secrets.token_hex(4)}"
    _, world = written(lambda world: (_made(slug, body, world), None), author(body.why))
    shown = body_of(world.directory.people[slug], world.directory)
    return created(resource(shown, 1), f"{API}/people/{slug}")


def _made(slug: str, body: NewPerson, world: World) -> Change:
    faults = Faults()
    person = changed(Person(slug, "", ""), body, world.directory, faults)
    body.refuse(faults)
    return change_of(person)


@api.patch("/people/<slug>", responses={200: VersionedPerson})
def changed_person(path: PersonPath, body: PersonFields) -> Response:
    """Change the fields that are given."""
    at, world = written(lambda world: _patched(path.slug, body, world), author(body.why))
    return resource(body_of(world.directory.people[path.slug], world.directory), at)


def _patched(slug: str, body: PersonFields, world: World) -> tuple[Change, int]:
    person, at = _guarded(slug, world)
    faults = Faults()
    for field, value in (("name", body.name), ("team", body.team)):
        if field in body.model_fields_set and not value:
            faults.note(field, Fault.MISSING)
    person = changed(person, body, world.directory, faults)
    body.refuse(faults)
    return change_of(person), at


def _guarded(slug: str, world: World) -> tuple[Person, int]:
    """The person, and the version that the writer has seen: its present one."""
    at, _ = version(Kind.PERSON, slug)
    person = world.directory.people.get(slug)
    if person is None or at is None:
        raise missing(f"person “{slug}”")
    return person, expected(at)


@api.delete("/people/<slug>", responses={204: None})
def gone_person(path: PersonPath) -> Response:
    """Remove a person whom nobody names as manager, as cover or for a role."""
    written(lambda world: _removed(path.slug, world), author())
    return gone()


def _removed(slug: str, world: World) -> tuple[Change, int]:
    _, at = _guarded(slug, world)
    naming = list(_who_names(slug, world.directory))
    if naming:
        raise referred(STILL_NEEDED, "person", naming)
    return Change(Kind.PERSON, slug, None), at


def _who_names(slug: str, directory: Snapshot) -> Iterator[str]:
    for person in directory.people.values():
        if person.manager == slug or any(absence.cover == slug for absence in person.away):
            yield f"person {person.slug}"
    yield from (f"team {team.slug}" for team in on_rota_of(slug, directory))
    yield from (f"role {role.slug}" for role in directory.roles.values() if slug in role.people)
