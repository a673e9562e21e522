"""What does the API answer when something is wrong? RFC 9457 problem documents, with every problem at once."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, request
from pydantic import BaseModel, ConfigDict, Field
from werkzeug.exceptions import HTTPException

from directory.problems import Code, Fault, Problem
from store.database import AWAY
from store.directory import AloneError, StaleError

API = "/api/v1"
MEDIA_TYPE = "application/problem+json"
BLANK = "about:blank"
STALE = "Somebody has changed it since you read it; read it again, and repeat the change on what you find."
ALONE = "Exceptions from the policy are written only when a second administrator approves; ask for it at the authority."
DATABASE_AWAY = "The database does not answer; calls are answered all the same. Try again in a moment."
WORDS = {
    HTTPStatus.NOT_FOUND: "There is nothing at this address; /api/v1/docs lists what there is.",
    HTTPStatus.METHOD_NOT_ALLOWED: "This address does not know the method; the header Allow lists those that it knows.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The body is longer than 1 MB, or the file than 20 MB; send less at a time.",
    HTTPStatus.TOO_MANY_REQUESTS: "Too many requests in too short a time; the header Retry-After says when to go on.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something failed on our side; it has been noted. Try again, or tell an administrator.",
}


class FieldProblem(BaseModel):
    """One fault: which field, a code for machines, and a sentence that says the remedy."""

    field: str = Field(examples=["duty_numbers.0.number"])
    code: str = Field(examples=["number-invalid"])
    message: str


class ProblemDocument(BaseModel):
    """A problem document (RFC 9457)."""

    model_config = ConfigDict(title="Problem")

    type: str = BLANK
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] = []


class ProblemError(Exception):
    """The request ends with this status, these words and these faults of fields."""

    def __init__(self, status: HTTPStatus, detail: str, errors: Iterable[FieldProblem] = ()) -> None:
        super().__init__(detail)
        self.status, self.detail, self.errors = status, detail, list(errors)


class Faults:
    """Every fault of a request, noted as it is found."""

    def __init__(self) -> None:
        self.found: list[FieldProblem] = []

    def note(self, field: str, code: Code, value: str = "") -> None:
        """A fault that the directory has words for."""
        self.found.append(FieldProblem(field=field, code=code.value, message=Problem(field, code, value).sentence))

    def say(self, field: str, code: str, words: str) -> None:
        """A fault that only the API knows."""
        self.found.append(FieldProblem(field=field, code=code, message=f"{field}: {words}"))


def invalid(found: list[FieldProblem]) -> ProblemError:
    """422 with every fault."""
    count = "One thing is" if len(found) == 1 else f"{len(found)} things are"
    return ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, f"{count} wrong; nothing was done.", found)


def refuse_invalid(errors: Iterable[FieldProblem]) -> None:
    """422 with every fault, if there is one."""
    found = list(errors)
    if found:
        raise invalid(found)


def missing(what: str) -> ProblemError:
    """404."""
    return ProblemError(HTTPStatus.NOT_FOUND, f"There is no {what}.")


def referred(detail: str, field: str, who: Iterable[str]) -> ProblemError:
    """409 naming everything that still refers to something that should go."""
    faults = Faults()
    for one in who:
        faults.note(field, Fault.REFERRED, one)
    return ProblemError(HTTPStatus.CONFLICT, detail, faults.found)


def register(flask: Flask) -> None:
    """Answer every fault under the API with a problem document, and elsewhere with plain words."""
    flask.register_error_handler(ProblemError, _own)
    flask.register_error_handler(StaleError, _stale)
    flask.register_error_handler(AloneError, _alone)
    flask.register_error_handler(HTTPException, _of_http)
    for fault in AWAY:
        flask.register_error_handler(fault, _away)


def response(status: HTTPStatus, detail: str, errors: list[FieldProblem] | None = None) -> Response:
    """A problem document."""
    document = ProblemDocument(title=status.phrase, status=status.value, detail=detail, errors=errors or [])
    return Response(document.model_dump_json(), status.value, content_type=MEDIA_TYPE)


def too_often() -> Response:
    """429."""
    return response(HTTPStatus.TOO_MANY_REQUESTS, WORDS[HTTPStatus.TOO_MANY_REQUESTS])


def unavailable(words: str) -> Response:
    """503: a problem document under the API, plain words elsewhere."""
    status = HTTPStatus.SERVICE_UNAVAILABLE
    is_api = request.path.startswith(API)
    reply = response(status, words) if is_api else Response(words, status, content_type="text/plain; charset=utf-8")
    reply.headers["Retry-After"] = "2"
    return reply


def _own(fault: ProblemError) -> Response:
    reply = response(fault.status, fault.detail, fault.errors)
    if fault.status is HTTPStatus.UNAUTHORIZED:
        reply.headers["WWW-Authenticate"] = 'Bearer realm="dutyline"'
    return reply


def _stale(_: StaleError) -> Response:
    return response(HTTPStatus.PRECONDITION_FAILED, STALE)


def _alone(_: AloneError) -> Response:
    return response(HTTPStatus.CONFLICT, ALONE)


def _away(_: Exception) -> Response:
    return unavailable(DATABASE_AWAY)


def _of_http(fault: HTTPException) -> Any:
    if fault.response is not None or fault.code is None or not request.path.startswith(API):
        return fault
    status = HTTPStatus(fault.code)
    reply = response(status, WORDS.get(status) or fault.description or status.phrase)
    kept = [(name, value) for name, value in fault.get_headers() if name in ("Allow", "Retry-After")]
    reply.headers.extend(kept)
    return reply
