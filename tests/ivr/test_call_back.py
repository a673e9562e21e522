"""How is a call-back booked, changed, cancelled, and refused; and is every promise kept in the journal?"""

from typing import Any

import pytest

from tests.telling import Switchboard, at

ASKS = "Please key the number to call you back on"
REFUSED = "That is not a number that we can ring."


def requests(board: Switchboard) -> list[dict[str, Any]]:
    """What the call asked to be kept, in order."""
    assert board.staged is not None
    return [dict(request) for record in board.staged.memory.records for request in record.body.get("requests", ())]


def test_keeping_it_books_once_on_the_callers_own_number(board: Switchboard) -> None:
    call = board.ring("sheffield-cpet").presses("3")
    call.hears("We will call you back on 0 2 0, 7 9 4 6, 0 9 9 9, by 10 a.m. tomorrow, Thursday 26 November.")
    call.presses("1").hears("Your call back is booked").hears("dial 9 9 9").has_ended()
    (booking,) = requests(board)
    assert (booking["do"], booking["number"]) == ("book", "+442079460999")
    assert booking["about"] == "A call back about an enquiry or a referral"


def test_a_caller_who_hangs_up_at_the_read_back_is_still_called(board: Switchboard) -> None:
    board.ring("sheffield-cpet").presses("3").hangs_up().has_ended()
    assert [request["do"] for request in requests(board)] == ["book"]


@pytest.mark.parametrize("key", ["", "4", "*"])
def test_silence_or_any_other_key_hears_the_choices_once_more_and_then_keeps_the_booking(
    board: Switchboard, key: str
) -> None:
    call = board.ring("sheffield-cpet").presses("3")
    for words in ("Your call back is booked. For this number, press 1.", "Goodbye"):
        (call.presses(key) if key else call.waits()).hears(words)
    call.has_ended()
    assert [request["do"] for request in requests(board)] == ["book"]


def test_another_number_replaces_the_first_booking(board: Switchboard) -> None:
    call = board.ring("sheffield-cpet").presses("3").presses("2").hears(ASKS).presses("02079460998#")
    call.hears("We will call you back on 0 2 0, 7 9 4 6, 0 9 9 8").presses("1").has_ended()
    first, withdrawn, second = requests(board)
    assert [first["do"], withdrawn["do"], second["do"]] == ["book", "cancel", "book"]
    assert (withdrawn["node"], withdrawn["hop"]) == (first["node"], first["hop"])
    assert second["number"] == "+442079460998"


def test_a_caller_who_asks_for_another_number_and_hangs_up_keeps_the_first(board: Switchboard) -> None:
    board.ring("sheffield-cpet").presses("3").presses("2").hangs_up().has_ended()
    assert [request["do"] for request in requests(board)] == ["book"]


def test_no_call_back_withdraws_the_booking(board: Switchboard) -> None:
    board.ring("sheffield-cpet").presses("3").presses("3").hears("There will be no call back.").has_ended()
    first, withdrawn = requests(board)
    assert (withdrawn["do"], withdrawn["node"], withdrawn["hop"]) == ("cancel", first["node"], first["hop"])


def test_no_call_back_after_a_change_withdraws_the_second_booking_too(board: Switchboard) -> None:
    call = board.ring("sheffield-cpet").presses("3").presses("2").presses("02079460998#").presses("3")
    call.hears("There will be no call back.").has_ended()
    first, withdrawn, second, last = requests(board)
    assert (last["do"], last["hop"]) == ("cancel", second["hop"])
    assert withdrawn["hop"] == first["hop"] != second["hop"]


def test_a_withheld_caller_keys_a_number(board: Switchboard) -> None:
    call = board.ring("sheffield-cpet", caller="anonymous").presses("3").hears(ASKS).presses("02079460998#")
    call.hears("We will call you back on 0 2 0, 7 9 4 6, 0 9 9 8").presses("1").has_ended()
    assert [request["number"] for request in requests(board)] == ["+442079460998"]


def test_a_number_without_hash_is_taken_after_the_silence(board: Switchboard) -> None:
    board.ring("sheffield-cpet", caller="anonymous").presses("3").presses("02079460998").hears("call you back on 0 2 0")


