"""Devon's line, told as callers hear it."""

from tests.telling import Switchboard


def test_a_new_concern_rings_the_hub(board: Switchboard) -> None:
    call = board.ring("devon").hears("dial 9 9 9").presses("3").hears("Calling MASH").rings("0345 155 1071")
    assert call.answers().talks(60).callee_hangs_up().hears("Goodbye").has_ended()


def test_a_duty_desk_is_whispered_to_and_accepts_with_a_key(board: Switchboard) -> None:
    call = board.ring("devon").presses("2").presses("1").presses("1").rings("01392 388481")
    assert (
        call.answers(presses="1")
        .whispers("Press 1 to accept: Initial Response North, Devon social care.")
        .talks(30)
        .callee_hangs_up()
        .has_ended()
    )


def test_a_mailbox_never_counts_as_a_person(board: Switchboard) -> None:
    call = board.ring("devon").presses("2").presses("1").presses("3").rings("07790 770713").voicemail()
    call.hears("could not take the call").rings("0345 155 1071")


def test_out_of_hours_nothing_is_asked_and_the_emergency_duty_team_rings(board: Switchboard) -> None:
    board.ring("devon", "Fri 16:00").hears("offices are closed").rings("0345 600 0388")


def test_nobody_answers_and_the_safe_message_offers_a_call_back(board: Switchboard) -> None:
    call = board.ring("devon", "Sat 11:00").rings("0345 600 0388").no_answer()
    call.hears("dial 9 9 9").hears("For a call back, press 1").presses("1")
    call.hears("We will call you back on 0 2 0, 7 9 4 6, 0 9 9 9").presses("1").hears("Your call back is booked")
    assert call.has_ended()


def test_early_help_has_no_number_and_the_hub_is_tried_instead(board: Switchboard) -> None:
    call = board.ring("devon").presses("4").hears("no number for Early Help").hears("Calling MASH.")
    assert call.rings("0345 155 1071").answers().talks(60).callee_hangs_up().has_ended()


def test_the_same_duty_number_is_whispered_to_by_the_team_that_was_wanted(board: Switchboard) -> None:
    exeter_4 = board.ring("devon").presses("2").presses("4").presses("4").rings("07812 106279").no_answer()
    exeter_4.rings("07581 156261").picks_up().whispers("accept: Children & Families Exeter 4,")
    permanency = board.ring("devon").presses("2").presses("4").presses("5").rings("07581 156261")
    permanency.picks_up().whispers("accept: Permanency & Transition Exeter 1,")


def test_a_whisper_says_nothing_of_the_caller(board: Switchboard) -> None:
    call = board.ring("devon").presses("1").presses("2301").rings("020 7946 0201").picks_up()
    heard = [line.text for line in call.transcript if line.who == "whisper"]
    wanted = "Press 1 to accept: a worker in Children & Families North 1, Devon social care."
    assert heard == [wanted]


def test_a_callee_who_hangs_up_in_the_whisper_has_not_taken_the_call(board: Switchboard) -> None:
    call = board.ring("devon").presses("2").presses("1").presses("1").rings("01392 388481").hangs_up_in_whisper()
    call.hears("They could not take the call. Calling MASH.").rings("0345 155 1071")


def test_a_wrong_key_in_the_whisper_is_no_acceptance(board: Switchboard) -> None:
    call = board.ring("devon").presses("2").presses("1").presses("1").rings("01392 388481").picks_up()
    call.callee_presses("2").hears("could not take the call").rings("0345 155 1071")
