"""What does a screen on the wall show? Every line with who is in it, who waits, who answers and who is on duty: numbers, and no person."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flask import Blueprint, Flask, Response, render_template
from jinja2 import FileSystemLoader

from admin.ports import desk, now
from admin.report_figures import by_row
from admin.small_numbers import rounded
from admin.status_page import LineRow, line_rows
from admin.versions import unless_known
from ivr.counting import Measure
from routing.clock import local
from routing.days import Days, day_of
from store import report_counts
from store.database import AWAY
from store.presence import Status
from store.report_counts import Sum
from store.wall import Waiting, Wall, wall

ON_A_CALL = (Status.RINGING, Status.ON_CALL)
RESTING = (Status.WRAP_UP, Status.AWAY)
LONG_MINUTES = 2

blueprint = Blueprint("wallboard", __name__, url_prefix="/wallboard")
blueprint.jinja_loader = FileSystemLoader(Path(__file__).parent / "page" / "templates")


@dataclass(frozen=True, slots=True)
class Numbers:
    """What is counted of one line; ``waited`` is in whole minutes, of the caller who has waited longest."""

    live: int
    waiting: int
    waited: int
    available: int
    talking: int
    resting: int

    @property
    def is_urgent(self) -> bool:
        """Whether somebody waits and nobody could answer, or somebody has waited for minutes."""
        return bool(self.waiting and not self.available) or self.waited >= LONG_MINUTES


@dataclass(frozen=True, slots=True)
class Today:
    """How today's calls of a line went, rounded (``admin.small_numbers``): none of them where that would tell of single calls."""

    answered: int | None
    abandoned: int | None
    seconds: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """One line on the wall; no numbers where the database does not answer."""

    line: LineRow
    numbers: Numbers | None
    today: Today | None


NOBODY = Today(None, None, None)


def register(flask: Flask) -> None:
    """Add the page."""
    flask.register_blueprint(blueprint)


@blueprint.get("")
def page() -> str:
    """The page, which renews itself."""
    return render_template("desk/wallboard.html", **_shown())


@blueprint.get("/now")
def part() -> Response:
    """What has changed since, or 304 for a screen that shows it."""
    body = render_template("desk/wallboard_now.html", **_shown())
    reply = Response(body, content_type="text/html; charset=utf-8")
    reply.set_etag(hashlib.blake2s(body.encode(), digest_size=8).hexdigest())
    return unless_known(reply)


def _shown() -> Mapping[str, object]:
    at = now()
    counted, today = _counted(at)
    rows = [
        Row(line, _numbers(counted, line.line, at), today.get(line.line, NOBODY)) if counted else Row(line, None, None)
        for line in line_rows(desk().publication.freshest())
    ]
    amiss = [one.alarm.words for one in desk().alarms.standing(at)]
    return {"rows": rows, "amiss": amiss, "knows": counted is not None, "at": local(at).strftime("%H:%M")}


def _counted(at: datetime) -> tuple[Wall | None, Mapping[str, Today]]:
    try:
        with desk().database.read() as connection:
            day = day_of(at)
            return wall(connection, at), _today(report_counts.sums(connection, "line", Days(day, day)))
    except AWAY:
        return None, {}


def _today(sums: Sequence[Sum]) -> Mapping[str, Today]:
    return {
        str(line): Today(
            rounded(counts.number(Measure.PERSON)),
            rounded(counts.number(Measure.CALLER_GONE)),
            counts.spread(Measure.TO_PERSON).median,
        )
        for line, counts in by_row(sums).items()
    }


def _numbers(counted: Wall, line: str, at: datetime) -> Numbers:
    waiting, handlers = counted.waiting.get(line, Waiting(0, at)), counted.handlers.get(line, {})
    by = [sum(handlers.get(one, 0) for one in some) for some in ((Status.AVAILABLE,), ON_A_CALL, RESTING)]
    return Numbers(counted.live.get(line, 0), waiting.count, int((at - waiting.since).total_seconds()) // 60, *by)
