"""Which texts are a week, and which part is at fault where one is not?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.hours import DAYS, Span, Week, week_from

NINE_TO_FIVE, NINE_TO_FOUR = (Span(540, 1020),), (Span(540, 960),)
REFUSED = {
    "Mon-Thu 09:00-17:00; Fri 16:00-09:00": "fri 16:00-09:00",
    "Mon 17:00-09:00": "mon 17:00-09:00",
    "Mon 09:00-09:00": "mon 09:00-09:00",
    "Mon 09:00-24:01": "mon 09:00-24:01",
    "Mon 09:00-25:00": "mon 09:00-25:00",
    "Mon 09:60-17:00": "mon 09:60-17:00",
    "Mon 9:00-17:00": "mon 9:00-17:00",
    "Mon 0900-1700": "mon 0900-1700",
    "Mon 09:00": "mon 09:00",
    "Mon": "mon",
    "09:00-17:00": "09:00-17:00",
    "Monday 09:00-17:00": "monday 09:00-17:00",
    "Xyz 09:00-17:00": "xyz 09:00-17:00",
    "Mon-Xyz 09:00-17:00": "mon-xyz 09:00-17:00",
    "Fri-Mon 09:00-17:00": "fri-mon 09:00-17:00",
    "Mon-Fri 09:00-17:00; Wed 10:00-12:00": "wed 10:00-12:00",
    "Mon 09:00-12:00 11:00-17:00": "mon 09:00-12:00 11:00-17:00",
    "Mon 13:00-17:00 09:00-12:00": "mon 13:00-17:00 09:00-12:00",
    "Mon 09:00-12:00, 13:00-17:00": "mon 09:00-12:00, 13:00-17:00",
    "PH off": "ph off",
    "always; Mon 09:00-17:00": "always",
    "Mon 09:00-17:00;": "",
    "": "",
}


def open_days(week: Week | str) -> dict[str, tuple[Span, ...]]:
    assert not isinstance(week, str), week
    return {day: spans for day, spans in zip(DAYS, week, strict=True) if spans}


def test_devons_printed_hours_are_read() -> None:
    week = week_from("Mon-Thu 09:00-17:00; Fri 09:00-16:00")
    assert week == (NINE_TO_FIVE, NINE_TO_FIVE, NINE_TO_FIVE, NINE_TO_FIVE, NINE_TO_FOUR, (), ())


@pytest.mark.parametrize("text", ["always", " Always ", "ALWAYS"])
def test_always_is_every_minute_of_every_day(text: str) -> None:
    assert week_from(text) == ((Span(0, 1440),),) * 7


def test_a_day_may_close_for_lunch() -> None:
    assert open_days(week_from("Wed 09:00-12:30 13:30-17:00")) == {"wed": (Span(540, 750), Span(810, 1020))}


def test_midnight_at_the_end_of_a_day_is_24_00() -> None:
    assert open_days(week_from("Sun 00:00-24:00")) == {"sun": (Span(0, 1440),)}


def test_case_and_space_do_not_matter() -> None:
    assert week_from("  MON-fri   09:00-17:00 ;SAT 10:00-12:00 ") == week_from("Mon-Fri 09:00-17:00; Sat 10:00-12:00")


@pytest.mark.parametrize(("text", "part"), REFUSED.items())
def test_what_cannot_be_read_comes_back_as_the_part_at_fault(text: str, part: str) -> None:
    assert week_from(text) == part


@given(st.text(max_size=40))
def test_any_text_is_a_week_or_a_part_at_fault_and_never_a_fault_of_ours(text: str) -> None:
    week = week_from(text)
    assert isinstance(week, str) or len(week) == 7


@given(st.lists(st.integers(0, 1440), min_size=2, max_size=6, unique=True), st.sampled_from(DAYS))
def test_any_spans_in_order_are_read_as_they_stand(edges: list[int], day: str) -> None:
    ordered = sorted(edges[: len(edges) // 2 * 2])
    spans = [Span(*ordered[at : at + 2]) for at in range(0, len(ordered), 2)]
    text = " ".join(f"{s.opens // 60:02}:{s.opens % 60:02}-{s.closes // 60:02}:{s.closes % 60:02}" for s in spans)
    assert open_days(week_from(f"{day} {text}")) == {day: tuple(spans)}
