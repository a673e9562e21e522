"""Which plan is in force for a line, which were, and which are prepared?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Response, jsonify, request

from admin.auth import author
from admin.blueprints import resource_api
from admin.listing import Search, document, matches, page
from admin.plan_proof import RefutedError
from admin.plan_shapes import (
    DraftPath,
    LinePath,
    NewPlanDraft,
    PlanDraftBody,
    PlanList,
    PlanOut,
    PlanPublishBody,
    PlanSummaryOut,
    PlanTextOut,
    PublishBody,
    PublishedOut,
    RollbackBody,
    VersionPath,
    WholeDraftOut,
    draft_out,
    named,
    refuted_reply,
    version_out,
)
from admin.ports import desk, newest_world, now
from admin.problems import API, Faults, missing
from admin.publishing import (
    Published,
    begin_plan_draft,
    discard,
    publish_plan,
    rewrite_plan_draft,
    rollback_plan,
)
from admin.shapes import moment_in, moment_out
from admin.versions import created, expected, gone, refuse_unseen, resource
from directory.problems import Fault
from ivr.moment import World
from ivr.plan import Plan
from ivr.reading import plan_from
from routing.reasons import clock_time
from store import drafts
from store.drafts import Draft
from store.loading import FILES
from store.plans import PlanVersion, history, in_force, text_of

LONGEST_LINE = 40
ONE_OF = "give either the text or the digest of a plan to begin from."
ONE_OF_TWO = "give either the text of a plan or the id of a draft."
NO_PLAN = "there is no plan “{}” of this line; GET its history for those that there are."

api = resource_api("plans", "Plans: what is in force, what was, and what is prepared.")
api.register_error_handler(RefutedError, refuted_reply)


@dataclass(frozen=True, slots=True)
class Line:
    """Everything that is kept of a line's plans."""

    line: str
    versions: list[PlanVersion]
    drafts: list[Draft]

    @property
    def current(self) -> str:
        """The digest of the plan in force."""
        return self.versions[0].digest if self.versions else ""

    @property
    def version(self) -> int:
        """The version of the log that brought it; 0 where no plan was ever in force."""
        return self.versions[0].version if self.versions else 0


@api.get("/plans", responses={200: PlanList})
def every_plan(query: Search) -> Mapping[str, object]:
    """The plan in force for each line, since when and by whom, and how many drafts wait."""
    world = newest_world()
    with desk().database.read() as connection:
        current, waiting = in_force(connection), drafts.every(connection, kind="plan")
    plans = (plan for plan in map(world.plans.of_line, current) if plan and _wanted(plan, query))
    cut = page(plans, lambda plan: plan.line, query)
    items = [
        _summary(plan, current[plan.line], [one for one in waiting if one.line == plan.line]) for plan in cut.items
    ]
    return document(items, cut.next)


def _wanted(plan: Plan, query: Search) -> bool:
    return query.authority in ("", plan.authority) and matches(query.q, plan.line, plan.name)


def _summary(plan: Plan, current: PlanVersion, waiting: list[Draft]) -> dict[str, Any]:
    return PlanSummaryOut(
        line=plan.line,
        name=plan.name,
        authority=plan.authority,
        digest=current.digest,
        since=moment_out(current.at) or "",
        who=named(current.who),
        drafts=len(waiting),
        scheduled=sum(one.state == "scheduled" for one in waiting),
        refused=sum(one.state == "refused" for one in waiting),
    ).model_dump(mode="json")


@api.get("/plans/<line>", responses={200: PlanOut})
def one_plan(path: LinePath) -> Response:
    """The plan in force with its TOML, every one before it with author and reason, drafts, and what changed files propose."""
    found = _line(path.line)
    return resource(_body_of(found, newest_world()), found.version)


def _line(line: str) -> Line:
    if line.isprintable() and len(line) <= LONGEST_LINE:
        with desk().database.read() as connection:
            found = Line(line, history(connection, line), drafts.every(connection, line=line, kind="plan"))
        if found.versions or found.drafts:
            return found
    raise missing(f"plan of a line “{line}”")


def _body_of(found: Line, world: World) -> dict[str, Any]:
    plan, newest = world.plans.of_line(found.line), found.versions[0] if found.versions else None
    proposed = [one for one in found.drafts if one.who == FILES]
    return PlanOut(
        line=found.line,
        name=plan.name if plan else "",
        authority=plan.authority if plan else "",
        digest=newest.digest if newest else None,
        text=newest.text if newest else "",
        since=moment_out(newest.at) if newest else None,
        history=[version_out(one) for one in found.versions],
        drafts=[draft_out(one, found.current) for one in found.drafts if one not in proposed],
        proposals=[draft_out(one, found.current) for one in proposed],
        version=found.version,
    ).model_dump(mode="json")


@api.get("/plans/<line>/versions/<digest>", responses={200: PlanTextOut})
def one_version(path: VersionPath) -> dict[str, Any]:
    """A plan of the line that was ever in force or proposed, as its TOML."""
    plan, text = _known(path.line, path.digest)
    if plan is None:
        raise missing(f"plan “{path.digest}” of the line “{path.line}”")
    return PlanTextOut(digest=plan.digest, line=plan.line, name=plan.name, text=text).model_dump(mode="json")


