"""What does somebody see whose colleague was quicker? Both versions, side by side; nothing is lost and nothing is overwritten."""

from http import HTTPStatus

from flask import Response, request

from admin.console.pages import answer
from admin.console.told import LABELS, Told, told
from admin.ports import desk, version
from admin.problems import missing
from directory.documents import document
from directory.snapshot import Kind
from store.deeds import newest

UNASKED = (LABELS["slug"], LABELS["source"])
FIELDS = ("csrf_token", "seen", "step", "why")


def stale_page(kind: Kind, slug: str, wish: str, start: str) -> Response:
    """412: what stands there now, who changed it and how, and what was typed here, with a way to go on from either."""
    at, world = version(kind, slug)
    here = world.directory
    entry = here.teams.get(slug) if kind is Kind.TEAM else here.people.get(slug)
    if entry is None or at is None:
        raise missing(f"{kind} “{slug}” any more")
    with desk().database.read() as connection:
        deed = newest(connection, kind, slug)
    theirs: list[Told] = told(deed.before, deed.after) if deed else []
    typed = [(name.capitalize(), value) for name, value in request.form.items() if value and name not in FIELDS]
    return answer(
        HTTPStatus.PRECONDITION_FAILED,
        "stale",
        now=[row for row in told({}, document(entry)) if row.label not in UNASKED],
        deed=deed,
        theirs=theirs,
        typed=typed,
        wish=wish,
        again=f"v{at}",
        start=start,
        why=request.form.get("why", ""),
    )
