"""What is the whole page? Its parts, the record beside the call, what was searched for, and what was refused."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from flask import Response, url_for

from admin.console.forms import Wrong
from admin.console.pages import asked
from admin.ports import desk
from desk.page.now import Here, asked_for, here, parts
from desk.page.pages import blueprint, drawn
from desk.page.presence import lines_to_answer
from desk.page.record import Record, record_of
from desk.page.search import found
from desk.page.shortcuts import SHORTCUTS


@blueprint.get("")
def front() -> str:
    """The page. The address may name a call and what to search for, so that neither is lost when it is loaded again."""
    return page(asked_for())


def page(
    call: str, wrong: Sequence[Wrong] = (), fields: Mapping[str, Any] | None = None, record: Record | None = None
) -> str:
    """The page; ``fields``: what was typed into the form for phone and lines, ``record``: the record as it is to be shown."""
    shown = here(call)
    beside = record or (record_of(shown.call.caller.call) if shown.call else None)
    lines = lines_to_answer(desk().publication.current())
    place = fields or {"phone": shown.me.phone, "lines": shown.me.slugs}
    return drawn(
        "front", parts=parts(shown), me=shown.me, record=beside, wrong=wrong, lines=lines, place=place,
        shortcuts=SHORTCUTS, again=address(shown), **found(asked("q")),
    )  # fmt: skip


def address(shown: Here) -> str:
    """The page's own address, with the call that it shows."""
    return url_for("desk_page.front", call=shown.call.caller.call if shown.call else None)


def refused(call: str, status: HTTPStatus, wrong: Sequence[Wrong], **shown: Any) -> Response:
    """The page with what was refused."""
    return Response(page(call, wrong, **shown), status)
