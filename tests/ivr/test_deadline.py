"""By when does Devon promise a reply to a review request, in both classes and on either side of 16:00? (D:8, D:10)"""

import pytest

from tests.telling import Switchboard

SAME_DAY, NEXT_DAY = "3", "4"
HEADER = {SAME_DAY: "C E T R same day response", NEXT_DAY: "C E T R next day response"}

PROMISES = [
    (SAME_DAY, "Wed 10:00", "5 p.m. today"),
    (SAME_DAY, "Wed 15:58", "5 p.m. today"),
    (SAME_DAY, "Wed 16:00", "5 p.m. tomorrow, Thursday 26 November"),
    (SAME_DAY, "Thu 16:30", "4 p.m. tomorrow, Friday 27 November"),
    (SAME_DAY, "Fri 09:00", "5 p.m. on Monday 30 November"),
    (SAME_DAY, "Fri 15:57", "5 p.m. on Monday 30 November"),
    (SAME_DAY, "2026-12-24T10:00", "5 p.m. today"),
    (SAME_DAY, "2026-12-24T16:10", "5 p.m. on Tuesday 29 December"),
    (NEXT_DAY, "Wed 10:00", "5 p.m. tomorrow, Thursday 26 November"),
    (NEXT_DAY, "Wed 16:30", "5 p.m. tomorrow, Thursday 26 November"),
    (NEXT_DAY, "Thu 10:00", "4 p.m. tomorrow, Friday 27 November"),
    (NEXT_DAY, "Fri 10:00", "5 p.m. on Monday 30 November"),
]


@pytest.mark.parametrize(("key", "when", "promise"), PROMISES, ids=str)
def test_the_promise_is_said_with_the_header_and_the_address(
    board: Switchboard, key: str, when: str, promise: str
) -> None:
    call = board.ring("devon", when).presses("5").presses(key).hears(HEADER[key])
    call.hears("at devon dot gov dot uk").hears(f"We will reply by {promise}.")


def test_a_friday_keeps_the_earlier_reading_as_the_desks_target(board: Switchboard) -> None:
    board.ring("devon", "Fri 10:00").presses("5").presses(SAME_DAY)
    assert "A reply is promised by Mon 30 Nov 2026 17:00, aimed at Fri 27 Nov 2026 16:00." in board.reasons


def test_afterwards_the_caller_may_hear_the_choices_again_or_end(board: Switchboard) -> None:
    board.ring("devon").presses("5").presses(SAME_DAY).presses("1").hears("the same day, press 3.")
    board.ring("devon").presses("5").presses(SAME_DAY).presses("2").hears("dial 9 9 9. Goodbye.").has_ended()
