"""What does each line do by day, by night, on a bank holiday, and on either side of its edges?"""

import pytest

from tests.telling import Switchboard

MASH, EDT = "0345 155 1071", "0345 600 0388"
RECEPTION, CARELINE, CONSULTATION, CPET = "01332 641172", "01332 956606", "07812 300329", "0114 273 4925"
HOLIDAY = "2026-12-25T11:00"
SUMMER_HOLIDAY = "2027-05-31T10:00"

RUNGS = [
    ("devon", "Wed 09:00", "3", MASH),
    ("devon", "Wed 08:59", "", EDT),
    ("devon", "Wed 16:59", "3", MASH),
    ("devon", "Wed 17:00", "", EDT),
    ("devon", "Fri 15:59", "3", MASH),
    ("devon", "Fri 16:00", "", EDT),
    ("devon", "Sat 11:00", "", EDT),
    ("devon", "Mon 08:59", "", EDT),
    ("devon", "Mon 09:00", "3", MASH),
    ("devon", "Wed 23:59", "", EDT),
    ("devon", "Wed 00:00", "", EDT),
    ("devon", HOLIDAY, "", EDT),
    ("devon", SUMMER_HOLIDAY, "", EDT),
    ("devon", "2026-10-25T01:30", "", EDT),
    ("derby", "Wed 10:00", "1", RECEPTION),
    ("derby", "Wed 08:59", "1", CARELINE),
    ("derby", "Wed 09:00", "1", RECEPTION),
    ("derby", "Wed 16:59", "1", RECEPTION),
    ("derby", "Wed 17:00", "1", CARELINE),
    ("derby", "Fri 15:59", "2", RECEPTION),
    ("derby", "Fri 16:00", "2", RECEPTION),
    ("derby", "Mon 00:00", "2", CARELINE),
    ("derby", "Mon 08:59", "2", CARELINE),
    ("derby", HOLIDAY, "1", CARELINE),
    ("derby", "Wed 09:59", "411", RECEPTION),
    ("derby", "Wed 10:00", "41", CONSULTATION),
    ("derby", "Wed 15:59", "41", CONSULTATION),
    ("derby", "Wed 16:00", "411", RECEPTION),
    ("derby", HOLIDAY, "411", CARELINE),
    ("derby-consultation", "Wed 10:00", "", CONSULTATION),
    ("derby-consultation", "Fri 15:59", "", CONSULTATION),
    ("derby-consultation", "Wed 09:59", "11", RECEPTION),
    ("derby-consultation", "Fri 16:00", "11", RECEPTION),
    ("derby-consultation", "Wed 17:00", "11", CARELINE),
    ("derby-consultation", HOLIDAY, "11", CARELINE),
    ("sheffield-cpet", "Wed 09:00", "1", CPET),
    ("sheffield-cpet", "Wed 16:59", "1", CPET),
    ("sheffield-cpet", "Fri 15:59", "2", CPET),
    ("sheffield-cpet", "Fri 16:00", "2", CPET),
]


@pytest.mark.parametrize(("line", "when", "keys", "number"), RUNGS, ids=str)
def test_a_line_rings_the_team_of_the_hour(board: Switchboard, line: str, when: str, keys: str, number: str) -> None:
    call = board.ring(line, when).hears("9 9 9")
    for key in keys:
        call.presses(key)
    call.rings(number).answers(presses="1").talks(60).callee_hangs_up().has_ended()


SPOKEN = [
    ("sheffield-cpet", "Wed 08:59", "The enquiry team is closed now."),
    ("sheffield-cpet", "Wed 17:00", "The enquiry team is closed now."),
    ("sheffield-cpet", "Sat 11:00", "The enquiry team is closed now."),
    ("sheffield-cpet", HOLIDAY, "The enquiry team is closed now."),
    ("cambridgeshire-ifd", "Wed 08:59", "Our office is closed now."),
    ("cambridgeshire-ifd", "Wed 09:00", "For a concern about a child, press 1."),
    ("cambridgeshire-ifd", "Fri 15:59", "For a concern about a child, press 1."),
    ("cambridgeshire-ifd", "Fri 16:00", "For a concern about a child, press 1."),
    ("cambridgeshire-ifd", "Fri 17:00", "Our office is closed now."),
    ("cambridgeshire-ifd", HOLIDAY, "Our office is closed now."),
    ("derbyshire-consultation", "Wed 08:59", "We are closed now."),
    ("derbyshire-consultation", "Fri 17:00", "We are closed now."),
    ("derbyshire-consultation", HOLIDAY, "We are closed now."),
    ("derby-consultation", "Wed 09:59", "Consultation is closed now."),
    ("derby-consultation", "Fri 16:00", "Consultation is closed now."),
    ("derby-consultation", "Sat 11:00", "Consultation is closed now."),
]


@pytest.mark.parametrize(("line", "when", "words"), SPOKEN, ids=str)
def test_a_line_says_whether_it_is_open(board: Switchboard, line: str, when: str, words: str) -> None:
    board.ring(line, when).hears("9 9 9").hears(words)


@pytest.mark.parametrize("when", ["Wed 09:00", "Wed 16:59", "Fri 15:59", "Fri 16:00"])
def test_derbyshires_consultation_is_open_without_a_word_about_hours(board: Switchboard, when: str) -> None:
    board.ring("derbyshire-consultation", when).hears("A social worker will call you back").does_not_hear("closed")


@pytest.mark.parametrize("when", ["Wed 10:00", "Wed 17:00", "Fri 15:59", "Fri 16:00", "Sat 03:00", HOLIDAY])
@pytest.mark.parametrize("line", ["call-derbyshire", "derby"])
def test_a_line_that_never_closes_offers_the_same_choices_at_every_hour(
    board: Switchboard, line: str, when: str
) -> None:
    noon = board.ring(line, "Wed 12:00").transcript[0].text
    assert board.ring(line, when).transcript[0].text == noon


@pytest.mark.parametrize(
    ("when", "team"),
    [("Wed 16:59", "Call Handlers"), ("Wed 17:00", "Out of Hours Team"), ("Wed 08:59", "Out of Hours Team"),
     ("Wed 09:00", "Call Handlers"), ("Sat 12:00", "Out of Hours Team"), (HOLIDAY, "Out of Hours Team")],
)  # fmt: skip
def test_call_derbyshire_looks_for_the_team_of_the_hour_and_says_that_no_number_is_printed(
    board: Switchboard, when: str, team: str
) -> None:
    board.ring("call-derbyshire", when).presses("1").hears("ask us to call you back").hears("For a call back, press 1.")
    missing = [reason for reason in board.reasons if reason.startswith("No number is known for")]
    assert missing[0] == f"No number is known for {team}."


@pytest.mark.parametrize(
    ("when", "teams"),
    [("Wed 12:00", ["Call Handlers", "Out of Hours Team"]), ("Wed 20:00", ["Out of Hours Team"]),
     ("Sat 12:00", ["Out of Hours Team"])],
)  # fmt: skip
def test_call_derbyshire_looks_for_the_out_of_hours_team_alone_by_night_although_it_never_closes(
    board: Switchboard, when: str, teams: list[str]
) -> None:
    board.ring("call-derbyshire", when).presses("1").hears("For a call back, press 1.")
    missing = [reason for reason in board.reasons if reason.startswith("No number is known for")]
    assert missing == [f"No number is known for {team}." for team in teams]
    assert "This line never closes." in board.reasons


def test_a_bank_holiday_is_given_as_the_reason(board: Switchboard) -> None:
    board.ring("devon", HOLIDAY)
    assert "Closed for the bank holiday Christmas Day." in board.reasons
