"""How many calls were there, how were they answered, and by whom not? Counts without persons, over any days and against those before."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask import Response

from admin.blueprints import resource_api
from admin.ports import desk, now
from admin.report_making import made, means
from admin.report_scope import asked_for
from admin.report_shapes import CallReport, CallReportQuery
from directory.exporting import csv_text, harmless
from routing.clock import local
from routing.days import day_of

FEW = "fewer than {least}"
HEAD = ("from", "until", "authority", "line", "by", "code", "name", "of", "figure", "number", "before")
CSV = {"description": "The file.", "content": {"text/csv": {"schema": {"type": "string"}}}}
PERCENT, SECONDS, SPREADS = "_percent", "_seconds", ("median", "p90", "p95")

api = resource_api("reports", "Calls counted, without anybody in them.")


@api.get("/reports", responses={200: CallReport})
def call_report(query: CallReportQuery) -> Mapping[str, object]:
    """A report of some days, and of as many before them."""
    return report_of(query).model_dump(mode="json", by_alias=True)


@api.get("/reports.csv", responses={200: CSV})
def call_report_file(query: CallReportQuery) -> Response:
    """The same as a file, one figure in a row, harmless in a spreadsheet."""
    reply = Response(csv_of(report_of(query)), content_type="text/csv; charset=utf-8")
    reply.headers["Content-Disposition"] = f'attachment; filename="calls-{local(now()).date()}.csv"'
    return reply


def report_of(query: CallReportQuery) -> CallReport:
    """The report that a query asks for. 422."""
    world = desk().publication.current()
    asked = asked_for(query, world, day_of(now()))
    return made(asked, asked.days.before, world, means())


def csv_of(*reports: CallReport) -> str:
    """Reports of the same days as one file, told apart in several ways; what concerns all calls stands there once."""
    cells = [row for number, report in enumerate(reports) for row in _cells(report, number == 0)]
    return csv_text(harmless(HEAD, cells))


def _cells(report: CallReport, is_first: bool) -> Iterator[tuple[str, ...]]:  # noqa: FBT001  # whether to begin with all calls
    whole = report.model_dump(mode="json", by_alias=True)
    of = (whole["days"]["from"], whole["days"]["until"], report.authority, report.line)
    few = FEW.format(least=report.least)
    for by, code, name, part, here, then in (*(_all(whole) if is_first else ()), *_rows(whole)):
        before = dict(flat(then or {}))
        for figure, number in flat(here):
            now = said(figure, number, few)
            yield (*of, by, code, name, part, figure, now, said(figure, before[figure], few) if before else "")


def _all(whole: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    for part in ("total", "beside"):
        yield "all", "", "All calls", part, whole[part], whole[f"{part}_before"]


def _rows(whole: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    for row in whole["rows"]:
        for part in ("calls", "team"):
            if row[part]:
                yield whole["by"], row["code"], row["name"], part, row[part], row[f"{part}_before"]


def flat(figures: Mapping[str, Any]) -> Iterator[tuple[str, int | None]]:
    """Each figure by its name; of a spread each of its three."""
    for name, value in figures.items():
        if isinstance(value, Mapping):
            yield from ((f"{name}_{one}", value[one]) for one in SPREADS)
        else:
            yield name, value


def said(figure: str, number: int | None, few: str) -> str:
    """A number as it is written: a count that is left out in words, anything else that is not there as nothing."""
    left_out = "" if figure.endswith((PERCENT, SECONDS, *SPREADS)) else few
    return left_out if number is None else str(number)
