"""Which named roles do the rows of a file describe? One row each; heading ``role`` is what tells the file."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from directory.model import Role
from directory.numbers import Number
from directory.problems import Code, Fault
from directory.rows import Row
from directory.slugs import slug_in, slug_of
from directory.snapshot import Snapshot
from directory.team_rows import source_of

ROLE_COLUMNS = ("authority", "team", "slug", "role", "holder", "deputies", "numbers", "source", "line", "read", "printed",
                "assumed")  # fmt: skip
ROLE_FIELDS = {"team": "team", "holder": "holder", "deputies": "deputies", "numbers": "numbers", "source": "source"}
COLUMNS = {"authority": "authority", "name": "role", "team": "team", "holder": "holder", "deputies": "deputies"}
"""The field of a role that a fault is about, and its column."""

Unsound = tuple[str, Code, str]


def roles_of(rows: Sequence[Row], directory: Snapshot) -> Mapping[str, tuple[Role, Row]]:
    """Each role by its slug, with its row."""
    roles: dict[str, tuple[Role, Row]] = {}
    for row in rows:
        role = _role(row, directory)
        if role.slug in roles:
            row.wrong("slug", Fault.TAKEN, role.slug)
        roles[role.slug] = role, row
        for field, code, value in unsound(role, directory):
            row.wrong(COLUMNS[field.partition(".")[0]], code, value)
    return roles


def _role(row: Row, directory: Snapshot) -> Role:
    authority, name = row.needed("authority"), row.needed("role")
    slug = slug_in(row, directory.roles) or slug_of(authority, name)
    team, holder = row.text("team") or None, row.text("holder") or None
    deputies, numbers = tuple(row.several("deputies")), _numbers(row, authority, directory)
    role = Role(slug, name, authority, team, holder, deputies, numbers, source_of(row))
    return _kept(role, directory.roles.get(slug), row.cells.keys())


def _kept(role: Role, known: Role | None, given: Collection[str]) -> Role:
    """The role with what is known of it wherever the file has no such column: a short file empties nothing."""
    if known is None:
        return role
    said = {field: getattr(role, field) for column, field in ROLE_FIELDS.items() if column in given}
    return replace(known, name=role.name, authority=role.authority, **said)


def _numbers(row: Row, authority: str, directory: Snapshot) -> tuple[Number, ...]:
    read = (row.number_from("numbers", text, directory, authority) for text in row.several("numbers"))
    return tuple(dict.fromkeys(number for number in read if number))


def unsound(role: Role, directory: Snapshot) -> Iterator[Unsound]:
    """What of a role cannot stand: field (``deputies.0``), fault and value. Nothing is said of what is empty."""
    if role.authority and role.authority not in directory.authorities:
        yield "authority", Fault.UNKNOWN, role.authority
    team = directory.teams.get(role.team or "")
    if role.team and team is None:
        yield "team", Fault.UNKNOWN, role.team
    elif team and team.authority != role.authority:
        yield "team", Fault.ELSEWHERE, team.slug
    if role.holder and role.holder not in directory.people:
        yield "holder", Fault.UNKNOWN, role.holder
    for place, slug in enumerate(role.deputies):
        if slug not in directory.people:
            yield f"deputies.{place}", Fault.UNKNOWN, slug
        if slug == role.holder or slug in role.deputies[:place]:
            yield f"deputies.{place}", Fault.TWICE, slug
