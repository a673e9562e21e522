"""Many call-backs, all made by telephone: a few handlers take one after another, at most one new call begins a second, none is late.

``make desk`` makes three hundred.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from store import presence
from store.presence import Status
from telephone import Person
from tests.admin.desk_client import Holder
from tests.desk.calling_back import Shown, began_at, dials, listed, outcome, projected
from tests.desk.stage import Stage

FIRST_TARGET, APART = timedelta(minutes=10), timedelta(seconds=3)
DESKS = 12


@dataclass
class Desk:
    """A handler who makes the next call-back whenever they are free, and says what came of it."""

    by: Holder
    phone: str
    made: str = ""


@dataclass
class Shift:
    """Handlers at work on one list."""

    stage: Stage
    desks: list[Desk]
    left: list[Shown] = field(default_factory=list)

    def works(self) -> None:
        """Everybody who can do something does it."""
        with self.stage.application.database.read() as connection:
            now = {one.phone: one.status for one in presence.signed_in(connection, self.stage.hand.now())}
        for desk in self.desks:
            if now[desk.phone] is Status.WRAP_UP and desk.made:
                outcome(desk.by, desk.made, "reached")
                self.stage.set_status(desk.by, Status.AVAILABLE)
                desk.made = ""
            elif now[desk.phone] is Status.AVAILABLE and not desk.made and self.left:
                desk.made = self.left.pop(0)["id"]
                dials(self.stage, desk.by, desk.made)

    def is_over(self) -> bool:
        return not self.left and not any(desk.made for desk in self.desks)


def number(place: int) -> str:
    return f"+442079460{400 + place}"


def phone(place: int) -> str:
    return f"+4420794602{place:02d}"


@pytest.mark.parametrize("many", [12, pytest.param(300, marks=[pytest.mark.stories, pytest.mark.timeout(600)])])
def test_every_one_is_made_in_time_and_calls_begin_a_second_apart(stage: Stage, many: int) -> None:
    desks = [
        Desk(stage.signs_in(phone(place), f"Handler {place}"), phone(place)) for place in range(min(DESKS, many // 2))
    ]
    for desk in desks:
        stage.exchange.phone(desk.phone).will(Person("1", after=2))
    booked = stage.hand.now()
    for place in range(many):
        stage.exchange.phone(number(place)).will(Person("", after=2, talks=3))
        projected(
            stage.application, f"CA{place:032x}", number(place), booked, target=booked + FIRST_TARGET + place * APART
        )
    shift = Shift(stage, desks, listed(desks[0].by))
    assert len(shift.left) == many
    for _ in range(4 * many + 60):
        if shift.is_over():
            break
        shift.works()
        stage.exchange.advance(1)
    done, starts = listed(desks[0].by, "state=done"), began_at(stage)
    assert (len(done), len(starts)) == (many, 2 * many)
    assert all(datetime.fromisoformat(one["ended_at"]) < datetime.fromisoformat(one["target"]) for one in done)
    assert [gap for sooner, later in pairwise(starts) if (gap := round(later - sooner, 3)) < 1] == []
    rung = Counter(leg.called for leg in stage.exchange.legs)
    assert all(rung[number(place)] == 1 for place in range(many))
    assert not stage.exchange.rung_twice_at_once()
