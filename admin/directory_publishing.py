"""How do several changes of the directory come into force together, now or at their moment, or not at all?

What somebody has changed since they were prepared is never written over, and nothing is written that makes a promise of a line fail.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus
from typing import Any

from admin.plan_proof import leading_to, proof, refuse_refuted
from admin.press import Press, Write, press
from admin.problems import FieldProblem, ProblemError, invalid
from admin.publishing import explained, refuse_ended, refuse_untimely, standing
from directory.difference import difference
from directory.documents import change_document, change_from
from directory.importing import Import
from directory.model import Closure, Entry, LineNumbers, Person
from directory.references import dangling, place
from directory.rota import on_rota_of
from directory.snapshot import Change, Snapshot
from ivr.moment import World
from ivr.naming import teams_in_plans
from ivr.plan import Plan
from ivr.proof.gathering import Refutation
from routing.calendar import calendar, known_days
from routing.reasons import clock_time
from store import drafts
from store.database import Transaction
from store.deeds import newest
from store.directory import Author, version_of, versions_of, write_all
from store.drafts import Draft, NewDraft

MOST_NAMED = 100
CHANGED_SINCE = "It has been changed since this was prepared; prepare it again on what stands there now."
SINCE_WORDS = "{who} changed it on {at} (entry {sequence})."
DANGLING = "These changes do not fit what is there; change that first."
NOTHING = "These changes alter nothing; there is nothing to publish."


@dataclass(frozen=True, slots=True)
class Prepared:
    """A change, and the version of the entry that it was made on (none: there was no entry)."""

    change: Change
    seen: int | None

    def document(self) -> dict[str, Any]:
        """As a draft keeps it."""
        return {**change_document(self.change), "seen": self.seen}


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of it: the world as it is now, the moment at which the changes will be in force (none: they are), and the draft."""

    world: World
    at: datetime | None = None
    draft: str = ""


def prepared_in(draft: Draft) -> tuple[Prepared, ...]:
    """What a draft of the directory changes."""
    return tuple(Prepared(change_from(one), one["seen"]) for one in draft.body["changes"])


def begin_directory_draft(changes: Sequence[Change], title: str, author: Author, *, by: Press | None = None) -> str:
    """A new draft of the directory; its id. ``changes`` were judged one by one; here they are judged together."""
    here = by or press()
    world = _refuse_unkept(here, changes)
    with here.database.write_in_order() as connection:
        body, base = _body(connection, changes), str(world.directory.version)
        new = NewDraft("directory", "", _authority(changes, world), title, body, base, author.who, author.why)
        return drafts.begin(connection, new, here.now())


def rewrite_directory_draft(
    draft: Draft, changes: Sequence[Change], author: Author, expected: int, *, by: Press | None = None
) -> int:
    """Other changes of a draft, made on what stands there now; its new version."""
    here = by or press()
    base = str(_refuse_unkept(here, changes).directory.version)
    with standing(), here.database.write_in_order() as connection:
        author = replace(author, why=author.why or draft.why)
        return drafts.rewrite(connection, draft.id, _body(connection, changes), expected, author, here.now(), base)


def _refuse_unkept(here: Press, changes: Sequence[Change]) -> World:
    world = here.newest()
    here.refuse_strange(list(changes), world)
    refuse_unsound(changes, world)
    return world


def publish_directory(draft: Draft, author: Author, at: datetime | None = None, *, by: Press | None = None) -> Brought:
    """Write what a draft changes, or schedule it."""
    here, author, prepared = by or press(), explained(author, draft), prepared_in(draft)
    refuse_ended(draft)
    if at is not None:
        return _schedule(here, draft, prepared, author, at)

    def judge(world: World) -> Write:
        refuse_unpublishable(here, prepared, world, here.now())
        return lambda connection, now: _write(connection, draft, prepared, author, now)

    with standing():
        return Brought(here.brought(judge), draft=draft.id)


def _schedule(here: Press, draft: Draft, prepared: Sequence[Prepared], author: Author, at: datetime) -> Brought:
    refuse_untimely(at, here.now())
    world = here.newest()
    refuse_unpublishable(here, prepared, world, at)
    with standing(), here.database.write_in_order() as connection:
        drafts.schedule(connection, draft.id, at, draft.version, author, here.now())
    return Brought(world, at, draft.id)


def _write(connection: Transaction, draft: Draft, prepared: Sequence[Prepared], author: Author, now: datetime) -> None:
    drafts.publish(connection, draft.id, draft.version, author, now)
    grouped = replace(author, group=f"draft-{draft.id}")
    write_all(connection, [(one.change, one.seen) for one in prepared], grouped, now)


