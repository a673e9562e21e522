"""What waits for a second person? Numbers that the policy refuses, asked for by one administrator and approved by another."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as Reply

from admin.approvals import ApprovalPath, ApprovalSearch, Decision, approved, every_approval, rejected
from admin.auth import author
from admin.authorities import AuthorityPath, ExceptionsBody, ask_for_exceptions, body_of
from admin.console.forms import Wrong, given, refusal
from admin.console.pages import answer, blueprint, page
from admin.ports import newest_world, version
from admin.problems import ProblemError, missing
from directory.model import Authority
from directory.snapshot import Kind

LABELS = {"number": "Number", "reason": "Reason", "exceptions": "Number", "why": "Why"}
MOST = 200


@blueprint.get("/approvals")
def approvals() -> str:
    """What waits, and what was decided."""
    return page("approvals", **_shown())


def _shown() -> dict[str, object]:
    found: Mapping[str, Any] = every_approval(query=ApprovalSearch(limit=MOST))
    authorities = newest_world().directory.authorities
    waiting = [one for one in found["items"] if one["state"] == "waiting"]
    decided = [one for one in reversed(found["items"]) if one["state"] != "waiting"]
    return {"waiting": waiting, "decided": decided, "authorities": authorities, "me": author().who}


@blueprint.post("/approvals/<slug>/<verdict>")
def decided(slug: str, verdict: str) -> Reply:
    """Approve or reject."""
    acts = {"approve": approved, "reject": rejected}
    if verdict not in acts:
        raise missing("such decision")
    body = Decision.model_validate({"why": request.form.get("why", "")})
    try:
        acts[verdict](path=ApprovalPath(id=slug), body=body)
    except ProblemError as fault:
        words = fault.errors[0].message if fault.errors else fault.detail
        return answer(fault.status, "approvals", **_shown(), wrong=(Wrong("", words),))
    return redirect(url_for("console.approvals"), HTTPStatus.SEE_OTHER)


@blueprint.get("/authorities/<slug>/exceptions")
def exceptions(slug: str) -> str:
    """Ask for an exception, beside those that are there."""
    found, at = _authority(slug)
    return page("exceptions", authority=body_of(found), fields={}, wrong=(), seen=f"v{at}")


@blueprint.post("/authorities/<slug>/exceptions")
def ask(slug: str) -> Reply:
    """Nothing is written before somebody else approves."""
    found, at = _authority(slug)
    fields = given("number", "reason", "why")
    kept = [{"number": number, "reason": reason} for number, reason in found.exceptions]
    body = ExceptionsBody.model_validate({"exceptions": [*kept, {"number": fields["number"], "reason": fields["reason"]}],
                                          "why": fields["why"]})  # fmt: skip
    refused = refusal(lambda: ask_for_exceptions(path=AuthorityPath(slug=slug), body=body))
    if refused is None:
        return redirect(url_for("console.approvals"), HTTPStatus.SEE_OTHER)
    wrong = refused.beside(LABELS, f"exceptions.{len(kept)}.")
    seen = request.form.get("seen", f"v{at}")
    return answer(refused.status, "exceptions", authority=body_of(found), fields=fields, wrong=wrong, seen=seen)


def _authority(slug: str) -> tuple[Authority, int]:
    at, world = version(Kind.AUTHORITY, slug)
    found = world.directory.authorities.get(slug)
    if found is None or at is None:
        raise missing(f"authority “{slug}”")
    return found, at
