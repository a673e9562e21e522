"""What is wrong with what somebody typed? The API's refusals, put beside the fields of a page."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask import request

from admin.problems import STALE, FieldProblem, ProblemError
from store.directory import StaleError

AT_THE_FORM = (HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.CONFLICT, HTTPStatus.PRECONDITION_FAILED)
"""Refusals that somebody can mend on the page; the others get a page of their own."""

AGAIN = "again"


@dataclass(frozen=True, slots=True)
class Wrong:
    """One fault: the id of its field (empty: none on this page) and the sentence."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something was not done."""

    status: HTTPStatus
    detail: str
    errors: tuple[FieldProblem, ...] = ()

    @property
    def is_stale(self) -> bool:
        """Whether somebody else was quicker."""
        return self.status is HTTPStatus.PRECONDITION_FAILED

    def beside(self, labels: Mapping[str, str], prefix: str = "") -> tuple[Wrong, ...]:
        """Each fault at its field; ``labels`` names the page's fields, ``prefix`` is where they stand in the API's body."""
        return tuple(_wrong(error, labels, prefix) for error in self.errors) or (Wrong("", self.detail),)


def _wrong(error: FieldProblem, labels: Mapping[str, str], prefix: str) -> Wrong:
    words = error.message.removeprefix(f"{error.field}: ")
    field = error.field.removeprefix(prefix)
    known = next((name for name in (field, field.partition(".")[0]) if name in labels), "")
    return Wrong(known.replace(".", "-"), f"{labels[known]}: {words}" if known else error.message)


def refusal(act: Callable[[], object]) -> Refusal | None:
    """Do something as the API does it; why it was refused, if somebody can mend that on the page."""
    try:
        act()
    except ProblemError as fault:
        if fault.status not in AT_THE_FORM:
            raise
        return Refusal(fault.status, fault.detail, tuple(fault.errors))
    except StaleError:
        return Refusal(HTTPStatus.PRECONDITION_FAILED, STALE)
    return None


def asks_again() -> bool:
    """Whether somebody who was slower comes back with what they typed, to look at it once more."""
    return request.form.get("step") == AGAIN


def given(*names: str) -> dict[str, str]:
    """These fields of the form, trimmed; a field that was not sent is empty."""
    return {name: request.form.get(name, "").strip() for name in names}


def filled(fields: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    """Those of the fields that hold something."""
    return {name: fields[name] for name in names if fields.get(name)}
