"""Which plans were in force for a line, by whom and why, what differs between two of them, and how does an older one return?"""

from http import HTTPStatus

from flask import redirect, url_for
from werkzeug.wrappers import Response as Reply

from admin.auth import author
from admin.console.draft_compared import compared
from admin.console.draft_shown import PUBLISHING
from admin.console.drafts import plan_at
from admin.console.forms import Refusal, given
from admin.console.pages import allowed, answer, asked, blueprint, page
from admin.console.plan_words import differing
from admin.plan_proof import RefutedError, Told
from admin.plan_text import tables_of
from admin.ports import desk
from admin.problems import ProblemError, missing
from admin.publishing import rollback_plan
from ivr.plan import Plan
from ivr.reading import plan_from
from store.plans import PlanVersion, history

LABELS = {"why": "Why"}


@blueprint.get("/plans/<line>/history")
def plan_history(line: str) -> str:
    """Every plan that was in force, the newest first."""
    plan = plan_at(line)
    return page("plan_history", plan=plan, found=_history(line), publishes=allowed(*PUBLISHING))


def _history(line: str) -> list[PlanVersion]:
    with desk().database.read() as connection:
        return history(connection, line)


@blueprint.get("/plans/<line>/compare")
def plan_compare(line: str) -> str:
    """Two of them, side by side, in words."""
    plan, found = plan_at(line), {one.digest: one for one in _history(line)}
    before, after = (found.get(asked(name)) for name in ("before", "after"))
    if before is None or after is None:
        raise missing("such version of this plan")
    return page("plan_compare", plan=plan, before=before, after=after, **_difference(before.text, after.text))


def _difference(before: str, after: str) -> dict[str, object]:
    old, new = plan_from(before), plan_from(after)
    told = compared(new, old) if isinstance(old, Plan) and isinstance(new, Plan) else ()
    return {"compared": told, "changes": differing(tables_of(before) or {}, tables_of(after) or {})}


@blueprint.get("/plans/<line>/versions/<digest>/restore")
def restore_page(line: str, digest: str) -> Reply:
    """What would change if an older plan came into force again."""
    return _restoring(line, digest, {}, None)


@blueprint.post("/plans/<line>/versions/<digest>/restore")
def restore_plan(line: str, digest: str) -> Reply:
    """Put it in force again. It is proved as any other is."""
    fields, calls = given("why"), tuple[Told, ...]()
    try:
        rollback_plan(line, digest, author(fields["why"]))
    except RefutedError as fault:
        calls, refused = fault.refuted, Refusal(fault.status, fault.detail)
    except ProblemError as fault:
        if fault.status in (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND):
            raise
        refused = Refusal(fault.status, fault.detail, tuple(fault.errors))
    else:
        return redirect(url_for("console.plan_history", line=line), HTTPStatus.SEE_OTHER)
    return _restoring(line, digest, fields, refused, calls)


def _restoring(
    line: str, digest: str, fields: dict[str, str], refused: Refusal | None, calls: tuple[Told, ...] = ()
) -> Reply:
    plan, rows = plan_at(line), _history(line)
    chosen = next((one for one in rows if one.digest == digest), None)
    if chosen is None:
        raise missing("such version of this plan")
    return answer(
        refused.status if refused else HTTPStatus.OK,
        "plan_restore",
        plan=plan,
        chosen=chosen,
        fields=fields,
        calls=calls,
        wrong=refused.beside(LABELS) if refused else (),
        **_difference(next(one.text for one in rows if one.digest == plan.digest), chosen.text),
    )
