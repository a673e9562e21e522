"""Which named roles are there, who holds and deputises, and who is reached for one now?"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from flask import Response

from admin.auth import author, sees_personal_data
from admin.blueprints import resource_api
from admin.body import Strict
from admin.listing import Search, document, matches, page
from admin.named_role_shapes import NewRole, RoleFields, RoleList, VersionedRole, body_of
from admin.ports import newest_world, now, version, versions
from admin.problems import API, Faults, missing
from admin.shapes import number_in
from admin.teams import SLUG, SLUG_WORDS
from admin.versions import created, expected, gone, resource
from admin.writing import written
from directory.importing import slug_of
from directory.model import LONGEST_SLUG, Role
from directory.numbers import Number
from directory.problems import Fault
from directory.role_rows import unsound
from directory.snapshot import Change, Kind, Snapshot
from directory.snapshot import written as change_of
from ivr.moment import World

api = resource_api("roles", "Named roles, such as Team Manager: who holds them, who deputises, who is reached.")


class RolePath(Strict):
    """Which named role."""

    slug: str


@api.get("/roles", responses={200: RoleList})
def every_role(query: Search) -> Mapping[str, object]:
    """Named roles, by slug, each with who is reached now."""
    cut = page(_wanted(query, newest_world().directory), lambda role: role.slug, query)
    found, world = versions(Kind.ROLE, [role.slug for role in cut.items])
    here = world.directory
    shown = (here.roles[one.slug] for one in cut.items if one.slug in here.roles and one.slug in found)
    return document([{**body_of(one, here, now()), "version": found[one.slug]} for one in shown], cut.next)


def _wanted(query: Search, directory: Snapshot) -> Iterable[Role]:
    """Whoever sees no personal data finds no role by who holds it."""
    for role in directory.roles.values():
        if query.authority in ("", role.authority) and matches(query.q, *_words(role, directory)):
            yield role


def _words(role: Role, directory: Snapshot) -> list[str]:
    team, authority = directory.teams.get(role.team or ""), directory.authorities.get(role.authority)
    people = role.people if sees_personal_data() else ()
    named = (directory.people.get(slug) for slug in people)
    return [role.slug, role.name, *(one.name for one in (team, authority, *named) if one)]


@api.get("/roles/<slug>", responses={200: VersionedRole})
def one_role(path: RolePath) -> Response:
    """A named role, and who is reached for it at this moment. Who is reached changes by itself, so it is always sent whole."""
    at, world = version(Kind.ROLE, path.slug)
    role = world.directory.roles.get(path.slug)
    if role is None or at is None:
        raise missing(f"role “{path.slug}”")
    return resource(body_of(role, world.directory, now()), at)


@api.post("/roles", responses={201: VersionedRole})
def new_role(body: NewRole) -> Response:
    """Enter a named role; it may be vacant."""
    slug = body.slug or slug_of(body.authority, body.name or "")
    _, world = written(lambda world: (role_made(slug, body, world), None), author(body.why))
    return created(resource(_shown(slug, world), 1), f"{API}/roles/{slug}")


def _shown(slug: str, world: World) -> Mapping[str, object]:
    return body_of(world.directory.roles[slug], world.directory, now())


def role_made(slug: str, body: NewRole, world: World) -> Change:
    """The new role that a body describes. 422 with every fault."""
    faults = Faults()
    for field, value in (("authority", body.authority), ("name", body.name)):
        if not value:
            faults.note(field, Fault.MISSING)
    if slug in world.directory.roles:
        faults.note("slug", Fault.TAKEN, slug)
    if body.slug and not SLUG.fullmatch(body.slug):
        faults.say("slug", "slug", SLUG_WORDS.format(body.slug))
    if len(slug) > LONGEST_SLUG:
        faults.note("slug", Fault.TOO_LONG, str(len(slug)))
    role = role_changed(Role(slug, "", body.authority), body, world.directory, faults)
    body.refuse(faults)
    return change_of(role)


@api.patch("/roles/<slug>", responses={200: VersionedRole})
def changed_role(path: RolePath, body: RoleFields) -> Response:
    """Change the fields that are given."""
    at, world = written(lambda world: _patched(path.slug, body, world), author(body.why))
    return resource(_shown(path.slug, world), at)


def _patched(slug: str, body: RoleFields, world: World) -> tuple[Change, int]:
    role, at = _guarded(slug, world)
    faults = Faults()
    if "name" in body.model_fields_set and not body.name:
        faults.note("name", Fault.MISSING)
    role = role_changed(role, body, world.directory, faults)
    body.refuse(faults)
    return change_of(role), at


def _guarded(slug: str, world: World) -> tuple[Role, int]:
    """The role, and the version that the writer has seen: its present one."""
    at, _ = version(Kind.ROLE, slug)
    role = world.directory.roles.get(slug)
    if role is None or at is None:
        raise missing(f"role “{slug}”")
    return role, expected(at)


def role_changed(role: Role, body: RoleFields, directory: Snapshot, faults: Faults) -> Role:
    """The role with the fields that were given; every fault is noted."""
    given = body.model_fields_set
    changed = replace(
        role,
        name=body.name or role.name,
        team=body.team or None if "team" in given else role.team,
        holder=body.holder or None if "holder" in given else role.holder,
        deputies=tuple(filter(None, body.deputies or ())) if "deputies" in given else role.deputies,
        numbers=_numbers(role, body, directory, faults) if "numbers" in given else role.numbers,
    )
    for field, code, value in unsound(changed, directory):
        faults.note(field, code, value)
    return changed


def _numbers(role: Role, body: RoleFields, directory: Snapshot, faults: Faults) -> tuple[Number, ...]:
    texts = enumerate(body.numbers or ())
    read = (number_in(f"numbers.{place}", text, role.authority, directory, faults) for place, text in texts)
    return tuple(dict.fromkeys(number for number in read if number))


@api.delete("/roles/<slug>", responses={204: None})
def gone_role(path: RolePath) -> Response:
    """Remove a named role."""
    written(lambda world: _removed(path.slug, world), author())
    return gone()


def _removed(slug: str, world: World) -> tuple[Change, int]:
    _, at = _guarded(slug, world)
    return Change(Kind.ROLE, slug, None), at
