"""Which numbers may be dialled at all? Asked when a number is written, and again when it is dialled."""

import re
from collections.abc import Container
from enum import StrEnum
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

from directory.numbers import E164, Number

CROWN_DEPENDENCIES = frozenset({"JE", "GG", "IM"})
ALLOWED = frozenset({PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE,
                     PhoneNumberType.UAN, PhoneNumberType.TOLL_FREE})  # fmt: skip
DENIED_BY_PREFIX = {
    "+4484": "revenue-share",
    "+4487": "revenue-share",
    "+449": "premium",
    "+4470": "personal-number",
    "+447924": "crown-dependency",  # the Isle of Man's, though the library takes it for a mobile of ours as well
    "+447624": "crown-dependency",
    "+4476": "not-allowed",  # pagers, also of ranges that the library does not know
    "+4455": "not-allowed",  # corporate numbers: UAN to phonenumbers, though none is an 03 number
}


MOBILE = re.compile(r"\+447[0-9]{9}")


class Denial(StrEnum):
    """Why a valid number may not be dialled."""

    REVENUE_SHARE = "destination-revenue-share"
    PREMIUM = "destination-premium"
    PERSONAL_NUMBER = "destination-personal-number"
    CROWN_DEPENDENCY = "destination-crown-dependency"
    ABROAD = "destination-abroad"
    OTHER = "destination-not-allowed"


def denial(number: Number, exceptions: Container[str] = frozenset()) -> Denial | None:
    """Why ``number`` may not be dialled, or nothing. ``exceptions`` holds E.164 texts; they open 084 and 087 only."""
    denied = _denial(number.e164)
    return None if denied is Denial.REVENUE_SHARE and number.e164 in exceptions else denied


def is_never_dialled(number: Number) -> bool:
    """What no exception opens. Looked at once more where a number is written into a document or sent to the telephone company: a
    file of ours that somebody has altered must not ring it either."""
    return denial(number) not in (None, Denial.REVENUE_SHARE)


def may_be_texted(number: Number) -> bool:
    """Whether a text message may go there: to a mobile that is neither personal, nor the islands', nor a pager. A mobile of no known
    range is written to; that costs nothing."""
    return MOBILE.fullmatch(number.e164) is not None and denial(number) in (None, Denial.ABROAD)


@lru_cache(maxsize=131_072)
def _denial(e164: str) -> Denial | None:
    if not E164.fullmatch(e164):
        return Denial.OTHER
    for prefix, name in DENIED_BY_PREFIX.items():
        if e164.startswith(prefix):
            return Denial(f"destination-{name}")
    try:
        parsed = phonenumbers.parse(e164, None)
    except NumberParseException:
        return Denial.OTHER
    if phonenumbers.format_number(parsed, PhoneNumberFormat.E164) != e164:  # +44 0..., which is read as another number
        return Denial.OTHER
    region = phonenumbers.region_code_for_number(parsed)
    if region != "GB":
        return Denial.CROWN_DEPENDENCY if region in CROWN_DEPENDENCIES else Denial.ABROAD
    return None if phonenumbers.number_type(parsed) in ALLOWED else Denial.OTHER
