"""What if the line closes, or opens, while a caller is on it?"""

from tests.telling import Switchboard


def test_at_the_last_second_of_friday_the_duty_desk_still_rings(board: Switchboard) -> None:
    call = board.ring("devon", "2026-11-27T15:59:00").presses("2").presses("1").presses("1").rings("01392 388481")
    assert call.elapsed < 60


def test_a_ladder_that_closing_time_overtakes_goes_on_with_the_night_team(board: Switchboard) -> None:
    call = board.ring("devon", "2026-11-27T15:59:10").presses("1").presses("2301").rings("020 7946 0201").no_answer()
    call.hears("No answer. Calling Out of Hours Emergency Duty Team.")
    call.rings("0345 600 0388").answers().talks(60).callee_hangs_up().has_ended()


def test_a_menu_that_closing_time_overtakes_leads_to_the_night_team(board: Switchboard) -> None:
    call = board.ring("devon", "2026-11-27T15:59:50").hears("For a worker, by extension, press 1.").presses("3")
    call.rings("0345 600 0388")


def test_a_conversation_is_not_ended_by_closing_time(board: Switchboard) -> None:
    call = board.ring("devon", "2026-11-27T15:59:00").presses("3").rings("0345 155 1071").answers().talks(3600)
    call.callee_hangs_up().hears("The call has ended. Goodbye.").has_ended()


def test_a_phone_that_accepts_after_closing_time_is_connected(board: Switchboard) -> None:
    call = board.ring("devon", "2026-11-27T15:58:55").presses("2").presses("1").presses("1").rings("01392 388481")
    call.answers(presses="1", after=19).talks(60).callee_hangs_up().hears("The call has ended").has_ended()


def test_a_night_team_that_opening_time_overtakes_is_followed_by_the_day(board: Switchboard) -> None:
    call = board.ring("devon", "2026-11-30T08:59:40").rings("0345 600 0388").no_answer()
    call.hears("No answer. Calling MASH.").rings("0345 155 1071")


def test_derbys_reception_gives_way_to_careline_at_five(board: Switchboard) -> None:
    call = board.ring("derby", "2026-11-25T16:59:20").presses("1").rings("01332 641172").no_answer()
    call.hears("No answer. Calling Careline.").rings("01332 956606")


def test_a_ladder_begun_by_day_without_a_night_team_is_climbed_to_its_end(board: Switchboard) -> None:
    call = board.ring("derby-consultation", "2026-11-25T15:59:45").rings("07812 300329").no_answer()
    call.hears("No answer. Calling Reception Service.").rings("01332 641172").no_answer()
    call.hears("dial 9 9 9").hears("For a call back, press 1.")


def test_a_ladder_without_a_night_team_is_not_begun_after_closing_time(board: Switchboard) -> None:
    board.ring("derby-consultation", "2026-11-25T16:00").hears("closed").does_not_hear("Calling")


def test_the_hour_that_the_clocks_repeat_is_night_both_times(board: Switchboard) -> None:
    board.ring("devon", "2026-10-25T01:30+01:00").rings("0345 600 0388")
    board.ring("devon", "2026-10-25T01:30+00:00").rings("0345 600 0388")
