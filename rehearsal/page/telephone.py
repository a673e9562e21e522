"""What happens at the browser telephone? Each press comes with the whole list of moves; the call is played again, and shown.

Everything comes in the body of a form: no number and no key stands in an address.
"""

from collections.abc import Sequence
from dataclasses import replace
from http import HTTPStatus

from flask import Response, request

from admin.auth import sees_personal_data
from admin.console.forms import Wrong
from admin.lines import plans_in_force
from admin.ports import desk, now
from rehearsal.keeping import file_name, kept
from rehearsal.moves import Key, written
from rehearsal.page.asking import WHO, Cast, Fields, cast, fields_from, moment_typed, read_moves
from rehearsal.page.pages import blueprint, drawn
from rehearsal.page.shown import shown
from rehearsal.private import curtain, told_in
from rehearsal.story import Played, played
from telephone import Ended

GOES_ON = "The call goes on still; a test tells a whole call. Hang up, and save it then."
NOT_SHOWN = "Your role sees no personal data, and this call has some, such as a mobile; ask somebody of another role to save it."
NOT_CALLED = "Nobody is called yet: press Call first."
IDLE = "idle"
"""What a key is called before there is a call."""

KEEPS_NONE = "A test holds no personal data, and this call has some."


@blueprint.get("")
def front() -> Response:
    """The telephone before a call."""
    asked = Fields(**{name: request.args.get(name, "").strip() for name in ("line", "draft", "at")})
    found = cast(asked)
    if isinstance(found, Cast):
        return Response(_page(asked, found, None))
    return _wrong(asked, found)


@blueprint.post("")
def move() -> Response:
    """The call, one move further or back, or from its beginning."""
    asked, step = fields_from(request.form), request.form.get("step", "")
    found = cast(replace(asked, moves="") if step == "call" else asked)
    if not isinstance(found, Cast):
        return _wrong(asked, found)
    if IDLE in request.form:
        return Response(_page(asked, found, None, note=NOT_CALLED))
    return _moved(asked, _stepped(found, step))


@blueprint.post("/save")
def save() -> Response:
    """The call as a golden test, to keep; or why it cannot be one."""
    asked = fields_from(request.form)
    found = cast(asked)
    if not isinstance(found, Cast):
        return _wrong(asked, found)
    call = played(found.world, found.story)
    why_not = _unkept(found, call)
    if why_not:
        return Response(_page(asked, found, call, [Wrong("lift", why_not)]), HTTPStatus.CONFLICT)
    headers = {"Content-Disposition": f"attachment; filename={file_name(call)}"}
    return Response(kept(found.world, call, _title(found)), content_type="text/plain; charset=utf-8", headers=headers)


def _stepped(found: Cast, step: str) -> Cast:
    moves = found.story.moves
    if step == "back":
        return replace(found, story=replace(found.story, moves=moves[:-1]))
    pressed = read_moves(request.form.get("move", ""))
    read_moves(written((*moves, *pressed)))
    return replace(found, story=found.story.and_then(*pressed))


def _moved(asked: Fields, found: Cast) -> Response:
    call = played(found.world, found.story)
    ignored = found.story.moves[len(call.story.moves) :]
    is_key = all(isinstance(one, Key) for one in ignored)
    wrong = () if not call.refused or is_key else (Wrong("phone-choices", call.refused),)
    page = _page(asked, found, call, wrong, note=call.refused if is_key else "")
    return Response(page, HTTPStatus.CONFLICT if wrong else HTTPStatus.OK)


def _unkept(found: Cast, call: Played) -> str:
    """Why a call cannot be a test; empty where it can."""
    if not isinstance(call.call.state, Ended):
        return GOES_ON
    if not sees_personal_data() and curtain(found.world, call).words:
        return NOT_SHOWN
    told = told_in(found.world, call)
    return " ".join((KEEPS_NONE, *told)) if told else ""


def _title(found: Cast) -> str:
    draft = f", by the draft “{found.draft}”" if found.draft else ""
    return f"A call to {found.plan.name}{draft}, saved from the browser telephone"


def _page(asked: Fields, found: Cast | None, call: Played | None, wrong: Sequence[Wrong] = (), note: str = "") -> str:
    lines = [{"value": plan.line, "text": plan.name} for plan in plans_in_force(desk().publication.current())]
    at = moment_typed(found.story.at if found else now())
    return drawn(
        "telephone", asked=asked, cast=found, wrong=wrong, lines=lines, at=asked.at if found is None and asked.at else at,
        who=[{"value": value, "text": text} for value, text in WHO.items()],
        call=shown(found.world, call, note) if found and call else None,
        moves=written(call.story.moves) if call else "", note=note,
    )  # fmt: skip


def _wrong(asked: Fields, wrong: Sequence[Wrong]) -> Response:
    return Response(_page(asked, None, None, wrong), HTTPStatus.UNPROCESSABLE_ENTITY)
