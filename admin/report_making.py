"""How is a report made? The counts of its days and of those before, told apart as asked, each row rounded by itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

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
from store.database import Transaction
from store.report_beside import Scope
from store.report_counts import Standing

HOURS = 24


@dataclass(frozen=True, slots=True)
class Part:
    """What was counted of some days: by line, and by what was asked for."""

    lines: Mapping[By, Counts]
    rows: Mapping[By, Counts]
    beside: Beside


def made(asked: Asked, before: Days, world: World) -> CallReport:
    """A report of what is asked for, compared with other days."""
    with desk().database.read() as connection:
        here = _part(connection, asked, asked.days, asked.by)
        then = _part(connection, asked, before, asked.by if asked.by != "day" else "line")
        standing = _standing(connection, asked.days)
    return CallReport(
        days=_days(asked.days), days_before=_days(before), authority=asked.authority, line=asked.line, by=asked.by,
        counted_at=moment_out(standing.counted_at), days_uncounted=standing.missing, targets=_targets_of(asked), least=LEAST,
        total=_total(here, _targets()), total_before=_total(then, _targets()), beside=here.beside, beside_before=then.beside,
        rows=_rows(asked, here, then, world),
    )  # fmt: skip


def _targets() -> Mapping[str, int]:
    return desk().records.answer_targets


def _targets_of(asked: Asked) -> dict[str, int]:
    return {line: most for line, most in _targets().items() if asked.lines is None or line in asked.lines}


def _days(days: Days) -> DaysOut:
    return DaysOut(since=days.first.isoformat(), until=days.last.isoformat())


def _part(connection: Transaction, asked: Asked, days: Days, by: str) -> Part:
    """Where no line has a target of its own, hours and days add up to the total, and the counts are read once."""
    rows: Mapping[By, Counts] = by_row(report_counts.sums(connection, by, days, asked.lines))
    if by in ("hour", "day") and not _targets_of(asked):
        lines: Mapping[By, Counts] = {"": added(rows.values())}
    else:
        lines = rows if by == "line" else by_row(report_counts.sums(connection, "line", days, asked.lines))
    scope = Scope(days, asked.lines, asked.authorities)
    moved, at = report_beside.transfers(connection, scope), now()
    kept = (ask(connection, scope, at) for ask in (report_beside.call_backs, report_beside.deadlines))
    return Part(lines, rows, beside(moved, *kept))


def _standing(connection: Transaction, days: Days) -> Standing:
    """How far counting has come for those of the days that may have calls by now."""
    first = report_counts.first_call(connection)
    since, until = max(days.first, day_of(first or now())), min(days.last, day_of(now()))
    if since > until:
        return report_counts.standing(connection, days, 0)
    return report_counts.standing(connection, days, Days(since, until).length)


def _total(part: Part, targets: Mapping[str, int]) -> Figures:
    having = {targets[str(line)] for line in part.lines if str(line) in targets}
    alike = having.pop() if len(having) == 1 else None
    return figures(added(part.lines.values()), within_target(part.lines, targets), alike)


def _rows(asked: Asked, here: Part, then: Part, world: World) -> list[ReportRow]:
    if asked.by == "team":
        return [
            _team_row(who, here, then) for who in sorted(here.rows, key=lambda who: _calls_first(here.rows[who], who))
        ]
    return [_row(asked, key, here, then, world) for key in _keys(asked, here)]


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


def _row(asked: Asked, key: By, here: Part, then: Part, world: World) -> ReportRow:
    compared = asked.by != "day"
    before = _figures(asked, key, then) if compared else None
    code, name = _called(key, world)
    return ReportRow(code=code, name=name, calls=_figures(asked, key, here), calls_before=before)


def _figures(asked: Asked, key: By, part: Part) -> Figures:
    """A row's figures. Hours and days have their lines' target where the report is about one line alone."""
    counts, targets = part.rows.get(key, Counts()), _targets()
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
