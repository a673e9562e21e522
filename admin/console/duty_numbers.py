"""How is a team's duty number changed? A form, a page with the next call before and after, and the API's own writing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as Reply

from admin.console.done import finished
from admin.console.forms import Refusal, Wrong, given, refusal
from admin.console.next_call import comparisons, with_team
from admin.console.pages import answer, blueprint, page
from admin.console.rebasing import Again, anew, entry_before, merged
from admin.console.rewriting import Deed, Item, added, items_of, place_now, place_of_new, rewritten
from admin.console.stale import stale_page
from admin.console.team import shown, team_at
from admin.duty_numbers import FIELD, DutyNumbersBody, duty_numbers_in
from admin.problems import Faults, ProblemError, missing
from admin.shapes import period_in
from admin.teams import TeamPath, put_duty_numbers
from directory.model import Team
from directory.snapshot import Kind
from ivr.moment import World

FIELDS = ("number", "from", "until", "note", "accept", "caller_id", "at_once")
LABELS = {"number": "Number", "from": "From", "until": "Until", "note": "Note", "accept": "How it is taken",
          "caller_id": "What the phone shows", "at_once": "Calls at once", "why": "Why"}  # fmt: skip
WITHOUT_FORM = (Deed.REMOVE, Deed.EARLIER, Deed.LATER)
TITLES = {Deed.CHANGE: "Change the number", Deed.DETAILS: "Change its details", Deed.REMOVE: "Remove this number",
          Deed.EARLIER: "Ring this number earlier", Deed.LATER: "Ring this number later"}  # fmt: skip
ADD = "Add a duty number"


@dataclass(frozen=True, slots=True)
class Work:
    """A change under way: the team as the editor saw it, what they typed, and the list that comes of it."""

    team: Team
    version: int
    world: World
    title: str
    fields: Mapping[str, str]
    items: Sequence[Item]
    prefix: str
    why: str

    @property
    def body(self) -> DutyNumbersBody:
        """The list as the API reads it."""
        return DutyNumbersBody.model_validate({FIELD: list(self.items), "why": self.why})


@blueprint.route("/teams/<slug>/duty-numbers/<int:place>/<deed>", methods=["GET", "POST"])
def duty_number(slug: str, place: int, deed: str) -> Reply | str:
    """Change, remove or move one duty number."""
    team, at, world = team_at(slug)
    items = items_of(team)
    if deed in list(Deed) and _is_behind(at):
        return stale_page(Kind.TEAM, slug, url_for("console.team", slug=slug), _again(team, place, Deed(deed)))
    if deed not in list(Deed) or place >= len(items):
        raise missing("such page of this team")
    what, fields = Deed(deed), _fields(items[place] if deed == Deed.DETAILS else {})
    prefix = f"{FIELD}.{place_of_new(place, what, fields)}."
    new = rewritten(items, place, what, fields)
    work = Work(team, at, world, TITLES[what], fields, new, prefix, request.form.get("why", ""))
    return _next_page(work, "details" if what is Deed.DETAILS else "number", needs_form=what not in WITHOUT_FORM)


@blueprint.route("/teams/<slug>/duty-numbers/add", methods=["GET", "POST"])
def new_duty_number(slug: str) -> Reply | str:
    """Add a duty number, which rings last."""
    team, at, world = team_at(slug)
    if _is_behind(at):
        return stale_page(
            Kind.TEAM, slug, url_for("console.team", slug=slug), anew(request.path, given(*FIELDS), LABELS)
        )
    items, fields = items_of(team), _fields({})
    prefix = f"{FIELD}.{len(items)}."
    work = Work(team, at, world, ADD, fields, added(items, fields), prefix, request.form.get("why", ""))
    return _next_page(work, "details", needs_form=True)


def _is_behind(at: int) -> bool:
    return request.method == "POST" and request.form.get("seen") != f"v{at}"


def _again(team: Team, place: int, deed: Deed) -> Again | None:
    """What was typed, for the place at which that number stands now; where it is gone, to be added."""
    if deed in WITHOUT_FORM:
        return None
    before, typed = entry_before(team), given(*FIELDS)
    here = place_now(before, team, place)
    if here is None:
        return anew(url_for("console.new_duty_number", slug=team.slug), typed, LABELS)
    action = url_for("console.duty_number", slug=team.slug, place=here, deed=deed)
    if before is None or deed is Deed.CHANGE or place >= len(before.duty_numbers):
        return anew(action, typed, LABELS)
    was, is_now = (_as_typed(items_of(one)[at]) for one, at in ((before, place), (team, here)))
    return merged(action, typed, LABELS, was, is_now)


def _fields(before: Mapping[str, object]) -> dict[str, str]:
    """What was typed, or what stands there where nobody has typed yet."""
    if request.method == "POST":
        return given(*FIELDS)
    return _as_typed(before)


def _as_typed(item: Mapping[str, object]) -> dict[str, str]:
    """A duty number as the form holds it."""
    return {name: _typed(str(item.get(name) or "")) for name in FIELDS}


def _typed(value: str) -> str:
    """A moment as an input of a browser takes it; other values as they are."""
    return value[:16] if len(value) == 25 and value[10] == "T" else value


def _next_page(work: Work, form: str, *, needs_form: bool) -> Reply | str:
    if request.method == "GET" and needs_form:
        return _form(work, form, ())
    faults = _faults(work)
    if faults:
        return _form(work, form, faults) if needs_form else _check(work, faults)
    if request.form.get("step") != "save":
        return _check(work, ())
    refused = refusal(lambda: put_duty_numbers(path=TeamPath(slug=work.team.slug), body=work.body))
    if refused is None:
        return redirect(finished(Kind.TEAM, work.team.slug), HTTPStatus.SEE_OTHER)
    return _refused(work, refused)


def _refused(work: Work, refused: Refusal) -> Reply | str:
    if refused.is_stale:
        again = anew(request.path, work.fields, LABELS) if any(work.fields.values()) else None
        return stale_page(Kind.TEAM, work.team.slug, url_for("console.team", slug=work.team.slug), again)
    return _check(work, refused.beside(LABELS, work.prefix))


def _faults(work: Work) -> tuple[Wrong, ...]:
    """Every fault of what was typed: of the dates by themselves first, since they stand in two places of the list."""
    faults = Faults()
    period_in("", (work.fields["from"], work.fields["until"]), faults)
    if faults.found:
        return Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "", tuple(faults.found)).beside(LABELS)
    duty_numbers_in(work.body.duty_numbers, work.team, work.world.directory, faults)
    try:
        work.body.refuse(faults)
    except ProblemError as fault:
        return Refusal(fault.status, fault.detail, tuple(fault.errors)).beside(LABELS, work.prefix)
    return ()


def _form(work: Work, form: str, wrong: Sequence[Wrong]) -> Response:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return answer(status, "duty_number", work=work, form=form, wrong=wrong, seen=f"v{work.version}")


def _check(work: Work, wrong: Sequence[Wrong]) -> Response | str:
    """What the list and the next call would be, before anything is written."""
    after = _afterwards(work)
    told = comparisons(work.team, after, work.world)
    before, new = shown(work.team, work.world), shown(after, with_team(after, work.world))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    known = {"work": work, "before": before, "after": new, "calls": told, "wrong": wrong, "seen": f"v{work.version}"}
    return answer(status, "check", **known) if wrong else page("check", **known)


def _afterwards(work: Work) -> Team:
    return replace(
        work.team,
        duty_numbers=duty_numbers_in(work.body.duty_numbers, work.team, work.world.directory, Faults()),
    )