def refuse_unpublishable(here: Press, prepared: Sequence[Prepared], world: World, at: datetime) -> None:
    """Everything for which changes are not written in this world, the cheapest first."""
    changes = [one.change for one in prepared]
    here.refuse_strange(changes, world)
    with here.database.read() as connection:
        stale = list(_stale(connection, prepared))
    if stale:
        raise ProblemError(HTTPStatus.CONFLICT, CHANGED_SINCE, stale[:MOST_NAMED])
    refuse_unsound(changes, world)
    refuse_refuted(newly_refuted(changes, world, at), with_changes(world, changes), here.tell)


def refuse_unsound(changes: Sequence[Change], world: World) -> None:
    """422 where changes clash with what is there or with each other, or alter nothing."""
    after = world.directory.changed(world.directory.version, changes)
    found = dangling(after, changes, teams_in_plans(world))
    if found:
        errors = [FieldProblem(field=one.field, code=one.code.value, message=one.sentence) for one in found]
        raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, DANGLING, errors[:MOST_NAMED])
    if all(world.directory.of(one.kind).get(one.slug) == one.entry for one in changes):
        raise invalid([FieldProblem(field="changes", code="nothing", message=f"changes: {NOTHING}")])


def newly_refuted(changes: Sequence[Change], world: World, at: datetime) -> tuple[Refutation, ...]:
    """What these changes would refute of the lines that they touch, and was not refuted before."""
    return proof(world, with_changes(world, changes), lines_touched(changes, world), "", at).refuted


def with_changes(world: World, changes: Sequence[Change]) -> World:
    """The world in which these changes are in force."""
    directory = world.directory.changed(world.directory.version, changes)
    newer = {day: name for entry in directory.holidays.values() for day, name in entry.days}
    days = calendar(known_days(world.calendar.holidays, newer, {}), directory.closures.values())
    return replace(world, directory=directory, calendar=days)


def lines_touched(changes: Sequence[Change], world: World) -> set[str]:
    """The lines whose calls these changes may alter, and those that hand over to them; all, where an entry concerns all."""
    plans = [plan for plan in map(world.plans.of_line, world.plans.current) if plan]
    found: set[str] = set()
    for directory in (world.directory, world.directory.changed(world.directory.version, changes)):
        for entry in (directory.of(one.kind).get(one.slug) for one in changes):
            here = set(_lines_of(entry, directory, plans)) if entry else found
            if entry and not here:
                return set(world.plans.current)
            found |= here
    return leading_to(world, found)


def told_changes(changes: Sequence[Change], directory: Snapshot) -> tuple[str, ...]:
    """Each change in a sentence: what is added, changed and removed."""
    made = difference(Import(tuple(changes), (), asked=tuple(changes)), directory)
    return tuple(one.sentence for one in made.every)


def _lines_of(entry: Entry, directory: Snapshot, plans: Sequence[Plan]) -> Iterator[str]:
    match entry:
        case LineNumbers():
            yield entry.slug
        case Closure() if entry.line:
            yield entry.line
        case Person():
            teams = [directory.teams.get(entry.team), *on_rota_of(entry.slug, directory)]
            authorities = {team.authority for team in teams if team}
            yield from (plan.line for plan in plans if plan.authority in authorities)
        case _:
            authority = getattr(entry, "authority", None) or entry.slug
            yield from (plan.line for plan in plans if plan.authority == authority or entry.slug in plan.teams)


def _authority(changes: Sequence[Change], world: World) -> str:
    """The authority that all of it belongs to; empty where it is several's."""
    lines = lines_touched(changes, world)
    plans = (world.plans.of_line(line) for line in lines)
    found = {plan.authority for plan in plans if plan}
    return found.pop() if len(found) == 1 else ""


def _body(connection: Transaction, changes: Sequence[Change]) -> dict[str, Any]:
    """The changes as a draft keeps them, on the versions that stand."""
    known = {kind: versions_of(connection, kind) for kind in {change.kind for change in changes}}
    return {"changes": [Prepared(one, known[one.kind].get(one.slug)).document() for one in changes]}


def _stale(connection: Transaction, prepared: Sequence[Prepared]) -> Iterator[FieldProblem]:
    for one in prepared:
        if version_of(connection, one.change.kind, one.change.slug) == one.seen:
            continue
        field, last = place(one.change), newest(connection, one.change.kind, one.change.slug)
        who, at, sequence = (last.who, clock_time(last.at), last.sequence) if last else ("Somebody", "a day", 0)
        words = SINCE_WORDS.format(who=who, at=at, sequence=sequence)
        yield FieldProblem(field=field, code="changed-since", message=f"{field}: {words}")
