"""At what address is each page that the table of roles names? Whatever an address needs is made first: a closure, an older plan, a draft,
a call."""

import json
import re
import time
from collections.abc import Iterator, Mapping
from typing import Any

from admin.roles import CONSOLE
from tests.scale.figures import Figure, figure
from tests.scale.served import PATIENCE_SECONDS, Line, Served

API = "/api/v1"
PLAN = f"{API}/plans/devon"
CLOSURE = {
    "effect": "closed",
    "from": "2030-01-02T12:00",
    "until": "2030-01-02T13:00",
    "reason": "a test",
    "authority": "devon",
}
WITHIN: dict[str, str] = {
    "/admin/teams": "devon-scale-0007", "/admin/people": "w-050000", "/admin/authorities": "devon",
    "/admin/roles": "derbyshire-team-manager", "place": "0", "deed": "change", "kind": "people",
    "line": "devon", "authority": "devon", "verb": "message", "name": "office", "node": "welcome",
}  # fmt: skip
"""What stands in the place of a page's variable: by the page's beginning, or by the variable's name."""
NOT_ALONE = ("/admin/<path:nowhere>", "/admin/plans/<line>/compare", "/admin/alarms/<id>/acknowledge")
"""What is no page, or none without a question, or an alarm."""
ASKING = (
    "/admin/route?line=devon&team=devon-mash", "/admin/route?line=devon&person=w-050000", "/admin/changes?line=devon&days=90",
    "/admin/changes?authority=devon", "/phone?line=devon",
)  # fmt: skip
"""Pages that answer a question which their address asks."""


def pages(program: Line, call: str) -> Iterator[str]:
    """The address of every page."""
    known = {**WITHIN, **made(program), "sid": call}
    for method, rule in CONSOLE:
        if method == "GET" and rule not in NOT_ALONE:
            yield re.sub(r"<(?:\w+:)?(\w+)>", lambda name, rule=rule: _filled(name[1], rule, known), rule)  # type: ignore[misc]
    before, after = known["digest"], known["now"]
    yield from (*ASKING, f"/admin/plans/devon/compare?before={before}&after={after}", f"/phone?draft={known['key']}")


def made(program: Line) -> dict[str, str]:
    """What is known by an id only. A plan must have been published after the bundled one, which is the older version then."""
    closure, plan = _sent(program, "/closures", CLOSURE), _read(program, "/plans/devon")
    draft = _sent(program, "/plans/devon/drafts", {"text": reworded(plan["text"], "A draft."), "why": "a test"})
    return {
        "/admin/closures": closure["id"], "key": draft["id"], "digest": plan["history"][-1]["digest"], "now": plan["digest"],
        "/admin/users": _read(program, "/users")["items"][0]["id"], "id": _read(program, "/findings")["items"][0]["id"],
        "sequence": str(_read(program, "/audit")["items"][0]["sequence"]),
    }  # fmt: skip


def published(program: Line) -> Figure:
    """One plan after another of the line comes into force, each with other words."""
    text, taken = _read(program, "/plans/devon")["text"], []
    for number in range(3):
        body = json.dumps({"text": reworded(text, f"Try {number}."), "why": "a test"})
        version = program.asks("GET", PLAN).headers["ETag"]
        reply = program.asks("POST", f"{PLAN}/publish", body, If_Match=version)
        assert reply.status == 200, reply.text
        taken.append(reply.seconds)
    return figure("publish a plan", taken)


def reworded(text: str, words: str) -> str:
    """A plan's TOML with other first words of a menu."""
    return text.replace("press 0.", f"press 0. {words}", 1)


def called(server: Served, program: Line) -> str:
    """A call whose trace the database has; its sid."""
    sid, until = f"CA{1:032x}", time.monotonic() + PATIENCE_SECONDS
    server.rings(server.anybody(), 1)
    while program.asks("GET", f"{API}/calls/{sid}").status != 200:
        assert time.monotonic() < until, "the call does not come to the database"
        time.sleep(0.1)
    return sid


def _read(program: Line, path: str) -> Any:
    return json.loads(program.asks("GET", f"{API}{path}").text)


def _sent(program: Line, path: str, body: Mapping[str, str]) -> Any:
    return json.loads(program.asks("POST", f"{API}{path}", json.dumps(body)).text)


def _filled(name: str, rule: str, known: Mapping[str, str]) -> str:
    beginning = "/".join(rule.split("/")[:3])
    return known[beginning if name == "slug" else name]
