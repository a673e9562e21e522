"""How does a directory file come in by the API? First to look at, then to be written, all of it or nothing."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Response, request
from pydantic import BaseModel, Field

from admin.auth import author
from admin.blueprints import resource_api
from admin.body import Strict, Text
from admin.problems import MEDIA_TYPE, Faults, FieldProblem, ProblemDocument, ProblemError, invalid
from admin.uploads import ConfirmationError, Judged, Upload, faults_of, imported, preview
from directory.difference import EntryDifference
from directory.importing import Rest
from directory.problems import Fault

MOST_LISTED = 1_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORM = "multipart/form-data"
RAW = (XLSX, "text/csv", "application/vnd.ms-excel", "text/plain", "application/octet-stream")
NOT_A_FILE = "Send the file as text/csv, as a workbook, or as the field “file” of multipart/form-data."

api = resource_api("imports", "Directory files in: preview, and write.")


class ImportQuery(Strict):
    """What to do with the file."""

    dry_run: bool = Field(default=False, description="Only show what would change.")
    replace: bool = Field(default=False, description="Remove what the file does not hold.")
    confirm: Text = Field("", description="The “confirmation” of the preview, or of the 409 before.")


class FieldDifferenceOut(BaseModel):
    """One field before and after, in words."""

    field: str
    before: str
    after: str


class EntryOut(BaseModel):
    """What happens to one entry."""

    kind: str
    slug: str
    name: str
    row: int | None
    fields: list[FieldDifferenceOut]
    sentence: str


class ImportOut(BaseModel):
    """What a file does: every problem by row, and at most a thousand entries of each list."""

    written: bool
    group: str | None = Field(description="The name under which the audit trail keeps it together, and undoes it.")
    counts: dict[str, int]
    adds: list[EntryOut]
    changes: list[EntryOut]
    removals: list[EntryOut]
    problems: list[FieldProblem]
    cautions: list[str]
    confirmation: str | None
    version: int


class ConfirmationDocument(ProblemDocument):
    """A refusal that a second request overcomes by carrying the confirmation."""

    confirmation: str


BODY = {
    "required": True,
    "content": {
        FORM: {
            "schema": {
                "type": "object",
                "required": ["file"],
                "properties": {"file": {"type": "string", "format": "binary"}, "why": {"type": "string"}},
            },
        }
    },
}
"""The form; the types of a bare file are added from those that are let in."""

ASKED_AGAIN = {
    "description": "Much would change at once: send the file again with the confirmation.",
    "content": {
        MEDIA_TYPE: {
            "schema": {
                "allOf": [{"$ref": f"#/components/schemas/{ProblemDocument.__name__}"}],
                "properties": {"confirmation": {"type": "string"}},
            }
        }
    },
}


@api.post("/imports", responses={200: ImportOut, 409: ASKED_AGAIN}, openapi_extensions={"requestBody": BODY})
def new_import(query: ImportQuery) -> Response | Mapping[str, Any]:
    """Show what a file of the directory changes, or write it."""
    upload = Upload(_content(), Rest.GOES if query.replace else Rest.STAYS)
    if query.dry_run:
        return _body_of(preview(upload))
    try:
        done, world, group = imported(upload, query.confirm, author(request.form.get("why", "")))
    except ConfirmationError as doubt:
        return _ask_again(doubt)
    return {**_body_of(done), "written": True, "group": group, "version": world.directory.version}


def _content() -> bytes:
    if request.mimetype in RAW:
        return request.get_data()
    if request.mimetype != FORM:
        raise ProblemError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, NOT_A_FILE)
    file = request.files.get("file")
    if file is None:
        faults = Faults()
        faults.note("file", Fault.MISSING)
        raise invalid(faults.found)
    content: bytes = file.read()
    return content


def _body_of(seen: Judged) -> dict[str, Any]:
    made = seen.made
    lists = {"adds": made.adds, "changes": made.changes, "removals": made.removals}
    shown = ImportOut(
        written=False,
        group=None,
        counts={**{name: len(found) for name, found in lists.items()}, "same": made.same,
                "problems": len(seen.found.problems)},
        problems=faults_of(seen.found.problems),
        cautions=[caution.sentence for caution in seen.cautions[:MOST_LISTED]],
        confirmation=seen.confirmation or None,
        version=seen.version,
        **{name: list(map(entry_out, found[:MOST_LISTED])) for name, found in lists.items()},
    )  # fmt: skip
    return shown.model_dump(mode="json")


def entry_out(one: EntryDifference) -> EntryOut:
    """What happens to one entry, as it is answered."""
    fields = [FieldDifferenceOut(field=each.field, before=each.before, after=each.after) for each in one.fields]
    return EntryOut(kind=one.kind, slug=one.slug, name=one.name, row=one.row, fields=fields, sentence=one.sentence)


def _ask_again(doubt: ConfirmationError) -> Response:
    status = doubt.status
    document = ConfirmationDocument(
        title=status.phrase, status=status, detail=doubt.detail, errors=doubt.errors, confirmation=doubt.confirmation
    )
    return Response(document.model_dump_json(), status, content_type=MEDIA_TYPE)
