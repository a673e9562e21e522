"""What is a telephone number to us, and which strings are one?"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneMetadata, PhoneNumberFormat

BRITISH = "+44"
E164 = re.compile(r"\+[1-9][0-9]{6,14}")
"""A number as it is held. Nothing else is ever dialled: pauses, extensions and letters behind one are keyed on the phone that answers."""

SHORT_CODES = frozenset({"999", "112", "101", "111", "105", "116000", "116006", "116111", "116117", "116123", "119"})
RELAY_PREFIXES = ("18000", "18001", "18002")
DIALLABLE = re.compile(r"\+?[0-9 ().\-/]+")
WITH_EXTENSION = re.compile(r"[0-9)]\s*(?:x|ext\.?|extn\.?|#)\s*[0-9]+$", re.IGNORECASE)


class NumberRefusal(StrEnum):
    """Why a text is not a number that anybody can be given."""

    EMPTY = "number-empty"
    CHARACTERS = "number-characters"
    SHORT_CODE = "number-short-code"
    RELAY_PREFIX = "number-relay-prefix"
    HAS_EXTENSION = "number-has-extension"
    NO_EXTENSION_RULE = "number-no-extension-rule"
    INVALID = "number-invalid"


@dataclass(frozen=True, slots=True, order=True)
class Number:
    """A valid telephone number, held as E.164 (``+441392388481``). Built by ``number_from`` or from our own records."""

    e164: str

    @property
    def national(self) -> str:
        """As printed in Britain: ``01392 388481``."""
        return _national(self.e164)

    @property
    def spoken(self) -> str:
        """Digit by digit, with a rest between groups, since Say reads unspaced digits as one number."""
        return ", ".join(" ".join(group) for group in self.national.split())


@dataclass(frozen=True, slots=True)
class ExtensionRule:
    """How an authority's extensions become full numbers: exactly ``digits`` digits go behind ``prefix`` (Devon, D:30)."""

    digits: int
    prefix: str

    def expand(self, text: str) -> str:
        """The full number of an extension; any other text as it came."""
        return self.prefix + text if len(text) == self.digits and text.isdecimal() else text

    def extension(self, number: Number) -> str | None:
        """The extension that stands for this number, where it has one."""
        digits = "0" + number.e164.removeprefix("+44")
        return digits[-self.digits :] if digits == self.prefix + digits[-self.digits :] else None


def number_from(text: str, rule: ExtensionRule | None = None) -> Number | NumberRefusal:
    """Read any British spelling: an extension under ``rule``, ``01392 388481``, ``345 155 1071``, ``+44 (0)1392 388481``."""
    trimmed = text.strip()
    if not trimmed:
        return NumberRefusal.EMPTY
    digits = re.sub(r"\D", "", trimmed)
    return _refusal(trimmed, digits, rule) or _parsed(rule.expand(trimmed) if rule else trimmed)


def _refusal(text: str, digits: str, rule: ExtensionRule | None) -> NumberRefusal | None:
    if WITH_EXTENSION.search(text):
        return NumberRefusal.HAS_EXTENSION
    if not DIALLABLE.fullmatch(text) or len(text) > 30:
        return NumberRefusal.CHARACTERS
    if rule and rule.expand(text) != text:
        return None
    if digits in SHORT_CODES or (digits.startswith("118") and len(digits) <= 6):
        return NumberRefusal.SHORT_CODE
    if digits.startswith(RELAY_PREFIXES):
        return NumberRefusal.RELAY_PREFIX
    return NumberRefusal.NO_EXTENSION_RULE if len(digits) == 4 else None


@lru_cache(maxsize=65_536)
def _parsed(text: str) -> Number | NumberRefusal:
    try:
        parsed = phonenumbers.parse(text, "GB")
    except NumberParseException:
        return NumberRefusal.INVALID
    if not phonenumbers.is_valid_number(parsed):
        return NumberRefusal.INVALID
    return Number(phonenumbers.format_number(parsed, PhoneNumberFormat.E164))


@lru_cache(maxsize=65_536)
def _national(e164: str) -> str:
    digits = e164.removeprefix(BRITISH)
    if digits != e164:
        for beginning, shape in _spacings():
            found = shape.fullmatch(digits) if beginning.match(digits) else None
            if found:
                return f"0{' '.join(found.groups())}"
    return _formatted(e164)


@lru_cache(maxsize=1)
def _spacings() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Where British numbers have their spaces, by the library's own table: how a number begins, and its groups. The
    library itself takes ten times as long, and a directory may hold 100,000 numbers."""
    table = PhoneMetadata.metadata_for_region("GB")
    spacings = table.number_format if table else ()
    return tuple((re.compile(one.leading_digits_pattern[-1]), re.compile(one.pattern or "")) for one in spacings)


def _formatted(e164: str) -> str:
    parsed = phonenumbers.parse(e164, None)
    if parsed.country_code != 44:
        return phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL)
    return phonenumbers.format_number(parsed, PhoneNumberFormat.NATIONAL)
