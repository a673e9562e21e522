"""How does a plan come into force, now or at its moment, and how does an older one return? Never while something is refuted.

The API, the pages and the command line all stand on this.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from http import HTTPStatus

from admin.plan_proof import refuse_refuted, refutations, unfit, with_plan
from admin.press import Press, Write, press
from admin.problems import Faults, FieldProblem, ProblemError, invalid, missing, refuse_invalid
from admin.whys import CODE
from ivr.moment import World
from ivr.plan import Plan
from ivr.reading import plan_from
from routing.reasons import clock_time
from store import drafts
from store.database import Transaction
from store.directory import Author
from store.drafts import Draft, EndedError, NewDraft
from store.plans import bring_into_force, current_digest, history

AHEAD = timedelta(days=400)
"""So far ahead something may be scheduled: as far as is proved."""

OTHER_LINE = "this is the plan of “{}”; send it to that line, or correct its “line”."
IN_FORCE = "This is the plan that is in force already; there is nothing to publish."
MOVED = (
    "Another plan came into force since this draft was begun: {digest}, on {at}, by {who}. Compare the two, then rewrite the "
    "draft with “base”: “{digest}”."
)
PAST = "“{}” is over; name a later moment, or leave it out to publish now."
FAR = "“{}” is more than 400 days ahead, beyond what is proved; name an earlier moment."
NO_WHY = "say why; the reason stands in the history (“why”, or the header X-Reason)."
ENDED = "This draft is published or dropped already; begin another."


@dataclass(frozen=True, slots=True)
class Published:
    """What came of it: the plan's digest, the moment at which it will be in force (none: it is), the draft that waits for that, and
    the world as it is now."""

    line: str
    digest: str
    world: World
    at: datetime | None = None
    draft: str = ""


def publish_plan(
    text: str,
    line: str,
    author: Author,
    at: datetime | None = None,
    *,
    draft: Draft | None = None,
    base: str | None = None,
    by: Press | None = None,
) -> Published:
    """Put a plan in force, or schedule it. Refuses with every problem of its TOML, with every refutation and its call, and what was
    made on another plan than the one in force: a draft, or a text whose ``base`` is known."""
    here, plan = by or press(), read_plan(text, line)
    refuse_ended(draft)
    author = explained(author, draft)
    if at is not None:
        return _schedule(here, plan, text, author, at, draft, base)

    def judge(world: World) -> Write:
        refuse_unpublishable(here, plan, draft.base if draft else base, world, here.now())
        return lambda connection, now: _put_in_force(connection, plan, text, author, now, draft)

    with standing():
        return Published(line, plan.digest, here.brought(judge))


def rollback_plan(line: str, digest: str, author: Author, *, by: Press | None = None) -> Published:
    """Put an older plan in force again. It is proved as any other is."""
    here, author = by or press(), explained(author, None)
    with here.database.read() as connection:
        text = next((one.text for one in history(connection, line) if one.digest == digest), None)
    if text is None:
        raise missing(f"plan “{digest}” in the history of the line “{line}”")
    plan = read_plan(text, line)

    def judge(world: World) -> Write:
        refuse_unpublishable(here, plan, None, world, here.now())
        return lambda connection, now: bring_into_force(connection, plan, text, author, now, "roll back")

    return Published(line, plan.digest, here.brought(judge))


def begin_plan_draft(text: str, line: str, title: str, author: Author, *, by: Press | None = None) -> str:
    """A new draft of a plan; its id. Only what is a plan of this line is kept, so that nothing half-written is stored."""
    here, plan = by or press(), read_plan(text, line)
    here.refuse_strange_plan(line, plan.authority, here.newest())
    with here.database.write_in_order() as connection:
        base = current_digest(connection, line)
        new = NewDraft("plan", line, plan.authority, title, {"text": text}, base, author.who, author.why)
        return drafts.begin(connection, new, here.now())


def rewrite_plan_draft(
    draft: Draft, text: str, base: str, author: Author, expected: int, *, by: Press | None = None
) -> int:
    """Another text of a draft, made on the plan ``base`` where that is given; its new version."""
    here, plan = by or press(), read_plan(text, draft.line)
    here.refuse_strange_plan(draft.line, plan.authority, here.newest())
    with standing(), here.database.write_in_order() as connection:
        author = replace(author, why=author.why or draft.why)
        return drafts.rewrite(connection, draft.id, {"text": text}, expected, author, here.now(), base)


def discard(draft: Draft, author: Author, expected: int, *, by: Press | None = None) -> int:
    """Let a draft go; its new version."""
    here = by or press()
    if draft.kind == "plan":
        here.refuse_strange_plan(draft.line, draft.authority, here.newest())
    with standing(), here.database.write_in_order() as connection:
        return drafts.drop(connection, draft.id, expected, author, here.now())


def read_plan(text: str, line: str) -> Plan:
    """The plan that a text describes; 422 with every problem where it is none, or another line's."""
    found = plan_from(text)
    if not isinstance(found, Plan):
        raise invalid([FieldProblem(field=one.field or "text", code="plan", message=str(one)) for one in found])
    if found.line != line:
        faults = Faults()
        faults.say("text", "elsewhere", OTHER_LINE.format(found.line))
        raise invalid(faults.found)
    return found


