"""Which calls were there, and why did each go where it did? A list with a search, each call as a timeline, and as a golden test."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, url_for

from admin.auth import sees_personal_data
from admin.calls import CallSearch, every_call
from admin.console.pages import allowed, asked, blueprint, page
from admin.explaining import A_CALL, explained, told_call
from admin.lines import plans_in_force
from admin.ports import NotExportedError, desk
from admin.problems import missing
from ivr.telling import ENDINGS, InForce

LIST = 25
HISTORY = "/admin/plans/<line>/history"
GOING_ON = "goes on, or nothing more is known"


@blueprint.get("/calls")
def calls() -> str:
    """Calls, newest first."""
    query = CallSearch(q=asked("q"), line=asked("line"), cursor=asked("cursor"), limit=LIST)
    found: Mapping[str, Any] = every_call(query=query)
    names = {plan.line: plan.name for plan in plans_in_force(desk().publication.current())}
    rows = [{**row, "named": names.get(row["line"], row["line"] or "no line"), "ended": ENDINGS.get(row["ending"], GOING_ON)}
            for row in found["items"]]  # fmt: skip
    shown = {"q": query.q, "line": query.line, "next": found["next"], "lines": _choices(names, query.line)}
    return page("calls", rows=rows, sees=sees_personal_data(), **shown)


def _choices(names: Mapping[str, str], chosen: str) -> list[dict[str, object]]:
    lines = sorted(names.items(), key=lambda one: one[1].casefold())
    found = [("", "Every line"), *lines]
    return [{"value": slug, "text": name, "selected": slug == chosen} for slug, name in found]


@blueprint.get("/calls/<sid>")
def one_past_call(sid: str) -> str:
    """A call as a timeline."""
    telling = told_call(sid)
    return page("call", call=explained(telling), plans=_linked(telling.plans), sees=sees_personal_data())


def _linked(plans: Sequence[InForce]) -> list[Mapping[str, str]]:
    """Each plan with a way to its line's history, for those who may go there."""
    there = allowed(HISTORY)
    in_force = {plan.line for plan in plans_in_force(desk().publication.current())}
    return [
        {"name": one.name, "digest": one.digest,
         "href": url_for("console.plan_history", line=one.line) if there and one.line in in_force else ""}
        for one in plans
    ]  # fmt: skip


@blueprint.get("/calls/<sid>/golden")
def call_as_test(sid: str) -> Response | str:
    """A call as a golden test, without anybody's data, to keep as a file; why not, where it cannot become one."""
    if not told_call(sid).sid:
        raise missing(A_CALL)
    try:
        kept = desk().golden(sid)
    except NotExportedError as refused:
        return page("call_not_kept", sid=sid, why=str(refused))
    headers = {"Content-Disposition": f'attachment; filename="{kept.name}"'}
    return Response(kept.text, content_type="text/plain; charset=utf-8", headers=headers)
