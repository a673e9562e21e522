"""Which texts are refused as a number, and with which code?"""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from directory.numbers import ExtensionRule, Number, NumberRefusal, number_from

DEVON = ExtensionRule(4, "0139238")
RULES = [None, DEVON]
REFUSALS = {
    NumberRefusal.EMPTY: ["", "   ", "\t\n"],
    NumberRefusal.CHARACTERS: [
        "anonymous", "Anonymous", "Restricted", "unknown", "unavailable", "p:0000", "sip:duty@example.org", "01392 388481 office",
        "client:duty", "1" * 31, "+", "++441392388481", "٠١٣٩٢٣٨٨٤٨١", "tel:+441392388481", "0139238848I",
    ],
    NumberRefusal.SHORT_CODE: [
        "999", "112", "101", "111", "105", "116000", "116 000", "119", "118", "118500", "118 118", "9 9 9", "9-9-9", "+999", " 999 ",
    ],
    NumberRefusal.RELAY_PREFIX: [
        "18000", "18001", "18002", "18001 01392 388481", "1800101392388481", "18002999", "18000 999", "18001-020 7946 0101",
    ],
    NumberRefusal.HAS_EXTENSION: [
        "01392 388481 x4050", "01392 388481x4050", "01392 388481 ext 4050", "01392 388481 ext. 4050", "01392 388481 extn 4050",
        "01392 388481 X4050", "01392 388481 EXT 4050", "01392 388481#4050", "(01392 388481) x1",
    ],
    NumberRefusal.INVALID: [
        "388481", "848", "84811", "01392", "01392 38848", "01392 3884811", "+44999", "+44 999", "+448481", "01632 960001", "07700 900123",
        "+266696687", "266696687", "+7378742833", "+86282452253", "2562533", "8656696", "()", "00000000000", "+4400000",
    ],
}  # fmt: skip
CASES = [(code, text) for code, texts in REFUSALS.items() for text in texts]


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(("code", "text"), CASES)
def test_a_text_that_is_no_number_is_refused_with_its_code(
    code: NumberRefusal, text: str, rule: ExtensionRule | None
) -> None:
    assert number_from(text, rule) is code


@pytest.mark.parametrize("text", ["99", "1", "11", "18"])
def test_a_few_digits_are_no_number(text: str) -> None:
    assert number_from(text, DEVON) is NumberRefusal.INVALID


@given(st.text() | st.from_regex(r"\+?[0-9 ()./-]{1,30}", fullmatch=True))
@example("+" + "0" * 29)
@example("01392 388481 x")
def test_whatever_is_typed_comes_back_as_a_number_or_a_code_and_never_as_a_fault(text: str) -> None:
    assert isinstance(number_from(text, DEVON), Number | NumberRefusal)
    assert isinstance(number_from(text), Number | NumberRefusal)


@given(st.from_regex(r"(999|112|101|111|105|119|118[0-9]{0,3}|1800[012][0-9]{0,12})", fullmatch=True))
def test_no_emergency_directory_or_relay_code_is_ever_a_number_without_a_rule(text: str) -> None:
    assert not isinstance(number_from(text), Number)


@given(
    st.sampled_from(["01392 388481", "07790770713", "0345 155 1071"]),
    st.from_regex(r" ?(x|ext\.?|#) ?[0-9]{1,6}", fullmatch=True),
)
def test_digits_behind_a_number_are_never_dropped_silently(number: str, behind: str) -> None:
    assert number_from(number + behind, DEVON) is NumberRefusal.HAS_EXTENSION


def test_every_refusal_has_an_example_here_or_in_the_extension_tests() -> None:
    assert set(NumberRefusal) == {*REFUSALS, NumberRefusal.NO_EXTENSION_RULE}
