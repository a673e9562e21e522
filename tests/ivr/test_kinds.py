"""Is somebody of each kind found among very many workers, at any moment and after any change?"""

from dataclasses import replace
from datetime import timedelta

from directory.model import Absence, DutyNumber, Person, Team
from directory.numbers import Number
from directory.snapshot import Change, Kind, Snapshot, written
from ivr.kinds import kinds, one_of_each
from tests.telling import at

NOON, DAY = at("Wed 12:00"), timedelta(days=1)
AWAY = (Absence(NOON, NOON + DAY),)
TEAM = Team("exeter", "Exeter", "devon", duty_numbers=(DutyNumber(Number("+442079460201")),))


def worker(place: int, manager: str | None = None, away: tuple[Absence, ...] = ()) -> Person:
    """One of them: with a phone, but every tenth."""
    numbers = (Number(f"+4477009{place:05}"),) if place % 10 else ()
    return Person(f"w-{place}", "Ada Mock", "exeter", f"{place:04}", numbers, manager=manager, away=away)


def directory() -> Snapshot:
    """Hundreds, of whom one manages fifty; she and one whom she manages are away for a day."""
    managed = [worker(place, "w-1") for place in range(2, 52)]
    managed[5] = replace(managed[5], away=AWAY)
    everybody = (worker(1, away=AWAY), *managed, *(worker(place) for place in range(60, 400)))
    return Snapshot().changed(1, [written(TEAM), *map(written, everybody)])


def test_one_stands_for_all_who_have_as_many_phones_before_and_behind_them() -> None:
    before = list(one_of_each(directory(), "devon", NOON - DAY))
    assert len(before) == 4  # with and without a phone, with and without a manager who has one
    assert (
        len(list(one_of_each(directory(), "devon", NOON))) == 6
    )  # herself, who is managed, and who is both managed and away


def test_of_another_authority_nobody_is_found() -> None:
    assert list(one_of_each(directory(), "derby", NOON)) == []


def test_who_changes_is_sorted_anew() -> None:
    here = directory()
    known = kinds(here)
    back = here.changed(2, [written(replace(here.people["w-1"], away=())), Change(Kind.PERSON, "w-7", None)])
    assert known.touched.keys() == here.absent == {"w-1", "w-7"}
    assert kinds(back).touched.keys() == back.absent == frozenset()
    assert len(list(one_of_each(back, "devon", NOON))) == 4