@pytest.mark.parametrize(
    "keyed",
    ["999#", "112#", "101#", "09098790123#", "08457000000#", "07000000000#", "0033142685300#", "020794601#", "12#",
     "02079460106#", "01142734925#"],
    ids=["999", "112", "101", "premium", "revenue-share", "personal", "abroad", "too-short", "two-digits",
         "this-line", "a-destination"],
)  # fmt: skip
def test_a_number_that_we_may_not_ring_is_refused(board: Switchboard, keyed: str) -> None:
    call = board.ring("sheffield-cpet", caller="anonymous").presses("3").presses(keyed).hears(REFUSED).hears(ASKS)
    assert requests(board) == []
    call.presses("02079460998#").presses("1").hears("Your call back is booked")


def test_three_refused_numbers_end_in_the_emergency_words_and_no_booking(board: Switchboard) -> None:
    call = board.ring("sheffield-cpet", caller="anonymous").presses("3")
    call.presses("999#").presses("999#").presses("999#").hears("no number to call you back on").hears("dial 9 9 9")
    call.has_ended()
    assert requests(board) == []


def test_three_silences_end_likewise(board: Switchboard) -> None:
    call = board.ring("sheffield-cpet", caller="anonymous").presses("3").waits().hears("I did not hear a number.")
    call.waits().waits().hears("no number to call you back on").has_ended()


def test_three_refused_numbers_after_a_booking_keep_the_booking(board: Switchboard) -> None:
    call = board.ring("sheffield-cpet").presses("3").presses("2").presses("999#").presses("999#").presses("999#")
    call.hears("Your call back is booked").has_ended()
    assert [request["do"] for request in requests(board)] == ["book"]


@pytest.mark.parametrize("caller", ["+441142734925", "+33142685300", "+447000000000"])
def test_a_caller_on_a_number_that_we_may_not_ring_keys_another(board: Switchboard, caller: str) -> None:
    board.ring("sheffield-cpet", caller=caller).presses("3").hears(ASKS)
    assert requests(board) == []


def test_no_keyed_number_reaches_a_url(board: Switchboard) -> None:
    call = board.ring("sheffield-cpet").presses("3").presses("2").presses("02079460998#").presses("1")
    assert not any("9460998" in exchange.request.url for exchange in call.exchanges)


def test_both_readings_of_a_friday_call_back_are_kept_and_the_later_is_promised(board: Switchboard) -> None:
    call = board.ring("derbyshire-consultation", "Fri 15:00").presses("1")
    call.hears("by 3 p.m. on Monday 30 November")
    (booking,) = requests(board)
    promised, aimed = at("2026-11-30T15:00"), at("2026-11-28T15:00")
    assert (at(booking["promise"]), at(booking["target"])) == (promised, aimed)


PROMISES = [
    ("derbyshire-consultation", "Wed 10:00", "1", "by 10 a.m. tomorrow, Thursday 26 November"),
    ("derbyshire-consultation", "Fri 17:00", "1", "by 9 a.m. on Tuesday 1 December"),
    ("derbyshire-consultation", "Sat 11:00", "1", "by 9 a.m. on Tuesday 1 December"),
    ("derbyshire-consultation", "2026-12-24T12:00", "1", "by noon on Tuesday 29 December"),
    ("sheffield-cpet", "Fri 16:30", "3", "by 4.30 p.m. on Monday 30 November"),
    ("cambridgeshire-ifd", "Wed 11:00", "01", "by 3 p.m. today"),
    ("cambridgeshire-ifd", "Wed 15:00", "01", "by 11 a.m. tomorrow, Thursday 26 November"),
    ("cambridgeshire-ifd", "Sat 11:00", "1", "by 1 p.m. on Monday 30 November"),
    ("call-derbyshire", "Sat 23:00", "01", "by 9 a.m. on Tuesday 1 December"),
    ("derby", "Wed 16:30", "412", "by 4.30 p.m. tomorrow, Thursday 26 November"),
    ("derby-consultation", "Wed 17:00", "2", "by 10 a.m. on Friday 27 November"),
]


@pytest.mark.parametrize(("line", "when", "keys", "promise"), PROMISES, ids=str)
def test_the_due_time_is_said_with_its_day(board: Switchboard, line: str, when: str, keys: str, promise: str) -> None:
    call = board.ring(line, when)
    for key in keys:
        call.presses(key)
    call.hears("We will call you back").hears(promise)
