"""How does the directory return to an earlier version? As one new version of it, judged like any other change, shown first."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus

from admin.directory_publishing import newly_refuted, refuse_unsound, with_changes
from admin.plan_proof import refuse_refuted
from admin.press import Press, Write, press
from admin.problems import ProblemError, missing
from admin.publishing import explained
from directory.model import Authority, Entry
from directory.references import place
from directory.snapshot import Change, Kind
from ivr.moment import World
from store.database import Transaction
from store.directory import Author, versions_of, write_all
from store.directory_log import as_at, is_there, touched_since

OVERTAKEN = "The directory is at version {now} by now, and you looked at {seen}; look at what would change once more."


@dataclass(frozen=True, slots=True)
class Return:
    """What going back would change, and what it leaves alone: an authority's policy exceptions take two people, and a staff PIN
    that was changed may have been known to others."""

    changes: tuple[Change, ...]
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WentBack:
    """The changes that were written together, their group in the trail, and the world afterwards."""

    changes: tuple[Change, ...]
    group: str
    world: World


def way_back(to: int, world: World, *, by: Press | None = None) -> Return:
    """What it takes to bring the directory of this world back to a version; 404 where the log has no such version."""
    with (by or press()).database.read() as connection:
        if not 0 < to <= world.directory.version or not is_there(connection, to):
            raise missing(f"version {to} of the directory")
        stood = as_at(connection, to, touched_since(connection, to))
    changes, left = list[Change](), list[str]()
    for (kind, slug), then in sorted(stood.items(), key=lambda one: (list(Kind).index(one[0][0]), one[0][1])):
        now = world.directory.of(kind).get(slug)
        entry = _kept_safe(then, now) if kind is Kind.AUTHORITY else then
        if entry != now:
            changes.append(Change(kind, slug, entry))
        if entry != then:
            left.append(place(Change(kind, slug, None)))
    return Return(tuple(changes), tuple(left))


def _kept_safe(then: Entry | None, now: Entry | None) -> Entry | None:
    """An authority as it was, with the exceptions and the PIN that it has."""
    if not isinstance(now, Authority):
        return replace(then, exceptions=(), staff_pin="") if isinstance(then, Authority) else then
    if not isinstance(then, Authority):
        return now
    return replace(then, exceptions=now.exceptions, staff_pin=now.staff_pin)


def go_back(to: int, author: Author, seen: int | None = None, *, by: Press | None = None) -> WentBack:
    """Bring the directory back to a version. ``seen`` is the version at which somebody looked at what would change."""
    here, author = by or press(), explained(author, None)
    group = f"rollback-{secrets.token_hex(4)}"
    grouped = replace(author, group=group)
    written: list[Sequence[Change]] = []

    def judge(world: World) -> Write:
        if seen not in (None, world.directory.version):
            words = OVERTAKEN.format(now=world.directory.version, seen=seen)
            raise ProblemError(HTTPStatus.CONFLICT, words)
        changes = way_back(to, world, by=here).changes
        _refuse(here, changes, world)
        written.append(changes)
        return lambda connection, now: write_all(connection, _pairs(connection, changes), grouped, now)

    world = here.brought(judge)
    return WentBack(tuple(written[-1]), group, world)


def _refuse(here: Press, changes: Sequence[Change], world: World) -> None:
    here.refuse_strange(list(changes), world)
    refuse_unsound(changes, world)
    refuse_refuted(newly_refuted(changes, world, here.now()), with_changes(world, changes), here.tell)


def _pairs(connection: Transaction, changes: Sequence[Change]) -> list[tuple[Change, int | None]]:
    known = {kind: versions_of(connection, kind) for kind in {change.kind for change in changes}}
    return [(change, known[change.kind].get(change.slug)) for change in changes]
