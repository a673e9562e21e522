"""How is a report made? The counts of its days and of those before, told apart as asked, each row rounded by itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from admin.lines import plans_in_force
from admin.ports import desk, now
from admin.report_figures import By, Counts, added, beside, by_row, figures, team_figures, within_target
from admin.report_scope import Asked
from admin.report_shapes import Beside, CallReport, DaysOut, Figures, ReportRow
from admin.shapes import moment_out
from admin.small_numbers import LEAST
from ivr.moment import World
from routing.days import Days, day_of
from store import report_beside, report_counts
from store.database import Database, Transaction
from store.report_beside import Scope
from store.report_counts import Standing

HOURS = 24


@dataclass(frozen=True, slots=True)
class Means:
    """By what a report is made: the database, each line's target in seconds, and the present moment."""

    database: Database
    targets: Mapping[str, int]
    now: datetime


@dataclass(frozen=True, slots=True)
class Part:
    """What was counted of some days: by line, and by what was asked for."""

    lines: Mapping[By, Counts]
    rows: Mapping[By, Counts]
    beside: Beside


def means() -> Means:
    """Those of the application that answers this request."""
    return Means(desk().database, desk().records.answer_targets, now())


def made(asked: Asked, before: Days, world: World, by: Means) -> CallReport:
    """A report of what is asked for, compared with other days."""
    with by.database.read() as connection:
        here, then = _parts(connection, asked, before, by)
        standing = _standing(connection, asked.days, by.now)
    return CallReport(
        days=_days(asked.days), days_before=_days(before), authority=asked.authority, line=asked.line, by=asked.by,
        counted_at=moment_out(standing.counted_at), days_uncounted=standing.missing, targets=_targets_of(asked, by.targets),
        least=LEAST, total=_total(here, by.targets), total_before=_total(then, by.targets), beside=here.beside,
        beside_before=then.beside, rows=_rows(asked, here, then, Told(world, by.targets)),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """By what rows are told: the names of lines, and their targets."""

    world: World
    targets: Mapping[str, int]


def _targets_of(asked: Asked, targets: Mapping[str, int]) -> dict[str, int]:
    return {line: most for line, most in targets.items() if asked.lines is None or line in asked.lines}


def _days(days: Days) -> DaysOut:
    return DaysOut(since=days.first.isoformat(), until=days.last.isoformat())


def _parts(connection: Transaction, asked: Asked, before: Days, by: Means) -> tuple[Part, Part]:
    """These days and those before them, in as few scans as there are ways to tell them apart: the lines come with the teams, and where
    no line has a target of its own, hours add up to the total."""
    adds_up = asked.by == "hour" and not _targets_of(asked, by.targets)
    told = report_counts.sums(connection, asked.by, asked.days, asked.lines, before if asked.by != "day" else None)
    is_whole = adds_up or asked.by in ("line", "team")
    lines = told if is_whole else report_counts.sums(connection, "line", asked.days, asked.lines, before)
    parts = []
    for days, is_before in ((asked.days, False), (before, True)):
        rows = by_row(one for one in told if one.is_before is is_before and one.was_rung is (asked.by == "team"))
        whole: Mapping[By, Counts] = {"": added(rows.values())} if adds_up else rows
        if not adds_up and asked.by != "line":
            whole = by_row(one for one in lines if one.is_before is is_before and not one.was_rung)
        parts.append(Part(whole, rows, _beside(connection, Scope(days, asked.lines, asked.authorities), by.now)))
    return parts[0], parts[1]


def _beside(connection: Transaction, scope: Scope, at: datetime) -> Beside:
    moved = report_beside.transfers(connection, scope)
    return beside(moved, *(ask(connection, scope, at) for ask in (report_beside.call_backs, report_beside.deadlines)))


def _standing(connection: Transaction, days: Days, at: datetime) -> Standing:
    """How far counting has come for those of the days that may have calls by now."""
    first = report_counts.first_call(connection)
    since, until = max(days.first, day_of(first or at)), min(days.last, day_of(at))
    if since > until:
        return report_counts.standing(connection, days, 0)
    return report_counts.standing(connection, days, Days(since, until).length)


def _total(part: Part, targets: Mapping[str, int]) -> Figures:
    having = {targets[str(line)] for line in part.lines if str(line) in targets}
    alike = having.pop() if len(having) == 1 else None
    return figures(added(part.lines.values()), within_target(part.lines, targets), alike)


def _rows(asked: Asked, here: Part, then: Part, by: Told) -> list[ReportRow]:
    if asked.by == "team":
        return [
            _team_row(who, here, then) for who in sorted(here.rows, key=lambda who: _calls_first(here.rows[who], who))
        ]
    return [_row(asked, key, here, then, by) for key in _keys(asked, here)]


def _calls_first(counts: Counts, who: By) -> tuple[int, str]:
    """The ones that were rung most often first."""
    return -(team_figures(counts).phones or 0), str(who)


def _keys(asked: Asked, here: Part) -> list[By]:
    if asked.by == "hour":
        return list(range(HOURS)) if here.rows else []
    if asked.by == "day":
        return list(asked.days) if here.rows else []
    return sorted(here.rows, key=str)


def _team_row(who: By, here: Part, then: Part) -> ReportRow:
    before = team_figures(then.rows[who]) if who in then.rows else None
    return ReportRow(code=str(who), name=str(who), team=team_figures(here.rows[who]), team_before=before)


def _row(asked: Asked, key: By, here: Part, then: Part, by: Told) -> ReportRow:
    compared = asked.by != "day"
    before = _figures(asked, key, then, by.targets) if compared else None
    code, name = _called(key, by.world)
    return ReportRow(code=code, name=name, calls=_figures(asked, key, here, by.targets), calls_before=before)


def _figures(asked: Asked, key: By, part: Part, targets: Mapping[str, int]) -> Figures:
    """A row's figures. Hours and days have their lines' target where the report is about one line alone."""
    counts = part.rows.get(key, Counts())
    line = str(key) if asked.by == "line" else asked.line
    return figures(counts, within_target({line: counts}, targets), targets.get(line))


def _called(key: By, world: World) -> tuple[str, str]:
    match key:
        case date():
            return key.isoformat(), f"{key:%a %-d %b %Y}"
        case int():
            return f"{key:02}", f"{key:02}:00"
        case _:
            names = {plan.line: plan.name for plan in plans_in_force(world)}
            return key, names.get(key, key)
