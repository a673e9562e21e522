"""By when is a CETR request answered?"""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from routing.calendar import Calendar
from routing.deadlines import CutOff, Due, Reading, ReplyClass, class_due
from routing.hours import verdict
from tests.routing.given import ENGLISH, MINUTE, OFFICE, closing, closure
from tests.telling import MONDAY, at

SAME, NEXT = ReplyClass.SAME_DAY, ReplyClass.NEXT_DAY
FOUR = CutOff(16 * 60)
CUT, NOTE, OPENING = "by the cut-off", "by the note on Fridays", "counted from the next opening"
MON, TUE = "2026-11-30T17:00", "2026-12-01T17:00"
Readings = dict[str, str]
WEEK: dict[tuple[ReplyClass, str], Readings] = {
    (SAME, "Mon 00:00"): {CUT: "Mon 17:00"},
    (SAME, "Mon 09:00"): {CUT: "Mon 17:00"},
    (SAME, "Mon 15:59"): {CUT: "Mon 17:00"},
    (SAME, "Mon 16:00"): {CUT: "Tue 17:00"},
    (SAME, "Mon 16:59"): {CUT: "Tue 17:00"},
    (SAME, "Mon 17:00"): {CUT: "Tue 17:00"},
    (SAME, "Mon 23:59"): {CUT: "Tue 17:00"},
    (SAME, "Thu 15:59"): {CUT: "Thu 17:00"},
    (SAME, "Thu 16:00"): {CUT: "Fri 16:00"},
    (SAME, "Fri 00:00"): {CUT: "Fri 16:00", NOTE: MON},
    (SAME, "Fri 15:59"): {CUT: "Fri 16:00", NOTE: MON},
    (SAME, "Fri 16:00"): {CUT: MON, NOTE: MON},
    (SAME, "Sat 10:00"): {CUT: MON},
    (SAME, "Sun 10:00"): {CUT: MON},
    (NEXT, "Mon 09:00"): {CUT: "Tue 17:00"},
    (NEXT, "Mon 16:30"): {CUT: "Tue 17:00"},
    (NEXT, "Wed 23:59"): {CUT: "Thu 17:00"},
    (NEXT, "Thu 10:00"): {CUT: "Fri 16:00"},
    (NEXT, "Fri 10:00"): {CUT: MON, NOTE: MON},
    (NEXT, "Fri 18:00"): {CUT: MON, NOTE: MON},
    (NEXT, "Sat 10:00"): {CUT: MON, OPENING: TUE},
    (NEXT, "Sun 23:59"): {CUT: MON, OPENING: TUE},
}
HOLIDAYS: dict[tuple[ReplyClass, str], Readings] = {
    (SAME, "2026-12-24T15:59"): {CUT: "2026-12-24T17:00"},
    (SAME, "2026-12-24T16:00"): {CUT: "2026-12-29T17:00"},
    (NEXT, "2026-12-24T10:00"): {CUT: "2026-12-29T17:00"},
    (SAME, "2026-12-25T10:00"): {CUT: "2026-12-29T17:00", NOTE: "2026-12-29T17:00"},
    (SAME, "2026-12-28T10:00"): {CUT: "2026-12-29T17:00"},
    (NEXT, "2026-12-28T10:00"): {CUT: "2026-12-29T17:00", OPENING: "2026-12-30T17:00"},
    (SAME, "2026-04-02T16:00"): {CUT: "2026-04-07T17:00"},
    (SAME, "2026-04-06T10:00"): {CUT: "2026-04-07T17:00"},
    (SAME, "2026-08-28T10:00"): {CUT: "2026-08-28T16:00", NOTE: "2026-09-01T17:00"},
    (NEXT, "2026-08-28T10:00"): {CUT: "2026-09-01T17:00", NOTE: "2026-09-01T17:00"},
    (SAME, "2026-10-23T16:00"): {CUT: "2026-10-26T17:00", NOTE: "2026-10-26T17:00"},
}


def due(wanted: ReplyClass, moment: str, calendar: Calendar = ENGLISH) -> Due:
    return class_due(wanted, at(moment), FOUR, OFFICE, calendar)


def kept(readings: Readings) -> Due:
    return Due(tuple(Reading(name, at(moment)) for name, moment in readings.items()))


@pytest.mark.parametrize(("case", "readings"), WEEK.items())
def test_each_class_is_due_over_the_week_under_every_reading(case: tuple[ReplyClass, str], readings: Readings) -> None:
    assert due(*case) == kept(readings)


@pytest.mark.parametrize(("case", "readings"), HOLIDAYS.items())
def test_bank_holidays_are_no_working_days(case: tuple[ReplyClass, str], readings: Readings) -> None:
    assert due(*case) == kept(readings)


def test_on_a_friday_the_later_reading_is_promised_and_the_earlier_is_the_target() -> None:
    friday = due(SAME, "Fri 10:00")
    assert (friday.target, friday.promise) == (at("Fri 16:00"), at(MON))


def test_a_closed_day_is_no_working_day() -> None:
    training = closing(closure("2026-11-24T00:00", "2026-11-25T00:00"))
    assert due(SAME, "Mon 16:00", training) == kept({CUT: "Wed 17:00"})
    assert due(SAME, "Tue 10:00", training) == kept({CUT: "Wed 17:00"})


def test_the_cut_off_is_by_class_and_not_by_open_or_closed() -> None:
    assert verdict(OFFICE, at("Thu 16:30"), ENGLISH).is_open
    assert due(SAME, "Thu 16:30").target == at("Fri 16:00")


def test_another_cut_off_holds_where_a_plan_has_one() -> None:
    noon = CutOff(12 * 60)
    moments = ["Mon 11:59", "Mon 12:00"]
    found = [class_due(SAME, at(moment), noon, OFFICE, ENGLISH).promise for moment in moments]
    assert found == [at("Mon 17:00"), at("Tue 17:00")]


@settings(deadline=None)
@given(st.sampled_from(ReplyClass), st.integers(0, 3 * 365 * 1440))
def test_a_promise_is_never_before_the_target_nor_the_target_before_the_request(
    wanted: ReplyClass, minute: int
) -> None:
    received = at("2026-01-01T00:00") + minute * MINUTE
    found = class_due(wanted, received, FOUR, OFFICE, ENGLISH)
    assert received < found.target <= found.promise
    for reading in found.readings:
        assert verdict(OFFICE, reading.at - MINUTE, ENGLISH).is_open
        assert not verdict(OFFICE, reading.at, ENGLISH).is_open


@settings(deadline=None)
@given(st.sampled_from(ReplyClass), st.integers(0, 7 * 1440), st.integers(0, 1440))
def test_who_asks_later_is_never_promised_an_earlier_reply(wanted: ReplyClass, minute: int, later: int) -> None:
    first = class_due(wanted, MONDAY + minute * MINUTE, FOUR, OFFICE, ENGLISH)
    second = class_due(wanted, MONDAY + (minute + later) * MINUTE, FOUR, OFFICE, ENGLISH)
    assert first.target <= second.target
    assert timedelta(0) <= first.promise - first.target
