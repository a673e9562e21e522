"""Is the writer looking at what is there? Versions as ETags, If-Match before a change, 304 for who has it already."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Response, json, request

from admin.problems import STALE, ProblemError

NEEDED = "Send If-Match with the ETag that you read, so that nobody's change is lost."
SEEN = "seen"


def tag(version: int) -> str:
    """The ETag of a version, without its quotation marks."""
    return f"v{version}"


def expected(version: int) -> int:
    """The version that a change is made on, once If-Match agrees: 428 without the header, 412 where it is another.

    A page's form cannot send the header: its field ``seen`` says the same.
    """
    seen = request.form.get(SEEN, "")
    if "If-Match" not in request.headers and not seen:
        raise ProblemError(HTTPStatus.PRECONDITION_REQUIRED, NEEDED)
    if tag(version) != seen and not request.if_match.contains(tag(version)):
        raise ProblemError(HTTPStatus.PRECONDITION_FAILED, STALE)
    return version


def refuse_unseen(version: int) -> None:
    """412 where If-Match is sent and names another version: what somebody looked at is not what would be done."""
    if "If-Match" in request.headers and not request.if_match.contains(tag(version)):
        raise ProblemError(HTTPStatus.PRECONDITION_FAILED, STALE)


def resource(body: Mapping[str, Any], version: int) -> Response:
    """A resource with its version and ETag."""
    reply = Response(json.dumps({**body, "version": version}), content_type="application/json")
    reply.set_etag(tag(version))
    return reply


def unless_known(reply: Response) -> Response:
    """The reply, or 304 where the caller has this version."""
    reply.make_conditional(request)
    return reply


def created(reply: Response, location: str) -> Response:
    """201 with the address of what was made."""
    reply.status_code = HTTPStatus.CREATED
    reply.headers["Location"] = location
    return reply


def created_as(body: Mapping[str, Any], location: str) -> Response:
    """201 with what was made, which has no version, and its address."""
    return created(Response(json.dumps(body), content_type="application/json"), location)


def gone() -> Response:
    """204."""
    return Response(status=HTTPStatus.NO_CONTENT)