def _known(line: str, digest: str) -> tuple[Plan | None, str]:
    """A plan of this line by its digest, and its text."""
    if not digest.isalnum():
        return None, ""
    with desk().database.read() as connection:
        text = text_of(connection, digest) or ""
    plan = plan_from(text)
    return (plan, text) if isinstance(plan, Plan) and plan.line == line else (None, "")


@api.post("/plans/<line>/drafts", responses={201: WholeDraftOut})
def new_draft(path: LinePath, body: NewPlanDraft) -> Response:
    """Prepare a plan. It must be a plan of this line, or every problem is told and nothing is kept."""
    faults, text = Faults(), body.text
    if bool(text) == bool(body.origin):
        faults.say("text", "one-of", ONE_OF)
    elif body.origin:
        plan, text = _known(path.line, body.origin)
        if plan is None:
            faults.say("from", Fault.UNKNOWN, NO_PLAN.format(body.origin))
    body.refuse(faults)
    title = body.title or f"Draft of {clock_time(now())}"
    key = begin_plan_draft(text, path.line, title, author(body.why))
    return created(_whole(found_draft(path.line, key)), f"{API}/plans/{path.line}/drafts/{key}")


def found_draft(line: str, key: str) -> Draft:
    """A draft of a line's plan, or 404."""
    if key.isalnum() and key.isascii():
        with desk().database.read() as connection:
            found = drafts.one(connection, key)
        if found and found.kind == "plan" and found.line == line:
            return found
    raise missing(f"draft “{key}” of the line “{line}”")


def _whole(draft: Draft) -> Response:
    current = newest_world().plans.current.get(draft.line, "")
    return resource({**draft_out(draft, current).model_dump(mode="json"), "text": draft.text}, draft.version)


@api.get("/plans/<line>/drafts/<id>", responses={200: WholeDraftOut})
def one_draft(path: DraftPath) -> Response:
    """A draft with its TOML."""
    return _whole(found_draft(path.line, path.id))


@api.put("/plans/<line>/drafts/<id>", responses={200: WholeDraftOut})
def put_draft(path: DraftPath, body: PlanDraftBody) -> Response:
    """Replace a draft's TOML. One that was scheduled or refused is open again."""
    draft, faults = found_draft(path.line, path.id), Faults()
    seen = expected(draft.version)
    if not body.text:
        faults.note("text", Fault.MISSING)
    current = newest_world().plans.current.get(path.line, "")
    if body.base and body.base != current:
        faults.say("base", "base", f"“{body.base}” is not in force; the plan in force is “{current}”.")
    body.refuse(faults)
    rewrite_plan_draft(draft, body.text, body.base, author(body.why), seen)
    return _whole(found_draft(path.line, path.id))


@api.delete("/plans/<line>/drafts/<id>", responses={204: None})
def gone_draft(path: DraftPath) -> Response:
    """Let a draft go."""
    draft = found_draft(path.line, path.id)
    discard(draft, author(), expected(draft.version))
    return gone()


@api.post("/plans/<line>/drafts/<id>/publish", responses={200: PublishedOut})
def published_draft(path: DraftPath, body: PublishBody) -> Response:
    """Put a draft in force now, or at its moment: it is proved now, and again then."""
    faults = Faults()
    at = moment_in("at", body.at, faults)
    body.refuse(faults)
    draft = found_draft(path.line, path.id)
    refuse_unseen(draft.version)
    return _published(publish_plan(draft.text, path.line, author(body.why), at, draft=draft))


@api.post("/plans/<line>/publish", responses={200: PublishedOut})
def published_plan(path: LinePath, body: PlanPublishBody) -> Response:
    """Put a plan in force in one step, from its TOML or a draft."""
    faults = Faults()
    at = moment_in("at", body.at, faults)
    if bool(body.text) == bool(body.draft):
        faults.say("text", "one-of", ONE_OF_TWO)
    body.refuse(faults)
    draft = found_draft(path.line, body.draft) if body.draft else None
    text = draft.text if draft else body.text
    base = _seen(path.line) if "If-Match" in request.headers else None
    return _published(publish_plan(text, path.line, author(body.why), at, draft=draft, base=base))


def _seen(line: str) -> str:
    """The plan in force, once If-Match agrees that it is the one that the sender looked at."""
    found = _line(line)
    refuse_unseen(found.version)
    return found.current


@api.post("/plans/<line>/rollback", responses={200: PublishedOut})
def rolled_back(path: LinePath, body: RollbackBody) -> Response:
    """Put an older plan in force again. It is proved as any other is, against today's directory."""
    faults = Faults()
    if not body.to:
        faults.note("to", Fault.MISSING)
    body.refuse(faults)
    _line(path.line)
    return _published(rollback_plan(path.line, body.to, author(body.why)))


def _published(done: Published) -> Response:
    out = PublishedOut(
        line=done.line,
        digest=done.digest,
        in_force=done.at is None,
        at=moment_out(done.at),
        draft=done.draft or None,
        version=done.world.directory.version,
    )
    return jsonify(out.model_dump(mode="json"))
