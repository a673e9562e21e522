"""Is every figure of a report what plain Python makes of the raw events? On the nights of the clocks, over midnight, by any period."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, timedelta
from random import Random
from typing import Any

import pytest

from admin.ports import RecordRules
from app import Application, Config, build
from ivr.moment import World
from routing.clock import FixedClock
from store.keys import Role
from store.past_events import put_away
from store.tables_reports import report_count
from tests.admin import report_oracle as oracle
from tests.admin.counted_calls import NOW, count_all, filled
from tests.admin.desk_client import Holder, codes, holder
from tests.store.recording import rows

CALLS = int(os.environ.get("DUTYLINE_REPORT_CALLS", "900"))
TARGETS = {"devon": 30, "derby": 20, "sheffield-cpet": 45}
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
SPRING, AUTUMN, CHANGE = (
    (date(2026, 3, 28), date(2026, 3, 30)),
    (date(2026, 10, 25), date(2026, 10, 25)),
    (date(2026, 3, 29),) * 2,
)
Days = tuple[date, date]


@pytest.fixture
def late(config: Config) -> Iterator[Application]:
    """An application on the last evening of the year, whose lines have targets."""
    built = build(replace(config, records=RecordRules(answer_targets=TARGETS)), FixedClock(NOW))
    yield built
    built.close()


def told(reader: Holder, path: str) -> dict[str, Any]:
    reply = reader.asks(path)
    assert reply.status_code == 200, reply.get_data(as_text=True)
    found: dict[str, Any] = reply.get_json()
    return found


def asked(days: Days, by: str = "line", **beside: str) -> str:
    rest = "".join(f"&{name}={value}" for name, value in beside.items())
    return f"/reports?from={days[0]}&until={days[1]}&by={by}{rest}"


def before(days: Days) -> Days:
    length = (days[1] - days[0]).days + 1
    return days[0] - timedelta(days=length), days[0] - timedelta(days=1)


def counted(figures: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in figures.items() if name != "target_seconds"}


@pytest.mark.long
def test_every_figure_is_what_plain_python_makes_of_the_events(late: Application, world: World) -> None:
    filled(late.database, world, Random(f"reports {CALLS}"), CALLS)
    calls, reader = oracle.heard(late.database), holder(late, Role.VIEWER)
    while put_away(late.database, None, NOW):  # the days are counted with most of their events there
        pass
    count_all(late.database)
    authority_of = {line: plan.authority for line in world.plans.current if (plan := world.plans.of_line(line))}
    for days in (YEAR, SPRING, AUTUMN, CHANGE, (date(2026, 10, 24), date(2026, 10, 26)), (date(2026, 12, 31),) * 2):
        for beside in ({}, {"line": "devon"}, {"authority": "derby"}):
            lines = {
                line
                for line in authority_of
                if beside.get("line", line) == line
                and beside.get("authority", authority_of[line]) == authority_of[line]
            }
            authorities = {authority_of[line] for line in lines} if beside else None
            here, then = (
                [one for one in calls if oracle.within(when, one.began) and one.line in lines]
                for when in (days, before(days))
            )
            by_line = told(reader, asked(days, **beside))
            assert counted(by_line["total"]) == oracle.figures(here, TARGETS)
            assert counted(by_line["total_before"]) == oracle.figures(then, TARGETS)
            limited = lines if beside else None
            assert by_line["beside"] == oracle.beside(late.database, days, limited, authorities, NOW)
            assert by_line["beside_before"] == oracle.beside(late.database, before(days), limited, authorities, NOW)
            _rows(reader, days, beside, here, then)


def _rows(
    reader: Holder, days: Days, beside: dict[str, str], here: list[oracle.Heard], then: list[oracle.Heard]
) -> None:
    ways = ("line", "team", "hour", "day") if (days[1] - days[0]).days < 92 else ("line", "team", "hour")
    by = {one: told(reader, asked(days, one, **beside))["rows"] for one in ways}
    assert {row["code"]: counted(row["calls"]) for row in by["line"]} == {
        line: oracle.figures([one for one in here if one.line == line], TARGETS) for line in {one.line for one in here}
    }
    targets = TARGETS if "line" in beside else {}
    for row in by["hour"]:
        assert counted(row["calls"]) == oracle.figures(
            [one for one in here if f"{one.wall:%H}" == row["code"]], targets
        )
        assert counted(row["calls_before"]) == oracle.figures(
            [one for one in then if f"{one.wall:%H}" == row["code"]], targets
        )
    for row in by.get("day", []):
        assert counted(row["calls"]) == oracle.figures(
            [one for one in here if f"{one.wall:%F}" == row["code"]], targets
        )
    who = {name for one in here for name in one.rung}
    assert {row["code"]: row["team"] for row in by["team"]} == {name: oracle.team(here, name) for name in who}


def test_counting_again_changes_nothing(late: Application, world: World) -> None:
    filled(late.database, world, Random("again"), 120, 20)
    count_all(late.database)
    once = rows(late.database, report_count)
    count_all(late.database)
    assert rows(late.database, report_count) == once != []


WRONG = [
    ("from=November", {"from": "day"}),
    ("from=2026-11-31&until=2026-1-1", {"from": "day", "until": "day"}),
    ("from=2026-11-02&until=2026-11-01", {"until": "order"}),
    ("from=2024-01-01&until=2026-11-01", {"until": "long"}),
    ("until=2027-01-01", {"until": "to-come"}),
    ("from=1899-01-01&until=2026-11-01", {"from": "day"}),
    ("line=narnia&authority=atlantis&by=moon", {"line": "choice", "authority": "choice", "by": "choice"}),
    ("line=devon&authority=derby", {"line": "choice"}),
    ("from=2026-01-01&until=2026-04-03&by=day", {"by": "long"}),
]


@pytest.mark.parametrize(("query", "faults"), WRONG)
@pytest.mark.parametrize("path", ["/reports", "/reports.csv"])
def test_what_cannot_be_reported_is_refused_at_its_field(
    late: Application, path: str, query: str, faults: dict[str, str]
) -> None:
    reply = holder(late, Role.ADMIN).asks(f"{path}?{query}")
    assert (reply.status_code, codes(reply)) == (422, faults)
    assert all("give" in error["message"] or "write it" in error["message"] for error in reply.get_json()["errors"])


def test_without_calls_every_figure_is_left_out(late: Application) -> None:
    report = told(holder(late, Role.HANDLER), "/reports")
    assert (report["days"], report["rows"]) == ({"from": "2026-12-01", "until": "2026-12-31"}, [])
    assert report["days_before"] == {"from": "2026-10-31", "until": "2026-11-30"}
    assert {value for value in report["total"].values() if not isinstance(value, dict)} == {None}
    assert NOW.astimezone(UTC) == NOW
