"""How does a draft come into force? Looked at once more, in words and with its verdict; with a reason, now or at a moment."""

from dataclasses import replace
from http import HTTPStatus

from flask import redirect, url_for
from werkzeug.wrappers import Response as Reply

from admin.auth import author
from admin.console.draft_at import rebase, save, seen, tables, to_change
from admin.console.draft_compared import compared
from admin.console.draft_shown import around
from admin.console.drafts import uploaded
from admin.console.forms import Refusal, Wrong, given, refusal
from admin.console.pages import answer, blueprint, page
from admin.console.plan_words import differing
from admin.console.told import Told
from admin.console.verdicts import verdict_of
from admin.plan_proof import RefutedError
from admin.plan_proof import Told as Refuted
from admin.plan_text import tables_of
from admin.ports import desk, newest_world
from admin.problems import Faults, ProblemError
from admin.publishing import publish_plan, read_plan
from admin.shapes import moment_in
from store.drafts import Draft
from store.plans import text_of

FIELDS = ("why", "at")
LABELS = {"why": "Why", "at": "When", "text": "The plan"}
QUICKER = "Somebody has changed this draft since you opened the page. Look at it once more, as it is now."


@blueprint.get("/plans/<line>/drafts/<key>/publish")
def publish_page(line: str, key: str) -> Reply:
    """What would change, and whether it may."""
    return _shown(to_change(line, key), {}, ())


@blueprint.post("/plans/<line>/drafts/<key>/publish")
def publish_draft(line: str, key: str) -> Reply:
    """Put it in force, or let it wait for its moment."""
    draft, fields, faults = to_change(line, key), given(*FIELDS), Faults()
    at = moment_in("at", fields["at"], faults)
    calls: tuple[Refuted, ...] = ()
    refused = Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "", tuple(faults.found)) if faults.found else None
    if seen(draft) != draft.version:
        refused = Refusal(HTTPStatus.PRECONDITION_FAILED, QUICKER)
    if refused is None:
        try:
            publish_plan(draft.text, line, author(fields["why"]), at, draft=replace(draft, why=""))
        except RefutedError as fault:
            calls, refused = fault.refuted, Refusal(fault.status, fault.detail)
        except ProblemError as fault:
            refused = _refusal(fault)
    if refused is None:
        return redirect(url_for("console.draft", line=line, key=key), HTTPStatus.SEE_OTHER)
    return _shown(draft, fields, refused.beside(LABELS), refused.status, calls)


def _refusal(fault: ProblemError) -> Refusal:
    if fault.status is HTTPStatus.FORBIDDEN:
        raise fault
    return Refusal(fault.status, fault.detail, tuple(fault.errors))


def _shown(
    draft: Draft,
    fields: dict[str, str],
    wrong: tuple[Wrong, ...],
    status: HTTPStatus = HTTPStatus.OK,
    calls: tuple[Refuted, ...] = (),
) -> Reply:
    verdict = verdict_of(draft, draft.text)
    now = newest_world().plans.current.get(draft.line, "")
    return answer(
        status,
        "draft_publish",
        **around(draft),
        fields=fields,
        wrong=wrong,
        verdict=verdict,
        compared=compared(verdict.plan) if verdict.plan else (),
        changes=differing(tables_of(_text(now)) or {}, tables(draft)),
        calls=calls,
        moved=_moved(draft.base, now),
    )


def _moved(base: str, now: str) -> list[Told] | None:
    """What changed since the plan that a draft was made on, as far as that is kept; nothing where it is in force still."""
    before = tables_of(_text(base))
    return None if base == now else differing(before, tables_of(_text(now)) or {}) if before else []


def _text(digest: str) -> str:
    with desk().database.read() as connection:
        return text_of(connection, digest) or ""


@blueprint.post("/plans/<line>/drafts/<key>/rebase")
def rebase_draft(line: str, key: str) -> Reply:
    """Another plan came into force since: it was looked at, and this draft is to replace it."""
    draft = to_change(line, key)
    return _then_publish(draft, refusal(lambda: rebase(draft, newest_world().plans.current.get(line, ""), seen(draft))))


@blueprint.post("/plans/<line>/drafts/<key>/unschedule")
def unschedule_draft(line: str, key: str) -> Reply:
    """It does not come into force by itself any more."""
    draft = to_change(line, key)
    return _then_publish(draft, refusal(lambda: rebase(draft, draft.base, seen(draft))))


def _then_publish(draft: Draft, refused: Refusal | None) -> Reply:
    if refused is None:
        return redirect(url_for("console.publish_page", line=draft.line, key=draft.id), HTTPStatus.SEE_OTHER)
    return _shown(draft, {}, refused.beside(LABELS), refused.status)


@blueprint.get("/plans/<line>/drafts/<key>/import")
def import_page(line: str, key: str) -> str:
    """Choose a file."""
    return page("draft_import", **around(to_change(line, key)), wrong=())


@blueprint.post("/plans/<line>/drafts/<key>/import")
def import_text(line: str, key: str) -> Reply:
    """The draft becomes what the file says, where that is a plan of this line."""
    draft = to_change(line, key)
    text, wrong = uploaded(needed=True)

    def act() -> None:
        read_plan(text, line)
        save(draft, text, seen(draft))

    refused = None if wrong else refusal(act)
    if refused:
        wrong = tuple(Wrong("file", one.text) for one in refused.beside({}))
    if wrong:
        status = refused.status if refused else HTTPStatus.UNPROCESSABLE_ENTITY
        return answer(status, "draft_import", **around(draft), wrong=wrong)
    return redirect(url_for("console.draft", line=line, key=key), HTTPStatus.SEE_OTHER)
