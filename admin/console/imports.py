"""How does a file come in by the pages? Chosen, looked at with every problem by row, and then written, all or nothing."""

from http import HTTPStatus

from flask import request, url_for
from werkzeug.wrappers import Response as Reply

from admin.auth import author
from admin.console.carrying import MOST_CARRIED, packed, unpacked
from admin.console.forms import Wrong
from admin.console.pages import answer, blueprint, page
from admin.console.told import LABELS
from admin.problems import ProblemError
from admin.uploads import ConfirmationError, Judged, Upload, faults_of, imported, preview
from directory.importing import Rest

MOST_LISTED = 500
NO_FILE = "File: choose a CSV file or an Excel workbook."
TOO_LARGE = "File: it is too large for this page; import it with “dutyline import” or by the API."
UNREADABLE = "File: it did not come back whole from the preview; choose it again."


@blueprint.get("/imports")
def imports() -> str:
    """Choose a file."""
    return page("imports", wrong=())


@blueprint.post("/imports")
def previewed() -> Reply | str:
    """What the file would do."""
    file = request.files.get("file")
    content = file.read() if file else b""
    carried = packed(content)
    if not content or len(carried) > MOST_CARRIED:
        return _again(Wrong("file", TOO_LARGE if content else NO_FILE))
    upload = Upload(content, Rest.GOES if request.form.get("rest") == "goes" else Rest.STAYS)
    try:
        seen = preview(upload)
    except ProblemError as fault:
        return _again(*_told(fault))
    return _shown(seen, carried, HTTPStatus.OK)


def _again(*wrong: Wrong) -> Reply:
    return answer(HTTPStatus.UNPROCESSABLE_ENTITY, "imports", wrong=wrong)


def _told(fault: ProblemError) -> tuple[Wrong, ...]:
    return tuple(Wrong("file", error.message) for error in fault.errors) or (Wrong("file", fault.detail),)


@blueprint.post("/imports/write")
def written_import() -> Reply | str:
    """Write it. Where many rows change, or something is emptied, the box must be ticked."""
    carried = request.form.get("carried", "")
    content = unpacked(carried)
    if content is None:
        return _again(Wrong("file", UNREADABLE))
    upload = Upload(content, Rest.GOES if request.form.get("rest") == "goes" else Rest.STAYS)
    token = request.form.get("confirmation", "") if request.form.get("sure") == "yes" else ""
    try:
        _, _, group = imported(upload, token, author(request.form.get("why", "")))
    except ConfirmationError as doubt:
        return _shown(preview(upload), carried, HTTPStatus.CONFLICT, Wrong("sure", doubt.detail))
    except ProblemError as fault:
        return _shown(preview(upload), carried, fault.status, *_told(fault))
    return page("imported", group=group, trail=url_for("console.audit"))


def _shown(seen: Judged, carried: str, status: HTTPStatus, *wrong: Wrong) -> Reply:
    made = seen.made
    lists = (("Added", made.adds), ("Changed", made.changes), ("Removed", made.removals))
    return answer(
        status,
        "import_preview",
        lists=[(title, len(found), found[:MOST_LISTED]) for title, found in lists],
        same=made.same,
        labels=LABELS,
        problems=faults_of(seen.found.problems)[:MOST_LISTED],
        cautions=seen.cautions,
        confirmation=seen.confirmation or "",
        carried=carried,
        rest=request.form.get("rest", ""),
        why=request.form.get("why", ""),
        wrong=wrong,
    )
