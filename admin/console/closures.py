"""When does a line close or open against its weekly rule? Close early today in two clicks; recurring closures by a form."""

from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from flask import redirect, url_for
from werkzeug.wrappers import Response as Reply

from admin.closures import ClosurePath, NewClosure, every_closure, gone_closure, new_closure
from admin.console.done import finished
from admin.console.forms import Wrong, filled, given, refusal
from admin.console.pages import answer, asked, blueprint, page
from admin.lines import plans_in_force
from admin.listing import Search
from admin.ports import newest_world, now, version
from admin.problems import missing
from directory.model import Closure
from directory.snapshot import Kind
from routing.clock import local

FIELDS = ("effect", "from", "until", "reason", "scope", "repeat", "times", "why")
LABELS = {"effect": "Open or closed", "from": "From", "until": "Until", "reason": "Reason", "scope": "Which lines",
          "line": "Which lines", "authority": "Which lines", "rrule": "How often", "times": "How often", "why": "Why",
          "time": "From", "repeat": "Repeats"}  # fmt: skip
EARLY = "15:00"
LIST = 50
SEVERAL = {"weekly": "FREQ=WEEKLY", "monthly": "FREQ=MONTHLY", "yearly": "FREQ=YEARLY"}


@blueprint.get("/closures")
def closures() -> str:
    """What is entered, the earliest first."""
    wanted = Search(cursor=asked("cursor"), limit=LIST)
    return page("closures", found=every_closure(query=wanted), names=_names())


def _names() -> Mapping[str, str]:
    world = newest_world()
    lines = {plan.line: plan.name for plan in plans_in_force(world)}
    return {**{one.slug: one.name for one in world.directory.authorities.values()}, **lines}


def _scopes() -> list[dict[str, str]]:
    world = newest_world()
    lines = [{"value": f"line:{plan.line}", "text": plan.name} for plan in plans_in_force(world)]
    councils = world.directory.authorities.values()
    authorities = [{"value": f"authority:{one.slug}", "text": f"All lines of {one.name}"} for one in councils]
    return [{"value": "", "text": "Choose one"}, *lines, *authorities, {"value": "all", "text": "Every line here"}]


@blueprint.get("/closures/early")
def early() -> str:
    """Close early today: everything is filled in, and one click confirms."""
    fields = {"time": early_time(), "reason": "Closed early", "scope": asked("scope")}
    return page("early", fields=fields, wrong=(), scopes=_scopes())


def early_time() -> str:
    """When lines close that are closed early today: at three, or now where it is later than that."""
    return max(EARLY, local(now()).strftime("%H:%M"))


@blueprint.post("/closures/early")
def close_early() -> Reply:
    """From that time until midnight."""
    fields = given("time", "reason", "scope", "why")
    midnight = local(now()).replace(hour=0, minute=0, second=0, microsecond=0, fold=0) + timedelta(days=1)
    times = {"from": f"today {fields['time']}", "until": midnight.replace(tzinfo=None).isoformat()}
    return _written({**fields, **times, "effect": "closed"}, "early", fields)


@blueprint.get("/closures/new")
def new_closure_page() -> str:
    """An empty form."""
    return page("closure_form", fields={"effect": "closed"}, wrong=(), scopes=_scopes())


@blueprint.post("/closures/new")
def add_closure() -> Reply:
    """Enter a closure or an opening."""
    fields = given(*FIELDS)
    return _written(fields, "closure_form", fields)


def _written(fields: Mapping[str, str], template: str, typed: Mapping[str, str]) -> Reply:
    body, made = NewClosure.model_validate(_body(fields)), {"at": ""}

    def act() -> Any:
        reply = new_closure(body=body)
        made["at"] = reply.get_json()["id"]
        return reply

    if not fields["scope"]:
        wrong = (Wrong("scope", "Which lines: choose one."),)
        return answer(HTTPStatus.UNPROCESSABLE_ENTITY, template, fields=typed, wrong=wrong, scopes=_scopes())
    refused = refusal(act)
    if refused is None:
        return redirect(finished(Kind.CLOSURE, made["at"]), HTTPStatus.SEE_OTHER)
    return answer(
        refused.status, template, fields=typed, wrong=_beside(refused.beside(LABELS), template), scopes=_scopes()
    )


def _beside(wrong: tuple[Wrong, ...], template: str) -> tuple[Wrong, ...]:
    """The faults at the fields of this page, whose names are not all the API's."""
    ids = {"line": "scope", "authority": "scope", "rrule": "repeat", "from": "time" if template == "early" else "from"}
    return tuple(Wrong(ids.get(one.field, one.field), one.text) for one in wrong)


def _body(fields: Mapping[str, str]) -> dict[str, str]:
    kind, _, slug = fields["scope"].partition(":")
    scope = {kind: slug} if kind in ("line", "authority") else {}
    known = filled(fields, ("effect", "from", "until", "reason", "why"))
    repeats = SEVERAL.get(fields.get("repeat", ""))
    rule = {"rrule": f"{repeats};COUNT={fields.get('times') or '?'}"} if repeats else {}
    return {**known, **scope, **rule}


@blueprint.get("/closures/<slug>/remove")
def remove_closure(slug: str) -> str:
    """Ask once more."""
    found, at = _closure_at(slug)
    return page("remove", **_removal(found), seen=f"v{at}")


@blueprint.post("/closures/<slug>/remove")
def removed_closure(slug: str) -> Reply:
    """The weekly rule holds again at once."""
    found, at = _closure_at(slug)
    refused = refusal(lambda: gone_closure(path=ClosurePath(id=slug)))
    if refused is None:
        return redirect(finished(Kind.CLOSURE, slug), HTTPStatus.SEE_OTHER)
    return answer(refused.status, "remove", **_removal(found), wrong=refused.beside(LABELS), seen=f"v{at}")


def _closure_at(slug: str) -> tuple[Closure, int]:
    at, world = version(Kind.CLOSURE, slug)
    found = world.directory.closures.get(slug)
    if found is None or at is None:
        raise missing(f"closure “{slug}”")
    return found, at


def _removal(found: Closure) -> dict[str, object]:
    words = "The weekly hours hold again at once."
    return {"title": f"Remove “{found.reason}”", "words": words, "back": url_for("console.closures")}
