"""How is a change, or a whole import, taken back? From what the trail says stood there before, unless somebody has changed it since."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus

from admin.ports import desk
from admin.problems import FieldProblem, ProblemError, missing
from admin.scope import refuse_outside
from admin.writing import written_together
from directory.references import dangling
from directory.snapshot import Change
from ivr.moment import World
from ivr.naming import teams_in_plans
from routing.reasons import clock_time
from store import undo
from store.directory import Author
from store.undo import Done

MOST_NAMED = 100
NOT_UNDOABLE = "Entry {} is no change of the directory; only those can be undone."
CHANGED_SINCE = "It has been changed since; undo the later change first, or change it by hand."
DANGLING = "What stood there before does not fit what is there now; change that first."
SINCE_WORDS = "{who} changed it on {at} (entry {sequence})."


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back, the group under which the trail keeps that, and the world afterwards."""

    deeds: tuple[Done, ...]
    group: str
    world: World


def undone(sequence: int, author: Author) -> Undone:
    """Take back the deed of this number, with all that were written together with it. It can itself be undone."""
    deeds = _deeds(sequence)
    group = f"undo-{secrets.token_hex(4)}"
    why = f"undo of entry {sequence}{': ' if author.why else ''}{author.why}"

    def intent(world: World) -> Sequence[Change]:
        changes = [Change(deed.kind, deed.slug, deed.before) for deed in deeds]
        refuse_outside(changes, world)
        _refuse_changed(deeds, world)
        _refuse_dangling(changes, world)
        return changes

    world = written_together(intent, replace(author, why=why, group=group))
    return Undone(tuple(deeds), group, world)


def _deeds(sequence: int) -> list[Done]:
    with desk().database.read() as connection:
        rows = undo.done(connection, sequence)
    if not rows:
        raise missing(f"entry {sequence} in the audit trail")
    deeds = undo.entries(rows)
    if deeds is None:
        raise ProblemError(HTTPStatus.CONFLICT, NOT_UNDOABLE.format(sequence))
    return deeds


def _refuse_changed(deeds: Sequence[Done], world: World) -> None:
    """409 naming who changed what since."""
    changed = [deed for deed in deeds if world.directory.of(deed.kind).get(deed.slug) != deed.after]
    if not changed:
        return
    with desk().database.read() as connection:
        later = list(undo.since(connection, changed[:MOST_NAMED]))
    errors = [_since(f"{row.kind} {row.slug}", row.who, clock_time(row.at), row.sequence) for row in later]
    raise ProblemError(HTTPStatus.CONFLICT, CHANGED_SINCE, errors)


def _since(field: str, who: str, at: str, sequence: int) -> FieldProblem:
    words = SINCE_WORDS.format(who=who, at=at, sequence=sequence)
    return FieldProblem(field=field, code="changed-since", message=f"{field}: {words}")


def _refuse_dangling(changes: Sequence[Change], world: World) -> None:
    """409 where what stood there before would refer to something that is gone, or is referred to itself."""
    after = world.directory.changed(world.directory.version, changes)
    found = dangling(after, changes, teams_in_plans(world))
    if found:
        errors = [FieldProblem(field=one.field, code=one.code.value, message=one.sentence) for one in found]
        raise ProblemError(HTTPStatus.CONFLICT, DANGLING, errors[:MOST_NAMED])
