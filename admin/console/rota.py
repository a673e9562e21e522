"""Who holds a team's duty, and when? The rota as a calendar; a turn added or removed, or a calendar file taken in, after a look."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as Reply

from admin.auth import author
from admin.console.carrying import MOST_CARRIED, packed, unpacked
from admin.console.done import finished
from admin.console.forms import Refusal, Wrong, given, refusal
from admin.console.next_call import comparisons, next_call
from admin.console.pages import answer, asked, blueprint, page
from admin.console.rebasing import Wish, anew
from admin.console.rota_month import first_of, holder, month_of
from admin.console.rota_turn import FIELDS, LABELS, PickedTurn, turn_in, who_of
from admin.console.stale import stale_page
from admin.console.team import team_at
from admin.ports import now
from admin.problems import ProblemError, missing
from admin.rota import AHEAD, as_calendar, from_calendar, rewritten
from admin.versions import unless_known
from admin.writing import written
from directory.model import Shift, Team
from directory.rota import Rota, difference, gaps, in_order
from directory.snapshot import Kind
from ivr.moment import World
from routing.clock import local

MOST_LISTED = 100
HANDOVER = "handover"
UPLOAD_LABELS = {HANDOVER: "Days without a time"}
THE_FILE = Wish("Calendar file", "", "The one that you chose")
NO_FILE = "File: choose a calendar file, as your calendar program exports it (.ics)."
TOO_LARGE = "File: it is too large for this page; import it with “dutyline rota import” or by the API."
UNREADABLE = "File: it did not come back whole from the preview; choose it again."

Making = Callable[[Team, World], Rota]
"""Makes the rota that a team is to have of what it is."""


@dataclass(frozen=True, slots=True)
class Work:
    """A change under way: the team as the editor saw it, what becomes of its rota, and the fields that carry it on."""

    team: Team
    version: int
    world: World
    title: str
    made: Making
    fields: Mapping[str, str]

    @property
    def after(self) -> Team:
        """The team as it would be. Raises where the rota cannot be read."""
        return replace(self.team, rota=self.made(self.team, self.world))


@blueprint.get("/teams/<slug>/rota")
def rota(slug: str) -> str:
    """A month of the rota."""
    team, at, world = team_at(slug)
    first = first_of(asked("month"), local(now()).date())
    month = month_of(team, world.directory, first, now())
    return page("rota", team=team, month=month, next=next_call(team, world, now()), seen=f"v{at}")


@blueprint.get("/teams/<slug>/rota.ics")
def rota_file(slug: str) -> Response:
    """The rota as a calendar file."""
    team, at, world = team_at(slug)
    return unless_known(as_calendar(team, at, world.directory))


@blueprint.route("/teams/<slug>/rota/add", methods=["GET", "POST"])
def add_turn(slug: str) -> Reply | str:
    """Add one turn beside those that are there."""
    team, at, world = team_at(slug)
    if _is_behind(at):
        return _stale(team, wish=True)
    fields = given(*FIELDS)
    if request.method == "GET":
        return page("rota_turn", team=team, fields={}, wrong=(), several={}, seen=f"v{at}")
    turn = turn_in(fields, team, world.directory)
    if isinstance(turn, PickedTurn):
        shown = {"fields": fields, "wrong": turn.wrong, "several": turn.several}
        return answer(HTTPStatus.UNPROCESSABLE_ENTITY, "rota_turn", team=team, **shown, seen=f"v{at}")
    return _next_page(
        Work(team, at, world, "Add a turn", _with(turn), {**fields, "who": who_of(turn, world.directory)})
    )


@blueprint.route("/teams/<slug>/rota/<int:place>/remove", methods=["GET", "POST"])
def remove_turn(slug: str, place: int) -> Reply | str:
    """Remove one turn."""
    team, at, world = team_at(slug)
    if _is_behind(at):
        return _stale(team, wish=False)
    if place >= len(team.rota):
        raise missing("such turn")
    return _next_page(Work(team, at, world, "Remove a turn", _without(team.rota[place]), {}))


def _with(turn: Shift) -> Making:
    return lambda team, _: in_order([*team.rota, turn])


def _without(turn: Shift) -> Making:
    return lambda team, _: tuple(one for one in team.rota if one != turn)


def _of_file(content: bytes, handover: str) -> Making:
    return lambda team, world: from_calendar(content, handover, team, world)


@blueprint.route("/teams/<slug>/rota/upload", methods=["GET", "POST"])
def upload_rota(slug: str) -> Reply | str:
    """Take in a calendar file in place of the whole rota."""
    team, at, world = team_at(slug)
    if request.method == "GET":
        return page("rota_upload", team=team, fields={}, wrong=(), seen=f"v{at}")
    file, carried = request.files.get("file"), request.form.get("carried", "")
    content = unpacked(carried) if carried else file.read() if file else b""
    carried = packed(content or b"")
    fields = {"carried": carried, **given(HANDOVER)}
    if not content or len(carried) > MOST_CARRIED:
        words = UNREADABLE if content is None else TOO_LARGE if content else NO_FILE
        return _upload_again(team, fields, Wrong("file", words))
    if _is_behind(at):
        return _stale(team, wish=True, fields=fields)
    work = Work(team, at, world, "Upload a calendar file", _of_file(content, fields[HANDOVER]), fields)
    try:
        return _next_page(work)
    except ProblemError as fault:
        return _upload_again(team, fields, *_told(fault))


def _told(fault: ProblemError) -> Sequence[Wrong]:
    """Every problem of the file, by event and line."""
    told = Refusal(fault.status, fault.detail, tuple(fault.errors[:MOST_LISTED])).beside(UPLOAD_LABELS)
    return [Wrong(one.field or "file", one.text) for one in told]


def _upload_again(team: Team, fields: Mapping[str, str], *wrong: Wrong) -> Reply:
    return answer(HTTPStatus.UNPROCESSABLE_ENTITY, "rota_upload", team=team, fields=fields, wrong=wrong,
                  seen=request.form.get("seen", ""))  # fmt: skip


def _is_behind(at: int) -> bool:
    return request.method == "POST" and request.form.get("seen") != f"v{at}"


def _stale(team: Team, fields: Mapping[str, str] | None = None, *, wish: bool) -> Response:
    """Somebody was quicker; what was typed or chosen is offered for the new version."""
    again = anew(request.path, {**given(*FIELDS), **(fields or {})}, {**LABELS, **UPLOAD_LABELS})
    if "carried" in again.fields:
        again = replace(again, wishes=(THE_FILE, *again.wishes))
    return stale_page(Kind.TEAM, team.slug, url_for("console.rota", slug=team.slug), again if wish else None)


def _next_page(work: Work) -> Reply | str:
    if request.form.get("step") != "save":
        return _check(work, HTTPStatus.OK)
    slug, why = work.team.slug, author(request.form.get("why", ""))
    refused = refusal(lambda: written(lambda world: rewritten(slug, work.made, world), why))
    if refused is None:
        return redirect(finished(Kind.TEAM, slug), HTTPStatus.SEE_OTHER)
    if refused.is_stale:
        return _stale(work.team, work.fields, wish=bool(work.fields))
    return _check(work, refused.status, *refused.beside({"why": "Why"}))


def _check(work: Work, status: HTTPStatus, *wrong: Wrong) -> Reply:
    """What becomes of the rota and of the next call, before anything is written."""
    after, directory = work.after, work.world.directory
    changed = difference(work.team.rota, after.rota)
    named = [(title, [(one, holder(one, work.team, directory)) for one in turns]) for title, turns in
             (("Added", changed.added), ("Removed", changed.removed))]  # fmt: skip
    found = gaps(after.rota, now(), now() + AHEAD) if after.rota else ()
    told = {"lists": named, "most": MOST_LISTED, "gaps": found, "calls": comparisons(work.team, after, work.world)}
    return answer(status, "rota_check", work=work, **told, wrong=wrong, seen=f"v{work.version}",
                  why=request.form.get("why", ""))  # fmt: skip
