"""How often does the alarm of a silent line cry wolf in a year, and after how long does it notice that calls have stopped?

Calls by chance on an office line, at three rates, on days that are alike and on days that are not; in one of two years the hours of
an afternoon in which calls stop are looked at, too.
"""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random
from statistics import median

from routing.silence import Habit, Line, habit, improbable_at
from tests.reliability.figure import Figure, Value
from tests.routing.ringing import line, rung

FULL = 10
"""Years of each kind of line."""

KINDS = ((2.0, 0.0), (2.0, 0.05), (5.0, 0.0), (5.0, 0.05), (30.0, 0.0), (30.0, 0.02))
"""Calls an open hour, and the variance by which days differ."""

MOST_A_YEAR = 2.0
LATEST_CALLS = 25
"""So many calls' worth of silence may pass before it is noticed, where days are alike."""

START, WEEK = datetime(2026, 1, 5, tzinfo=UTC), timedelta(weeks=1)
HISTORY, YEAR, REFITTED = 8 * WEEK, 52 * WEEK, 4 * WEEK


def figure(size: int, seed: int, kinds: Sequence[tuple[float, float]] = KINDS) -> Figure:
    """``size`` years of each kind of line."""
    values: dict[str, Value] = {}
    broken: list[str] = []
    for an_hour, unrest in kinds:
        name = f"{an_hour:g} an hour{', restless' if unrest else ''}"
        years = [_year(Random(f"{seed} {name} {year}"), an_hour, unrest) for year in range(size)]
        alarms, noticed = sum(found for found, _ in years) / size, median(hours for _, hours in years)
        values |= {f"false alarms a year, {name}": round(alarms, 2), f"noticed after hours, {name}": round(noticed, 2)}
        sys.stderr.write(f"{name}: {alarms:.2f} a year, noticed after {noticed:.2f} h\n")
        broken += [f"{name}: {alarms:.2f} false alarms a year"] if alarms > MOST_A_YEAR else []
        broken += [f"{name}: noticed after {noticed:.2f} h"] if noticed * an_hour > LATEST_CALLS and not unrest else []
    return Figure(values, tuple(broken))


def _year(dice: Random, an_hour: float, unrest: float) -> tuple[int, float]:
    """False alarms of a year, and the open hours after which calls that stop in the middle of its last day are missed."""
    office, end = line(), START + HISTORY + YEAR
    calls = list(rung(dice, office, START, end, an_hour, unrest))
    found, now = 0, START + HISTORY
    while now < end:
        usual = _usual(calls, office, now)
        gaps = pairwise(at for at in calls if now <= at < now + REFITTED)
        enough = ((improbable_at(usual, office, last), following) for last, following in gaps)
        found += sum(1 for improbable, following in enough if improbable and improbable <= following)
        now += REFITTED
    stops = end - timedelta(days=6, hours=13)  # a Monday, at eleven
    missed = improbable_at(_usual(calls, office, stops), office, stops)
    return found, _open_hours(stops, missed) if missed else float("inf")


def _usual(calls: list[datetime], office: Line, now: datetime) -> Habit:
    found = habit(calls, office, now)
    assert isinstance(found, Habit), found
    return found


def _open_hours(since: datetime, until: datetime) -> float:
    """Hours of an office line that a silence has lasted; nights are left out."""
    nights = (until.date() - since.date()).days
    return (until - since) / timedelta(hours=1) - 16 * nights
