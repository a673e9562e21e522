"""Which lines and days are found: nights without a number, lines that reach nobody, old sources, holidays that end?"""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from directory.entry_findings import Assumed
from directory.model import DutyNumber, LineNumbers, Source, Team
from directory.numbers import Number
from directory.snapshot import Change, Kind, written
from ivr.findings import AssumedInPlan
from ivr.lint import drama_numbers, findings
from ivr.moment import World
from tests.telling import at

NOW = at("Wed 10:00")
REAL = Number("+441392388481")


def found(world: World, line: str, now: datetime = NOW) -> dict[str, str]:
    """Code to sentence of a line's findings, but for what is assumed."""
    return {
        one.code: one.sentence
        for one in findings(world, now)
        if one.at.slug == line and not isinstance(one, Assumed | AssumedInPlan)
    }


def changed(world: World, *changes: Change) -> World:
    return replace(world, directory=world.directory.changed(2, changes))


def with_team(world: World, slug: str, **fields: object) -> World:
    return changed(world, written(replace(world.directory.teams[slug], **fields)))  # type: ignore[arg-type]  # a test's fields


def test_a_line_with_a_night_number_has_no_finding_about_its_night(world: World) -> None:
    assert found(world, "devon").keys() == {"undated-source"}


def test_a_declared_night_without_a_number_is_refuted(world: World) -> None:
    told = found(with_team(world, "devon-edt", duty_numbers=()), "devon")
    assert told["night-refuted"] == (
        "The line Devon social care promises a night, “edt”, and its night team Out of Hours Emergency Duty Team has no number; "
        "enter one or declare the gap."
    )


def test_a_night_team_that_was_deleted_is_refuted_too(world: World) -> None:
    told = found(changed(world, Change(Kind.TEAM, "devon-edt", None)), "devon")
    assert {"night-refuted", "unknown-team"} <= told.keys()


def test_a_declared_gap_is_a_finding_and_not_a_refutation(world: World) -> None:
    assert {"night-gap", "reaches-nobody"} <= found(world, "call-derbyshire").keys()
    silent = with_team(world, "derbyshire-out-of-hours", source=Source("Requests for Support", 60))
    assert "night-refuted" in found(silent, "call-derbyshire")


def test_a_night_number_that_is_entered_settles_it(world: World) -> None:
    there = with_team(world, "derbyshire-out-of-hours", duty_numbers=(DutyNumber(REAL),))
    assert found(there, "call-derbyshire").keys() == {"old-source"}


def test_a_night_that_nobody_printed_is_told(world: World) -> None:
    assert found(world, "sheffield-cpet").keys() == {"no-night", "old-source"}


def test_a_line_without_a_number_is_told(world: World) -> None:
    assert "unanswered-line" in found(changed(world, written(LineNumbers("devon"))), "devon")


def test_a_line_that_hands_over_to_nobody_is_told(world: World) -> None:
    current = {line: digest for line, digest in world.plans.current.items() if line != "derby"}
    told = found(replace(world, plans=replace(world.plans, current=current)), "derby-consultation")
    assert "hands over to a line, derby, that has no plan" in told["unknown-line"]


def test_every_assumption_of_a_plan_stands_with_its_place_and_source(world: World) -> None:
    told = [one for one in findings(world, NOW) if one.code == "assumed-in-plan" and one.at.slug == "derby"]
    hours = next(one for one in told if "hours.day" in one.sentence)
    assert hours.evidence.source == "Derby City Children's Social Care Reception Service, Y:13"
    assert hours.evidence.points == ("X41", "X42")


@pytest.mark.parametrize(
    ("reviewed", "code"), [("2025-11", "old-source"), ("2025-12", None), ("2026-02-01", None), ("2024", None)]
)
def test_a_source_is_old_a_year_after_its_review(world: World, reviewed: str, code: str | None) -> None:
    devon = world.plans.of_line("devon")
    assert devon is not None
    plan = replace(devon, reviewed=reviewed)
    told = found(replace(world, plans=world.plans.with_current(plan)), "devon")
    assert set(told) == ({code} if code else set())


def test_bank_holidays_are_told_three_months_before_they_end(world: World) -> None:
    last = world.calendar.known_until
    before, soon = datetime(last.year, 9, 1, 9, 0, tzinfo=UTC), datetime(last.year, 11, 1, 9, 0, tzinfo=UTC)
    assert "holidays-end" not in found(world, "england-and-wales", before)
    assert f"until 31 December {last.year}" in found(world, "england-and-wales", soon)["holidays-end"]


def test_numbers_reserved_for_drama_are_found_on_lines_teams_and_workers(world: World) -> None:
    there = changed(
        world, written(Team("stage", "Stage", "devon", duty_numbers=(DutyNumber(Number("+447700900123")),)))
    )
    found = drama_numbers(there.directory)
    assert {one.at.kind.value for one in found} == {"line", "team", "person"}
    assert [one.at.slug for one in found if one.at.kind == "team"] == ["stage"]