def explained(author: Author, draft: Draft | None) -> Author:
    """The author with a reason, which may be the draft's; 422 where nobody says why."""
    why, faults = author.why or (draft.why if draft else ""), Faults()
    if not why:
        faults.say("why", CODE, NO_WHY)
    refuse_invalid(faults.found)
    return replace(author, why=why)


def refuse_untimely(at: datetime, now: datetime) -> None:
    """422 where a moment is over, or too far ahead."""
    faults = Faults()
    if at <= now:
        faults.say("at", "past", PAST.format(clock_time(at)))
    if at > now + AHEAD:
        faults.say("at", "far", FAR.format(clock_time(at)))
    refuse_invalid(faults.found)


def refuse_ended(draft: Draft | None) -> None:
    """409 where a draft is published or dropped already."""
    if draft and not draft.stands:
        raise ProblemError(HTTPStatus.CONFLICT, ENDED)


@contextmanager
def standing() -> Iterator[None]:
    """409 where a draft has ended meanwhile."""
    try:
        yield
    except EndedError as fault:
        raise ProblemError(HTTPStatus.CONFLICT, ENDED) from fault


def _schedule(
    here: Press, plan: Plan, text: str, author: Author, at: datetime, draft: Draft | None, base: str | None
) -> Published:
    refuse_untimely(at, here.now())
    world = here.newest()
    refuse_unpublishable(here, plan, draft.base if draft else base, world, at)
    with standing(), here.database.write_in_order() as connection:
        now, base = here.now(), world.plans.current.get(plan.line, "")
        new = NewDraft("plan", plan.line, plan.authority, "", {"text": text}, base, author.who, author.why)
        key = draft.id if draft else drafts.begin(connection, new, now)
        drafts.schedule(connection, key, at, draft.version if draft else 1, author, now)
    return Published(plan.line, plan.digest, world, at, key)


def refuse_unpublishable(here: Press, plan: Plan, base: str | None, world: World, at: datetime) -> None:
    """Everything for which a plan that was made on ``base`` (none: nobody knows) is not put in force in this world, the cheapest
    first."""
    here.refuse_strange_plan(plan.line, plan.authority, world)
    current = world.plans.current.get(plan.line, "")
    if current == plan.digest:
        raise ProblemError(HTTPStatus.CONFLICT, IN_FORCE)
    if base is not None and base != current:
        raise ProblemError(HTTPStatus.CONFLICT, _moved(here, plan.line))
    refuse_invalid(unfit(world, plan))
    refuse_refuted(refutations(world, plan, at), with_plan(world, plan), here.tell)


def _moved(here: Press, line: str) -> str:
    with here.database.read() as connection:
        newest = history(connection, line)[0]
    return MOVED.format(digest=newest.digest, at=clock_time(newest.at), who=newest.who)


def _put_in_force(
    connection: Transaction, plan: Plan, text: str, author: Author, now: datetime, draft: Draft | None
) -> None:
    if draft:
        drafts.publish(connection, draft.id, draft.version, author, now)
    bring_into_force(connection, plan, text, author, now)
