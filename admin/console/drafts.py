"""Which drafts of a line's plan are there, how does one begin, what does it change, and how does it end unpublished?"""

from collections.abc import Mapping
from http import HTTPStatus

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as Reply

from admin.auth import author
from admin.console.draft_at import draft_at, seen, tables, take_back, to_change
from admin.console.draft_compared import compared
from admin.console.draft_shown import around, steps_of
from admin.console.forms import Wrong, given, refusal
from admin.console.pages import answer, asked, blueprint, page
from admin.console.plan_words import differing
from admin.console.plans import drawing_shown
from admin.console.verdicts import verdict_of
from admin.plan_proof import with_plan
from admin.plan_text import tables_of
from admin.ports import desk, newest_world, now
from admin.problems import Faults, ProblemError, missing
from admin.publishing import begin_plan_draft, discard
from admin.shapes import moment_in
from ivr.differences import Difference
from ivr.plan import Plan
from ivr.reading import plan_from
from routing.clock import local
from store.drafts import STANDING, Draft, every
from store.plans import text_of

FIELDS = ("title", "from")
LABELS = {"title": "What it is for", "file": "File"}
LONGEST_TITLE = 120
MOST_BYTES = 200_000
TOO_LARGE = "File: it is larger than any plan; choose the TOML file of one line."
NOT_TEXT = "File: it is not a text; choose the TOML file of one line."
TOO_LONG = "What it is for: at most 120 characters; say the rest when you publish it."
NOT_DRAWN = "This draft is not a whole plan yet, so that it cannot be drawn; its page says what is missing."
NO_FILE = "File: choose the TOML file of this line."


def plan_at(line: str) -> Plan:
    """The plan in force for a line, or 404."""
    plan = newest_world().plans.of_line(line)
    if plan is None:
        raise missing(f"line “{line}”")
    return plan


