"""Which spellings of a number are read, and as which?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.numbers import ExtensionRule, Number, NumberRefusal, number_from

DEVON = ExtensionRule(4, "0139238")
PRINTED_EXTENSIONS = ["8481", "8646", "4050", "6961", "5198", "4797", "4179", "4121", "4134", "4591", "4590", "4180", "1270",
                      "6183", "5276"]  # fmt: skip
SPELLINGS = {
    "8481": "+441392388481",
    " 8481 ": "+441392388481",
    "01392 388481": "+441392388481",
    "01392388481": "+441392388481",
    "01392 38 8481": "+441392388481",
    "(01392) 388481": "+441392388481",
    "01392-388481": "+441392388481",
    "01392.388481": "+441392388481",
    "01392/388481": "+441392388481",
    "+44 1392 388481": "+441392388481",
    "+441392388481": "+441392388481",
    "+44 (0)1392 388481": "+441392388481",
    "44 1392 388481": "+441392388481",
    "00441392388481": "+441392388481",
    "0044 1392 388481": "+441392388481",
    "0044 (0)1392 388481": "+441392388481",
    "0345 6000 388": "+443456000388",
    "0345 600 0388": "+443456000388",
    "345 155 1071": "+443451551071",
    "0345 155 1071": "+443451551071",
    "07790770713": "+447790770713",
    "7790770713": "+447790770713",
    "07790 770 713": "+447790770713",
    "1392 388481": "+441392388481",
    "0114 273 4925": "+441142734925",
    "01629 532 600": "+441629532600",
    "020 7946 0101": "+442079460101",
    "0800 1111": "+448001111",
}
UNTOUCHED = [
    "07790770713",
    "07792226135",
    "07812106279",
    "07581156261",
    "07812 300329",
    "0345 155 1071",
    "0345 6000 388",
]


@pytest.mark.parametrize(("text", "e164"), SPELLINGS.items())
def test_every_british_spelling_is_read_as_the_same_number(text: str, e164: str) -> None:
    assert number_from(text, DEVON) == Number(e164)


@pytest.mark.parametrize("extension", PRINTED_EXTENSIONS)
def test_each_of_devons_fifteen_extensions_goes_behind_01392_38(extension: str) -> None:
    assert number_from(extension, DEVON) == Number(f"+44139238{extension}")
    assert DEVON.extension(Number(f"+44139238{extension}")) == extension


def test_fifteen_extensions_are_printed() -> None:
    assert len(set(PRINTED_EXTENSIONS)) == 15


@given(st.from_regex(r"[0-9]{4}", fullmatch=True))
def test_exactly_four_digits_are_an_extension_whatever_they_are(extension: str) -> None:
    assert DEVON.expand(extension) == f"0139238{extension}"
    assert number_from(extension, DEVON) == Number(f"+44139238{extension}")


@given(st.from_regex(r"[0-9]{1,3}|[0-9]{5,15}|\+[0-9]{4}|[0-9]{2} [0-9]{2}", fullmatch=True))
def test_any_other_count_of_digits_is_never_put_behind_the_prefix(text: str) -> None:
    assert DEVON.expand(text) == text


@pytest.mark.parametrize("text", UNTOUCHED)
def test_a_mobile_and_an_03_number_are_never_touched_by_the_rule(text: str) -> None:
    assert number_from(text, DEVON) == number_from(text)
    assert isinstance(number_from(text), Number)


@pytest.mark.parametrize("extension", PRINTED_EXTENSIONS)
def test_without_a_rule_an_extension_is_refused_rather_than_guessed(extension: str) -> None:
    assert number_from(extension) is NumberRefusal.NO_EXTENSION_RULE


def test_a_number_outside_the_prefix_has_no_extension() -> None:
    others = [Number("+447790770713"), Number("+443451551071"), Number("+441392481481"), Number("+33123456789")]
    assert [DEVON.extension(number) for number in others] == [None, None, None, None]


def test_a_leading_zero_of_an_extension_survives() -> None:
    assert number_from("0441", DEVON) == Number("+441392380441")
    assert DEVON.extension(Number("+441392380441")) == "0441"
