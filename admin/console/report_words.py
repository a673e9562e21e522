"""How does a report read? Each figure by its name, in words where it is left out, with what it was before; each row with its bar."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from admin.report_shapes import Beside, CallReport, DaysOut, Figures, ReportRow, Spread, TeamFigures

NONE, FEW = "–", "fewer than {least}"


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: its name, what it is, and what it was."""

    what: str
    now: str
    before: str


@dataclass(frozen=True, slots=True)
class Bar:
    """How wide a bar is in hundredths: the whole, and the part of it that is filled."""

    whole: int
    part: int


@dataclass(frozen=True, slots=True)
class Row:
    """One line, hour, day or whoever was rung: its cells, and its bar."""

    name: str
    cells: tuple[str, ...]
    bar: Bar


@dataclass(frozen=True, slots=True)
class Sheet:
    """A report as it is shown. ``parts``: tables of figures, by their titles; ``columns``: those of ``rows``, whose bars say ``bars``."""

    asked: Mapping[str, str]
    period: str
    before: str
    is_empty: bool
    counted_at: str | None
    uncounted: int
    least: int
    parts: tuple[tuple[str, tuple[Line, ...]], ...]
    by: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    bars: str
    targets: str


CALLS = (
    "Offered",
    "Answered",
    "Answered, %",
    "Abandoned",
    "Half answered within",
    "90 % answered within",
    "Within the target, %",
)
RUNG = ("Calls", "Answered", "Phones rung", "Not reached", "Not reached, %", "No answer", "Engaged", "No key 1")
TITLES = {"line": "By line", "team": "By who was rung", "hour": "By hour of the day", "day": "By day"}
BARS = {
    False: "The bar is as long as calls were offered; its filled part are those that were answered.",
    True: "The bar is as long as phones were rung; its filled part are those times at which nobody was reached.",
}

MEANINGS = (
    (
        "Offered",
        "Calls that began in these days and are over. Each was answered, abandoned, or ended in a call-back or the safe message.",
    ),
    (
        "Answered",
        "The caller spoke with a person. Where a phone asks for key 1, only who pressed it counts; a mailbox does not.",
    ),
    ("Abandoned", "The caller hung up before a person, a booked call-back or the whole safe message."),
    ("To a ringing phone, to a person", "Whole seconds from the beginning of the call, menus included."),
    ("Out of hours", "The line was closed when the call began."),
    ("Wrong door", "The call went on in the menus of another line."),
    ("Call-backs in time", "The caller was dialled before the time that they had been promised."),
    ("Deadlines met", "Tasks done before the later reading of their deadline."),
    ("Not reached", "A phone rang, was engaged, could not be reached, or was picked up without key 1."),
)
"""What the figures mean, for whoever reads them on paper or by e-mail."""


def sheet(report: CallReport) -> Sheet:
    """A report in words."""
    few, is_team = FEW.format(least=report.least), report.by == "team"
    asked = {"from": report.days.since, "until": report.days.until, "by": report.by}
    most = max((_whole(row) for row in report.rows), default=0)
    parts = (
        ("Calls", tuple(_lines(few, *(_calls(one, report.targets) for one in (report.total, report.total_before))))),
        ("Times and phones", tuple(_lines(NONE, _times(report.total), _times(report.total_before)))),
        (
            "Transfers, call-backs and deadlines",
            tuple(_lines(few, _beside(report.beside), _beside(report.beside_before))),
        ),
    )
    return Sheet(
        asked=asked, period=_period(report.days), before=_period(report.days_before), is_empty=not report.rows,
        counted_at=report.counted_at, uncounted=report.days_uncounted, least=report.least, parts=parts,
        by=TITLES[report.by], columns=RUNG if is_team else CALLS,
        rows=tuple(_row(row, few, most) for row in report.rows), bars=BARS[is_team],
        targets=", ".join(f"{line} {most} s" for line, most in sorted(report.targets.items())),
    )  # fmt: skip


def _period(days: DaysOut) -> str:
    return period_of(date.fromisoformat(days.since), date.fromisoformat(days.until))


def period_of(first: date, last: date) -> str:
    """Some days as they are written."""
    return f"{first:%-d %B %Y}" if first == last else f"{first:%-d %B %Y} to {last:%-d %B %Y}"


Said = tuple[str, int | None, str]
"""The name of a figure, its value, and what follows it; a count where nothing does."""