def toml(text: str, name: str) -> Response:
    """A plan to be kept as a file."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.toml"'}
    return Response(text, content_type="application/toml; charset=utf-8", headers=headers)


@blueprint.get("/plans/<line>/drafts")
def drafts(line: str) -> str:
    """The drafts that are under way."""
    plan = plan_at(line)
    with desk().database.read() as connection:
        found = every(connection, line=line, kind="plan", states=STANDING)
    return page("drafts", plan=plan, found=[around(draft) for draft in found])


@blueprint.get("/plans/<line>/drafts/new")
def new_draft_page(line: str) -> str:
    """From the plan in force, from an earlier one, or from a file."""
    plan = plan_at(line)
    return page("draft_new", plan=plan, fields={"from": asked("from")}, wrong=())


@blueprint.post("/plans/<line>/drafts/new")
def new_draft(line: str) -> Reply:
    """Begin a draft."""
    plan, fields = plan_at(line), given(*FIELDS)
    text, wrong = uploaded()
    wrong += (Wrong("title", TOO_LONG),) if len(fields["title"]) > LONGEST_TITLE else ()
    begun: list[str] = []
    refused = None if wrong else refusal(lambda: begun.append(_begun(plan, fields, text)))
    if begun:
        return redirect(url_for("console.draft", line=line, key=begun[0]), HTTPStatus.SEE_OTHER)
    wrong += tuple(Wrong("file", one.text) for one in refused.beside({})) if refused else ()
    return answer(HTTPStatus.UNPROCESSABLE_ENTITY, "draft_new", plan=plan, fields=fields, wrong=wrong)


def _begun(plan: Plan, fields: Mapping[str, str], text: str) -> str:
    title = fields["title"] or f"Draft of {local(now()):%-d %B}"
    return begin_plan_draft(text or _text(fields["from"] or plan.digest), plan.line, title, author())


def _text(digest: str) -> str:
    with desk().database.read() as connection:
        text = text_of(connection, digest) if digest.isprintable() else None
    if text is None:
        raise missing("such version of this plan")
    return text


def uploaded(*, needed: bool = False) -> tuple[str, tuple[Wrong, ...]]:
    """The text of the file that came with a form, and what is wrong with it."""
    file = request.files.get("file")
    content = file.read(MOST_BYTES + 1) if file else b""
    if not content:
        return "", (Wrong("file", NO_FILE),) if needed else ()
    if len(content) > MOST_BYTES:
        return "", (Wrong("file", TOO_LARGE),)
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n"), ()
    except UnicodeDecodeError:
        return "", (Wrong("file", NOT_TEXT),)


@blueprint.get("/plans/<line>/drafts/<key>")
def draft(line: str, key: str) -> str:
    """What it changes, whether it would be published, and its steps."""
    found = draft_at(line, key)
    held, verdict = tables(found), verdict_of(found, found.text)
    return page(
        "draft",
        **around(found),
        steps=steps_of(held, found.authority),
        hours=held.get("hours", {}),
        changes=differing(tables_of(_base(found)) or {}, held),
        compared=_compared(found, verdict.plan),
        verdict=verdict if found.stands else None,
        drawn=verdict.plan is not None,
    )


@blueprint.get("/plans/<line>/drafts/<key>/flow")
def draft_flow(line: str, key: str) -> Reply:
    """The draft as a drawing and as lists, at a moment."""
    found, faults = draft_at(line, key), Faults()
    plan = plan_from(found.text)
    if not isinstance(plan, Plan):
        raise ProblemError(HTTPStatus.CONFLICT, NOT_DRAWN)
    at = moment_in("at", asked("at"), faults) or now()
    wrong = tuple(Wrong("at", f"At: {one.message.removeprefix('at: ')}") for one in faults.found)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    drawing = drawing_shown(with_plan(newest_world(), plan), plan, at)
    return answer(status, "draft_flow", **around(found), typed=asked("at"), wrong=wrong, **drawing)


def _compared(draft: Draft, plan: Plan | None) -> tuple[Difference, ...]:
    before = None if draft.stands else plan_from(_base(draft))
    return () if plan is None or isinstance(before, tuple) else compared(plan, before)


def _base(draft: Draft) -> str:
    """The plan in force; for a draft that is published, what it was made on."""
    plan = newest_world().plans.of_line(draft.line) if draft.stands else None
    with desk().database.read() as connection:
        return text_of(connection, plan.digest if plan else draft.base) or ""


@blueprint.get("/plans/<line>/drafts/<key>.toml")
def draft_file(line: str, key: str) -> Response:
    """The draft as a file."""
    return toml(draft_at(line, key).text, f"{line}-draft")


@blueprint.get("/plans/<line>.toml")
def plan_file(line: str) -> Response:
    """The plan in force as a file."""
    return toml(_text(plan_at(line).digest), line)


@blueprint.get("/plans/<line>/versions/<digest>.toml")
def version_file(line: str, digest: str) -> Response:
    """An earlier plan as a file."""
    text = _text(digest)
    if (tables_of(text) or {}).get("line") != line:
        raise missing("such version of this plan")
    return toml(text, f"{line}-{digest}")


@blueprint.post("/plans/<line>/drafts/<key>/undo")
def undo_draft(line: str, key: str) -> Reply:
    """The text before the last change."""
    found = to_change(line, key)
    refused = refusal(lambda: take_back(found, seen(found)))
    if refused is None:
        return redirect(url_for("console.draft", line=line, key=key), HTTPStatus.SEE_OTHER)
    return answer(
        refused.status,
        "refusal",
        title="Not taken back",
        detail=refused.detail,
        errors=(),
        home=url_for("console.draft", line=line, key=key),
    )


@blueprint.get("/plans/<line>/drafts/<key>/drop")
def drop_page(line: str, key: str) -> str:
    """Ask once more."""
    found = to_change(line, key)
    return page("remove", **_dropping(found), seen=f"v{found.version}")


@blueprint.post("/plans/<line>/drafts/<key>/drop")
def drop_draft(line: str, key: str) -> Reply:
    """Discard it; the plan in force stays as it is."""
    found = to_change(line, key)

    refused = refusal(lambda: discard(found, author(request.form.get("why", "")), seen(found)))
    if refused is None:
        return redirect(url_for("console.drafts", line=line), HTTPStatus.SEE_OTHER)
    return answer(refused.status, "remove", **_dropping(found), wrong=refused.beside(LABELS), seen=f"v{found.version}")


def _dropping(draft: Draft) -> dict[str, object]:
    back = url_for("console.draft", line=draft.line, key=draft.id)
    return {"title": f"Discard “{draft.title}”", "words": "The plan in force stays as it is.", "back": back}
