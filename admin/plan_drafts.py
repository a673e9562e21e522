"""What would a draft of a plan change for callers, and may it be published?"""

from datetime import timedelta
from typing import Any

from admin.blueprints import resource_api
from admin.plan_proof import proved, told, unfit, with_plan
from admin.plan_shapes import DiffOut, DraftPath, PlanCheckOut, lines_changed, measured_out, refutations_out
from admin.plans import found_draft
from admin.ports import desk, newest_world, now
from admin.publishing import read_plan
from ivr.differences import differences
from store.drafts import Draft
from store.plans import history

SHOWN = timedelta(days=400)
"""So far ahead two plans are compared: as far as is proved."""

api = resource_api("plan-drafts", "What a draft of a plan changes, and whether it holds.")


@api.get("/plans/<line>/drafts/<id>/diff", responses={200: DiffOut})
def draft_diff(path: DraftPath) -> dict[str, Any]:
    """What a draft changes, in words: for whom, when, and who rings instead. Routes are compared, not texts."""
    draft = found_draft(path.line, path.id)
    with desk().database.read() as connection:
        in_force = history(connection, path.line)
    before = in_force[0].text if in_force else ""
    return DiffOut(sentences=sentences(draft), text=lines_changed(before, draft.text)).model_dump(mode="json")


def sentences(draft: Draft) -> list[str]:
    """What a draft changes for callers, against the plan in force."""
    world, plan, at = newest_world(), read_plan(draft.text, draft.line), now()
    found = differences(world, with_plan(world, plan), [draft.line], at, at + SHOWN)
    return [one.sentence for one in found]


@api.get("/plans/<line>/drafts/<id>/check", responses={200: PlanCheckOut})
def draft_check(path: DraftPath) -> dict[str, Any]:
    """Whether a draft may be published now: the same proof as publishing makes, with the calls that refute it."""
    return verdict(found_draft(path.line, path.id)).model_dump(mode="json")


def verdict(draft: Draft) -> PlanCheckOut:
    """What publishing would say of a draft now."""
    world, plan = newest_world(), read_plan(draft.text, draft.line)
    problems = list(unfit(world, plan))
    proof = proved(world, plan, now())
    found = told(proof.refuted, with_plan(world, plan), desk().tell)
    return PlanCheckOut(
        sound=not problems and proof.is_sound,
        problems=problems,
        refuted=refutations_out(found),
        measured=[measured_out(one) for one in proof.measured],
    )
