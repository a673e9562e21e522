"""Is a line that nobody rings any more an alarm, from the calls that the database holds?"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest
from sqlalchemy import insert

from ivr.alarms import Alarming
from ivr.moment import World
from routing.silence import Line
from store import tables
from store.database import Database
from store.watched import State
from tests.routing.ringing import rung
from tests.telling import at
from tests.watch.looked import looks, standing, states
from watch.silences import KIND, Silences

NOW = at("Wed 12:00")
SINCE = NOW - timedelta(days=63)


@pytest.fixture
def devon(world: World) -> World:
    plan = world.plans.of_line("devon")
    assert plan
    return replace(world, plans=replace(world.plans, current={"devon": plan.digest}))


def call(database: Database, moments: Iterable[datetime], caller: str = "+442079460999", line: str = "devon") -> None:
    rows = [
        {"sid": f"CA{caller[-4:]}{number}", "line": line, "caller": caller, "began_at": moment, "rank": 2}
        for number, moment in enumerate(moments)
    ]
    with database.write() as connection:
        connection.execute(insert(tables.call), rows)


def usual(devon: World, until: datetime) -> list[datetime]:
    plan = devon.plans.of_line("devon")
    assert plan
    return list(rung(Random(6), Line(plan.opens, devon.calendar), SINCE, until, 6))


def test_a_line_that_falls_silent_is_an_alarm_and_one_call_ends_it(database: Database, devon: World) -> None:
    call(database, [one for one in usual(devon, NOW) if one < at("Wed 09:30")])
    watch = Silences()
    watch.round(database, devon, at("Wed 10:00"))
    assert states(database, KIND) == {"devon": State.WELL}
    expected = looks(database, KIND)["devon"].expected_at
    assert expected
    assert at("Wed 10:30") < expected < at("Wed 12:00")
    watch.round(database, devon, NOW)
    assert standing(database) == [(Alarming.LINE_SILENT, "devon")]
    call(database, [NOW + timedelta(minutes=1)], "+442079460998")
    watch.round(database, devon, NOW + timedelta(minutes=5))
    assert standing(database) == []


def test_a_call_from_one_of_our_own_lines_does_not_break_the_silence(database: Database, devon: World) -> None:
    call(database, [one for one in usual(devon, NOW) if one < at("Wed 09:30")])
    ours = next(number for number, line in devon.directory.line_answering.items() if line == "derby")
    call(database, [NOW - timedelta(minutes=1)], ours)
    Silences().round(database, devon, NOW)
    assert standing(database) == [(Alarming.LINE_SILENT, "devon")]


def test_a_thin_history_is_told_and_is_no_alarm(database: Database, devon: World) -> None:
    call(database, [at("Mon 10:00"), at("Mon 11:00")])
    Silences().round(database, devon, NOW)
    look = looks(database, KIND)["devon"]
    assert (look.state, standing(database)) == (State.UNKNOWN, [])
    assert "28 are needed" in look.words


def test_a_line_that_is_gone_is_looked_at_no_more(database: Database, devon: World) -> None:
    call(database, [one for one in usual(devon, NOW) if one < at("Wed 09:30")])
    watch = Silences()
    watch.round(database, devon, NOW)
    watch.round(database, replace(devon, plans=replace(devon.plans, current={})), NOW)
    assert (states(database, KIND), standing(database)) == ({}, [])
