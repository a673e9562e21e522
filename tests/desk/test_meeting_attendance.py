"""Who was in when, however late, doubled and disordered a conference tells it?"""

from datetime import datetime, timedelta
from itertools import permutations

import pytest

from desk.meeting_attendance import JOINED, LEFT, OVER, Stay, kept, stays
from ivr.legs import RoomTold
from store.meetings import Told
from tests.telling import at

NOON = at("Wed 12:00")


def minutes(count: int) -> datetime:
    return NOON + timedelta(minutes=count)


def told(sequence: int, what: str, label: str = "", conference: str = "CF1") -> Told:
    return Told("m", conference, sequence, what, label, minutes(sequence))


STORY = (told(1, JOINED, "chair"), told(2, JOINED, "nurse"), told(3, LEFT, "nurse"), told(4, OVER))


@pytest.mark.parametrize("order", list(permutations(STORY)))
def test_the_order_in_which_it_comes_is_nothing(order: tuple[Told, ...]) -> None:
    assert stays(order, minutes(9)) == (
        Stay("chair", minutes(1), minutes(4)),
        Stay("nurse", minutes(2), minutes(3)),
    )


def test_whoever_comes_back_was_there_twice() -> None:
    again = (*STORY[:3], told(5, JOINED, "nurse"), told(6, LEFT, "nurse"))
    assert [stay.since for stay in stays(again, None) if stay.label == "nurse"] == [minutes(2), minutes(5)]


def test_a_leaving_that_was_never_told_is_the_end_of_the_meeting() -> None:
    assert stays(STORY[:1], minutes(9)) == (Stay("chair", minutes(1), minutes(9)),)
    assert stays(STORY[:1], None) == (Stay("chair", minutes(1), None),)


def test_the_end_of_one_conference_ends_no_stay_in_the_next() -> None:
    later = Told("m", "CF2", 1, JOINED, "chair", minutes(3))
    assert stays((*STORY, later), None)[-1] == Stay("chair", minutes(3), None)


def test_the_conference_s_own_clock_counts_where_it_tells() -> None:
    assert kept("m", RoomTold(JOINED, "CF1", 1, "chair", minutes(1)), minutes(2)).at == minutes(1)
    assert kept("m", RoomTold(JOINED, "CF1", 1, "chair", None), minutes(2)).at == minutes(2)
