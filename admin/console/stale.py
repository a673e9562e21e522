"""What does somebody see whose colleague was quicker? Both versions, side by side; nothing is lost and nothing is overwritten."""

from http import HTTPStatus

from flask import Response, request

from admin.console.forms import AGAIN
from admin.console.pages import answer
from admin.console.rebasing import Again
from admin.console.told import LABELS, Told, told
from admin.ports import desk, version
from admin.problems import missing
from directory.documents import document
from directory.snapshot import Kind
from store.deeds import newest

UNASKED = (LABELS["slug"], LABELS["source"])


def stale_page(kind: Kind, slug: str, start: str, again: Again | None = None) -> Response:
    """412: what stands there now, who changed it and how, and what was wanted here.

    ``again`` offers to apply that to the new version; ``start`` leads back without it.
    """
    at, world = version(kind, slug)
    entry = world.directory.of(kind).get(slug)
    if entry is None or at is None:
        raise missing(f"{kind} “{slug}” any more")
    with desk().database.read() as connection:
        deed = newest(connection, kind, slug)
    theirs: list[Told] = told(deed.before, deed.after) if deed else []
    return answer(
        HTTPStatus.PRECONDITION_FAILED,
        "stale",
        now=[row for row in told({}, document(entry)) if row.label not in UNASKED],
        deed=deed,
        theirs=theirs,
        again=again,
        step=AGAIN,
        seen=f"v{at}",
        start=start,
        why=request.form.get("why", ""),
    )
