"""How many calls were there, and how were they answered? The reports as pages: any days, with bars, and a month to be printed."""

from collections.abc import Iterable, Mapping
from datetime import date
from http import HTTPStatus
from typing import Any

from flask import Response, url_for

from admin.console.forms import Refusal, Wrong, refusal
from admin.console.pages import asked, blueprint, page
from admin.console.report_words import MEANINGS, Sheet, sheet
from admin.lines import plans_in_force
from admin.ports import desk, newest_world, now
from admin.problems import Faults, invalid
from admin.report_making import made, means
from admin.report_scope import Asked, whose
from admin.report_shapes import CallReport, CallReportQuery
from admin.reports import call_report_file, report_of
from routing.days import Days, day_of, month_of

LABELS = {"from": "From", "until": "Until", "authority": "Authority", "line": "Line", "by": "Told apart by"}
MONTH_LABELS = {"month": "Month", "authority": "Authority"}
BY = {"line": "Line", "team": "Who was rung", "hour": "Hour of the day", "day": "Day"}
MOST_TYPED = 80
NO_MONTH = "“{given}” is not a month that has begun; write it as 2026-11, and give the present one or one before it."


@blueprint.get("/reports")
def call_reports() -> Response:
    """The report of some days; of this month where none are given."""
    given = _given(LABELS)
    found = list[CallReport]()
    why = refusal(lambda: found.append(report_of(_query(given))))
    return _page(given, why.beside(LABELS), why.status) if why else _page(given, (), HTTPStatus.OK, sheet(found[0]))


@blueprint.get("/reports.csv")
def call_reports_file() -> Response:
    """The same as a file."""
    given, files = _given(LABELS), list[Response]()
    why = refusal(lambda: files.append(call_report_file(query=_query(given))))
    return _page(given, why.beside(LABELS), why.status) if why else files[0]


@blueprint.get("/reports/month")
def month_report() -> Response:
    """One whole month on sheets of A4; the last one that is over where none is given."""
    given, sheets = _given(MONTH_LABELS), list[tuple[Sheet, ...]]()
    given["month"] = given["month"] or f"{month_of(day_of(now())).before.last:%Y-%m}"
    why = refusal(lambda: sheets.append(_month(given)))
    wrong: Iterable[Wrong] = why.beside(MONTH_LABELS) if isinstance(why, Refusal) else ()
    shown = {
        "given": given,
        "sheets": sheets[0] if sheets else (),
        "authorities": authorities(),
        "wrong": wrong,
        "meanings": MEANINGS,
    }
    return Response(page("report_month", **shown), why.status if why else HTTPStatus.OK)


def _given(names: Iterable[str]) -> dict[str, str]:
    return {name: asked(name)[:MOST_TYPED] for name in names}


def _query(given: Mapping[str, str]) -> CallReportQuery:
    return CallReportQuery.model_validate({**given, "by": given["by"] or "line"})


def _page(given: Mapping[str, str], wrong: Iterable[Wrong], status: HTTPStatus, told: Sheet | None = None) -> Response:
    wanted: dict[str, Any] = {name: value for name, value in given.items() if value}
    files = {"file": url_for("console.call_reports_file", **wanted), "month": url_for("console.month_report")}
    choices = {
        "authorities": authorities(),
        "lines": lines(),
        "by": [{"value": code, "text": text} for code, text in BY.items()],
    }
    shown = told.asked if told else {}
    return Response(
        page("reports", given={**given, **shown}, told=told, wrong=tuple(wrong), **files, **choices), status
    )


def _month(given: Mapping[str, str]) -> tuple[Sheet, ...]:
    """The month's calls told apart in every way but by day, compared with the month before. 422."""
    faults, world = Faults(), desk().publication.current()
    month = _days(given["month"], faults)
    lines, authorities = whose(given["authority"], "", world, faults)
    if faults.found or month is None:
        raise invalid(faults.found)
    before = month_of(month.before.last)
    every = (Asked(month, by, given["authority"], "", lines, authorities) for by in ("line", "team", "hour"))
    return tuple(sheet(made(one, before, world, means())) for one in every)


def _days(text: str, faults: Faults) -> Days | None:
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        found = None
    if found is None or f"{found:%Y-%m}" != text or found > day_of(now()):
        faults.say("month", "month", NO_MONTH.format(given=text[:MOST_TYPED]))
        return None
    return month_of(found)


def authorities() -> list[dict[str, str]]:
    """All, or one of them."""
    known = sorted(newest_world().directory.authorities.values(), key=lambda one: one.name)
    return [{"value": "", "text": "All authorities"}, *({"value": one.slug, "text": one.name} for one in known)]


def lines() -> list[dict[str, str]]:
    """All, or one of them."""
    known = sorted(plans_in_force(newest_world()), key=lambda one: one.name)
    return [{"value": "", "text": "All lines"}, *({"value": one.line, "text": one.name} for one in known)]
