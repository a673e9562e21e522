"""How is a number printed, and how is it said?"""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.numbers import Number, number_from

PRINTED = {
    "+441392388481": "01392 388481",
    "+447790770713": "07790 770713",
    "+443456000388": "0345 600 0388",
    "+443451551071": "0345 155 1071",
    "+441142734925": "0114 273 4925",
    "+441629532600": "01629 532600",
    "+442079460101": "020 7946 0101",
    "+448001111": "0800 1111",
}
SPOKEN = {
    "+441392388481": "0 1 3 9 2, 3 8 8 4 8 1",
    "+443451551071": "0 3 4 5, 1 5 5, 1 0 7 1",
    "+447790770713": "0 7 7 9 0, 7 7 0 7 1 3",
    "+442079460101": "0 2 0, 7 9 4 6, 0 1 0 1",
}


@pytest.mark.parametrize(("e164", "national"), PRINTED.items())
def test_a_number_is_printed_as_in_britain(e164: str, national: str) -> None:
    assert Number(e164).national == national


@pytest.mark.parametrize(("e164", "spoken"), SPOKEN.items())
def test_a_number_is_said_digit_by_digit_with_a_rest_between_groups(e164: str, spoken: str) -> None:
    assert Number(e164).spoken == spoken


def test_a_foreign_caller_is_printed_with_the_country() -> None:
    assert Number("+33140205050").national == "+33 1 40 20 50 50"


BEGINNINGS = ("", "1", "2", "7", "8", "11", "121", "15242", "15394", "1697", "16973", "17683", "19467", "1534", "1624",
              "7624", "76", "800", "8001111", "845464")  # fmt: skip


@given(st.sampled_from(BEGINNINGS), st.from_regex("[1-9][0-9]{9}", fullmatch=True), st.sampled_from([7, 9, 10]))
def test_every_british_number_is_printed_as_the_library_prints_it(beginning: str, more: str, length: int) -> None:
    e164 = f"+44{(beginning + more)[:length]}"
    printed = phonenumbers.format_number(phonenumbers.parse(e164), phonenumbers.PhoneNumberFormat.NATIONAL)
    assert Number(e164).national == printed


@given(st.integers(0, 9999))
def test_what_is_printed_reads_back_as_the_same_number(last: int) -> None:
    number = Number(f"+44139238{last:04}")
    assert number_from(number.national) == number
    assert "".join(filter(str.isdigit, number.spoken)) == "0" + number.e164.removeprefix("+44")
