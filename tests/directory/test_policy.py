"""Which numbers may be dialled?"""

import phonenumbers
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from phonenumbers import PhoneNumberType

from directory.numbers import Number, number_from
from directory.policy import Denial, denial, is_never_dialled, may_be_texted

ALLOWED = ["01392 388481", "020 7946 0101", "028 9052 0100", "07790770713", "0345 155 1071", "0300 123 4567", "0330 123 4567",
           "0370 123 4567", "0800 1111", "0808 800 5000"]  # fmt: skip
REFUSED = {
    Denial.REVENUE_SHARE: ["0843 123 4567", "0844 123 4567", "0845 600 0388", "0870 123 4567", "0871 123 4567", "0872 123 4567"],
    Denial.PREMIUM: ["0909 879 0000", "0912 345 6789", "0982 123 4567"],
    Denial.PERSONAL_NUMBER: ["070 1234 5678", "07012 345678"],
    Denial.CROWN_DEPENDENCY: ["01534 440000", "01481 717000", "01624 685000", "07911 123456", "07624 123456", "07797 712345",
                              "07781 123456", "07829 712345", "07924 123456"],
    Denial.ABROAD: ["+33 1 40 20 50 50", "+353 1 677 1111", "+1 212 456 1414", "+881 6 1234 5678", "+870 773 123456",
                    "+882 16 12345678", "+800 1234 5678", "+979 123456789"],
    Denial.OTHER: ["07600 123456", "07640 123456", "07693 123456", "056 1234 5678", "055 1234 5678"],
}  # fmt: skip
CASES = [(code, text) for code, texts in REFUSED.items() for text in texts]
PREFIXES = ("0121", "01534", "01481", "01624", "020", "03", "055", "056", "07", "07624", "0791", "070", "076", "080", "084", "087",
            "09", "00881", "0033", "001")  # fmt: skip


def number(text: str) -> Number:
    found = number_from(text)
    assert isinstance(found, Number), text
    return found


@pytest.mark.parametrize("text", ALLOWED)
def test_fixed_mobile_03_and_freephone_numbers_may_be_dialled(text: str) -> None:
    assert denial(number(text)) is None


@pytest.mark.parametrize(("code", "text"), CASES)
def test_everything_else_is_refused_with_its_code(code: Denial, text: str) -> None:
    assert denial(number(text)) is code


@pytest.mark.parametrize("behind", [",,9", ";ext=5", "x5", "\n", "#", " ", ";isub=12", "w9", "</Number>", "٣"])
def test_a_number_with_anything_behind_it_is_not_one_that_may_be_dialled(behind: str) -> None:
    assert denial(Number("+441392388481")) is None
    assert denial(Number(f"+441392388481{behind}")) is Denial.OTHER


@pytest.mark.parametrize(
    "text",
    [
        "client:+441392388481",
        "tel:+441392388481",
        "+44 (0)1392 388481",
        "+4401392388481",
        "+4405512904213",
        "+44800FLOWERS",
        "+44５５12345678",
        "",
    ],
)
def test_what_is_not_written_as_we_hold_numbers_may_not_be_dialled(text: str) -> None:
    assert denial(Number(text)) is Denial.OTHER


def test_an_084_number_is_the_only_denied_one_that_some_authority_may_dial() -> None:
    assert not is_never_dialled(number("0845 600 0388"))
    assert not is_never_dialled(number("01392 388481"))
    assert all(is_never_dialled(number(text)) for code, text in CASES if code is not Denial.REVENUE_SHARE)


@pytest.mark.parametrize(("text", "is_written_to"), [
    ("+447790770713", True), ("+447700900123", True), ("+441392388481", False), ("+447924123456", False), ("+447012345678", False),
    ("+447600123456", False), ("+447645446936", False), ("+447790770713,,9", False), ("+12424561414", False), ("+44779077071", False),
])  # fmt: skip
def test_text_messages_go_to_mobiles_only(text: str, is_written_to: bool) -> None:
    assert may_be_texted(Number(text)) is is_written_to


def test_every_denial_has_an_example() -> None:
    assert set(Denial) == set(REFUSED)


@pytest.mark.parametrize("text", REFUSED[Denial.REVENUE_SHARE])
def test_an_084_or_087_number_is_dialled_when_the_authority_names_it(text: str) -> None:
    named = number(text)
    assert denial(named, frozenset({named.e164})) is None
    assert denial(named, frozenset({"+448451234567"})) is Denial.REVENUE_SHARE


@pytest.mark.parametrize(("code", "text"), [case for case in CASES if case[0] is not Denial.REVENUE_SHARE])
def test_no_exception_opens_anything_but_084_and_087(code: Denial, text: str) -> None:
    assert denial(number(text), frozenset({number(text).e164})) is code


def permitted(e164: str) -> bool:
    """The policy in the words of the numbering plan, asked of phonenumbers directly."""
    parsed = phonenumbers.parse(e164, None)
    if (
        e164.startswith("+447924")
        or phonenumbers.region_code_for_number(parsed) != "GB"
        or not phonenumbers.is_valid_number(parsed)
    ):
        return False
    kind = phonenumbers.number_type(parsed)
    plain = {PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE, PhoneNumberType.TOLL_FREE}
    return kind in plain or (kind == PhoneNumberType.UAN and e164.startswith("+443"))


@given(st.sampled_from(PREFIXES), st.from_regex(r"[0-9]{7,9}", fullmatch=True))
@example("07", "911123456")
@example("055", "12345678")
@example("0800", "1111000")
def test_no_number_outside_the_policy_is_ever_allowed_nor_one_within_it_refused(prefix: str, rest: str) -> None:
    found = number_from(prefix + rest)
    if isinstance(found, Number):
        assert (denial(found) is None) == permitted(found.e164), found.e164


@given(st.sampled_from(PREFIXES), st.from_regex(r"[0-9]{7,9}", fullmatch=True))
def test_an_exception_never_opens_a_number_that_is_not_084_or_087(prefix: str, rest: str) -> None:
    found = number_from(prefix + rest)
    if isinstance(found, Number) and denial(found, frozenset({found.e164})) is None:
        assert permitted(found.e164) or found.e164.startswith(("+4484", "+4487"))
