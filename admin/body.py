"""What did the caller send? Every field is read by itself, so that one that is wrong hides no fault of another."""

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Annotated, Any, ClassVar, TypeVar

from flask import Flask, request
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails
from werkzeug.exceptions import BadRequest

from admin.problems import API, Faults, FieldProblem, ProblemError, refuse_invalid
from directory.rows import UNKEEPABLE

MOST_BYTES = 1 << 20
MOST_OF_A_FILE = 20 << 20
WITH_BODY = ("POST", "PUT", "PATCH")
FILES = frozenset({
    "multipart/form-data", "text/csv", "text/plain", "application/octet-stream", "application/vnd.ms-excel",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
})  # fmt: skip
OTHER_TYPES: Mapping[str, frozenset[str]] = {
    f"{API}/teams/<slug>/rota": frozenset({"text/calendar"}),
    f"{API}/imports": FILES,
}
"""Routes that take something beside JSON."""

BAD_CHARACTERS = "it holds characters that cannot be kept; remove control characters."
NOT_A_FIELD = "this is not a field of this request; remove it or correct its name."
NOTHING_GIVEN = "nothing is given; fill it in."
WORDS = {
    "extra_forbidden": ("unknown-field", NOT_A_FIELD),
    "missing": ("missing", NOTHING_GIVEN),
    "enum": ("choice", "“{input}” is not one of the choices; use {expected}."),
    "string_type": ("text", "this is not a text; put it in quotation marks."),
    "string_too_long": ("too-long", "more than {max_length} characters are too many; shorten it."),
    "too_long": ("too-long", "more than {max_length} are too many; shorten the list."),
    "list_type": ("list", "this is not a list; put it in square brackets."),
    "value_error": ("characters", BAD_CHARACTERS),
}
"""Our code and words for what pydantic refuses; other refusals keep theirs."""

LONGEST_ECHO = 60
Self = TypeVar("Self", bound="Body")
Path = tuple[int | str, ...]


def _kept(text: str) -> str:
    """The text without space around it. Its length was judged as it came: so the document says it."""
    if UNKEEPABLE.search(trimmed := text.strip()):
        raise ValueError(BAD_CHARACTERS)
    return trimmed


Text = Annotated[str, StringConstraints(max_length=500), AfterValidator(_kept)]
"""A line of text that a database can keep."""

Name = Annotated[str, StringConstraints(max_length=120), AfterValidator(_kept)]
"""A name of somebody or something."""

Slug = Annotated[str, StringConstraints(max_length=80), AfterValidator(_kept)]
"""A slug of something, which may or may not exist."""


Id = Annotated[str, StringConstraints(max_length=40), AfterValidator(_kept)]
"""An id of ours, or a mark of the sender's own."""


class Strict(BaseModel):
    """Fields that are known, and no others."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid")


class Body(Strict):
    """A request's body: what could be read, and ``faults`` for the rest, which stands at its default."""

    _faults: tuple[FieldProblem, ...] = PrivateAttr(default=())

    why: Text = Field("", description="The reason, for the audit trail; the header X-Reason does the same.")

    @model_validator(mode="wrap")
    @classmethod
    def _each_by_itself(cls: type[Self], value: Any, read: Callable[[Any], Self]) -> Self:
        given = cls.shaped(value)
        try:
            return read(given)
        except ValidationError as fault:
            body = _sound(given, fault, read)
            body._faults = tuple(told(error) for error in fault.errors())
            return body

    @classmethod
    def shaped(cls, value: Any) -> Any:
        """The value as an object of fields, where another shape is allowed."""
        return value

    @property
    def faults(self) -> tuple[FieldProblem, ...]:
        """What pydantic refused."""
        return self._faults

    def refuse(self, beside: Faults) -> None:
        """422 with the body's faults and those that were found beside them, one for each field."""
        refused = {fault.field for fault in self._faults}
        refuse_invalid([*self._faults, *(one for one in beside.found if not _within(one.field, refused))])


def _within(field: str, refused: set[str]) -> bool:
    parts = field.split(".")
    return any(".".join(parts[:length]) in refused for length in range(1, len(parts) + 1))


def _sound(value: Any, fault: ValidationError, read: Callable[[Any], Self]) -> Self:
    """What can be read of a body that has faults."""
    if not isinstance(value, Mapping):
        return read({})
    try:
        return read(_without(value, [error["loc"] for error in fault.errors()]))
    except ValidationError:
        tops = {error["loc"][0] for error in fault.errors() if error["loc"]}
        return read({name: part for name, part in value.items() if name not in tops})


def _without(value: Any, paths: Sequence[Path]) -> Any:
    """A JSON value without what stands at these paths."""
    if isinstance(value, Mapping):
        inner = {name: [path[1:] for path in paths if path[:1] == (name,)] for name in value}
        return {name: _without(part, inner[name]) for name, part in value.items() if () not in inner[name]}
    if isinstance(value, list):
        within = [[path[1:] for path in paths if path[:1] == (at,)] for at in range(len(value))]
        return [{} if () in inner else _without(part, inner) for part, inner in zip(value, within, strict=True)]
    return value


def told(error: ErrorDetails) -> FieldProblem:
    """One refusal of pydantic: field, code, sentence."""
    field = ".".join(str(part) for part in error["loc"]) or "body"
    code, words = WORDS.get(error["type"], (error["type"].replace("_", "-"), "{told}."))
    known = {"told": error["msg"], "input": str(error["input"])[:LONGEST_ECHO], **error.get("ctx", {})}
    return FieldProblem(field=field, code=code, message=f"{field}: {words.format(**known)}")


def refuse_query(fault: ValidationError) -> None:
    """422 for a query or a path that cannot be read."""
    refuse_invalid(told(error) for error in fault.errors())


def register(flask: Flask) -> None:
    """Refuse bodies that are too long, of another type, or unreadable, before they reach a resource."""
    flask.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    flask.before_request(_readable)


def _readable() -> None:
    if request.method not in WITH_BODY or not request.path.startswith(API) or request.url_rule is None:
        return
    if request.url_rule.rule == f"{API}/imports":
        request.max_content_length = MOST_OF_A_FILE
    if request.mimetype in OTHER_TYPES.get(request.url_rule.rule, ()):
        return
    if not request.is_json:
        words = "The body must be JSON; send “Content-Type: application/json”."
        raise ProblemError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, words)
    try:
        request.get_json()
    except (BadRequest, RecursionError) as fault:
        raise ProblemError(HTTPStatus.BAD_REQUEST, "The body is not readable JSON; check its syntax.") from fault