def _lines(few: str, now: Iterator[Said], before: Iterator[Said]) -> Iterator[Line]:
    for (what, here, unit), (_, then, _) in zip(now, before, strict=True):
        yield Line(what, _said(here, unit, few), _said(then, unit, few))


def _said(value: int | None, unit: str, few: str) -> str:
    """A number as it is shown; one that is left out in words, where it is a count."""
    if value is None:
        return NONE if unit else few
    return f"{value}{unit}"


def _calls(told: Figures, targets: Mapping[str, int]) -> Iterator[Said]:
    yield "Offered", told.offered, ""
    yield "Answered by a person", told.answered, ""
    yield "Answered, of those offered", told.answered_percent, " %"
    yield "Abandoned: the caller hung up before", told.abandoned, ""
    yield "Abandoned, of those offered", told.abandoned_percent, " %"
    yield "A call-back was booked instead", told.call_backs, ""
    yield "The safe message was given instead", told.safe_messages, ""
    if targets:
        yield "Answered within their line’s target", told.within_target, ""
        yield "Within the target, of those offered on lines that have one", told.within_target_percent, " %"
    yield "Began out of the line’s hours", told.out_of_hours, ""
    yield "Out of hours, of those whose hours are known", told.out_of_hours_percent, " %"
    yield "Wrong door: went on to another line", told.wrong_door, ""
    yield "Wrong door, of those offered", told.wrong_door_percent, " %"


def _times(told: Figures) -> Iterator[Said]:
    for what, spread, unit in (
        ("To a ringing phone", told.seconds_to_ringing, " s"),
        ("To a person", told.seconds_to_person, " s"),
        ("Phones of the ladder that rang", told.phones, " phones"),
    ):
        yield from _spread(what, spread, unit)


def _spread(what: str, spread: Spread, unit: str) -> Iterator[Said]:
    yield f"{what}: half of the calls, at most", spread.median, unit
    yield f"{what}: 90 % of the calls, at most", spread.p90, unit
    yield f"{what}: 95 % of the calls, at most", spread.p95, unit


def _beside(told: Beside) -> Iterator[Said]:
    yield "Transfers asked for", told.transfers, ""
    yield "Transfers completed", told.transfers_completed, ""
    yield "Transfers failed", told.transfers_failed, ""
    yield "Call-backs that fell due", told.call_backs_due, ""
    yield "Call-backs made in time", told.call_backs_on_time, ""
    yield "Call-backs in time, of those due", told.call_backs_on_time_percent, " %"
    yield "Deadlines of tasks that fell due", told.deadlines_due, ""
    yield "Deadlines met", told.deadlines_met, ""
    yield "Deadlines met, of those due", told.deadlines_met_percent, " %"


def _whole(row: ReportRow) -> int:
    return (row.calls.offered if row.calls else row.team.phones if row.team else None) or 0


def _row(row: ReportRow, few: str, most: int) -> Row:
    calls, rung = row.calls, row.team
    if calls:
        return Row(row.name, _call_cells(calls, few), _bar(calls.offered, calls.answered, most))
    return Row(
        row.name,
        _team_cells(rung, few) if rung else (),
        _bar(rung.phones, rung.not_reached, most) if rung else Bar(0, 0),
    )


def _bar(whole: int | None, part: int | None, most: int) -> Bar:
    return Bar(round(100 * (whole or 0) / most), round(100 * (part or 0) / most)) if most else Bar(0, 0)


def _call_cells(told: Figures, few: str) -> tuple[str, ...]:
    counts = (told.offered, ""), (told.answered, ""), (told.answered_percent, " %"), (told.abandoned, "")
    times = (
        (told.seconds_to_person.median, " s"),
        (told.seconds_to_person.p90, " s"),
        (told.within_target_percent, " %"),
    )
    return tuple(_said(value, unit, few) for value, unit in (*counts, *times))


def _team_cells(told: TeamFigures, few: str) -> tuple[str, ...]:
    calls = (told.calls, ""), (told.answered, ""), (told.phones, "")
    missed = (
        (told.not_reached, ""),
        (told.not_reached_percent, " %"),
        (told.no_answer, ""),
        (told.busy, ""),
        (told.not_accepted, ""),
    )
    return tuple(_said(value, unit, few) for value, unit in (*calls, *missed))
