"""How many enquiries were there, from whom, why and when? The report as a page, with a bar beside each number, and as a file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Any

from flask import Response, url_for

from admin.console.forms import Refusal, Wrong, refusal
from admin.console.pages import asked
from admin.ports import now
from desk.enquiry_report import ReportQuery, report
from desk.page.enquiries import WHO, WHY
from desk.page.pages import blueprint, drawn
from desk.page.papers import authorities, wrong
from directory.exporting import csv_text, harmless
from routing.clock import local

MOST_TYPED = 80
ALL = "All authorities"
LABELS = {"from": "From month", "until": "Until month"}
COLUMNS = ("authority", "from", "until", "counted by", "what", "enquiries")
FEW = "fewer than {least}"


@dataclass(frozen=True, slots=True)
class Count:
    """What is counted, its number or the words instead, and how long its bar is (in hundredths; 0: none)."""

    what: str
    said: str
    bar: int


@dataclass(frozen=True, slots=True)
class Counts:
    """One way of counting."""

    by: str
    rows: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """The whole report in words; no ways of counting where there is nothing to count."""

    total: str
    ways: tuple[Counts, ...]


@blueprint.get("/enquiries/report")
def enquiry_report() -> Response:
    """The report of some months, or of all that are kept."""
    given = _given()
    found = _found(given)
    return _refused(given, found) if isinstance(found, Refusal) else _page(given, told=_told(found))


@blueprint.get("/enquiries/report.csv")
def enquiry_report_file() -> Response:
    """The same as a file, harmless in a spreadsheet."""
    given = _given()
    found = _found(given)
    if isinstance(found, Refusal):
        return _refused(given, found)
    told, whose = _told(found), _whose(given["authority"])
    rows = (
        ("all", "All enquiries", told.total),
        *((way.by, one.what, one.said) for way in told.ways for one in way.rows),
    )
    text = csv_text(harmless(COLUMNS, ((whose, given["from"], given["until"], *row) for row in rows)))
    reply = Response(text, content_type="text/csv; charset=utf-8")
    reply.headers["Content-Disposition"] = f'attachment; filename="enquiries-{local(now()).date()}.csv"'
    return reply


def _given() -> dict[str, str]:
    """What the address asks for; an authority that there is not is none."""
    given = {name: asked(name)[:MOST_TYPED] for name in LABELS}
    authority = asked("authority")
    return given | {"authority": authority if authority in authorities() else ""}


def _found(given: Mapping[str, str]) -> Mapping[str, Any] | Refusal:
    """The API's report, or why there is none."""
    replies = list[Mapping[str, Any]]()
    why = refusal(lambda: replies.append(report(query=ReportQuery.model_validate(given))))
    return why or replies[0]


def _told(found: Mapping[str, Any]) -> Told:
    few = FEW.format(least=found["least"])
    ways = (
        _counts("agency", found["by_agency"], WHO, few),
        _counts("reason", found["by_reason"], WHY, few),
        _counts("month", found["by_month"], {one["code"]: _month(one["code"]) for one in found["by_month"]}, few),
    )
    return Told(str(found["total"] or few), tuple(way for way in ways if way.rows))


def _counts(by: str, tallies: Sequence[Mapping[str, Any]], words: Mapping[str, str], few: str) -> Counts:
    most = max((one["count"] or 0 for one in tallies), default=0)
    return Counts(by, tuple(_count(one, words, few, most) for one in tallies))


def _count(one: Mapping[str, Any], words: Mapping[str, str], few: str, most: int) -> Count:
    what, count = words.get(one["code"], one["code"]), one["count"]
    return Count(what, few, 0) if count is None else Count(what, str(count), max(1, round(100 * count / most)))


def _month(code: str) -> str:
    return f"{date.fromisoformat(f'{code}-01'):%B %Y}"


def _whose(authority: str) -> str:
    return authorities()[authority] if authority else ALL


def _refused(given: Mapping[str, str], why: Refusal) -> Response:
    return _page(given, why.status, wrong(why, LABELS))


def _page(
    given: Mapping[str, str], status: HTTPStatus = HTTPStatus.OK, faults: Iterable[Wrong] = (), told: Told | None = None
) -> Response:
    wanted: dict[str, Any] = {name: value for name, value in given.items() if value}
    file, whose = url_for("desk_page.enquiry_report_file", **wanted), {**authorities(), "": ALL}
    shown = {"given": given, "told": told, "file": file, "authorities": whose}
    return Response(drawn("papers/enquiry_report", wrong=tuple(faults), **shown), status)
