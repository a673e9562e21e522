"""What can be wrong with what somebody gave us, and in which words is it said?"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from directory.numbers import NumberRefusal
from directory.policy import Denial


class Fault(StrEnum):
    """Faults of a value other than those of numbers and destinations."""

    MISSING = "missing"
    UNKNOWN = "unknown"
    TAKEN = "taken"
    CHOICE = "choice"
    MOMENT = "moment"
    ORDER = "order"
    COLUMN = "column"
    WIDTH = "width"
    CELL = "cell"
    RULE = "rule"
    EXTENSION = "extension"
    LOOP = "loop"
    TOO_LONG = "too-long"
    REFERRED = "referred"
    CALENDAR = "calendar"
    CALENDAR_LINE = "calendar-line"
    LENGTH = "length"
    ZONE = "zone"
    HOLDER = "holder"
    SEVERAL = "several"
    UNREACHABLE = "unreachable"
    TOO_MANY = "too-many"
    TWICE = "twice"
    FORMULA = "formula"
    SIGNS = "signs"
    HEADING = "heading"
    SLUG = "slug-form"
    FILE = "file"
    ENCODING = "encoding"
    CIRCLE = "circle"
    OUTSIDE = "outside"
    INCOMPLETE = "incomplete"
    APPROVAL = "approval"
    ELSEWHERE = "elsewhere"


Code = Fault | NumberRefusal | Denial


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: where (``row 7, number`` or ``duty_numbers.0.number``), which, and the value that was given."""

    field: str
    code: Code
    value: str = ""

    @property
    def sentence(self) -> str:
        """One plain sentence: field, value, remedy."""
        return f"{self.field}: {WORDS[self.code].format(value=self.value)}"


WORDS: Mapping[Code, str] = {
    Fault.MISSING: "nothing is given; fill it in.",
    Fault.UNKNOWN: "“{value}” is not known; use the slug of one that exists.",
    Fault.TAKEN: "“{value}” is used already; choose another.",
    Fault.CHOICE: "“{value}” is not one of the choices; use one that the documentation lists.",
    Fault.MOMENT: "“{value}” is not a date and time; write it as 2026-11-27T16:00.",
    Fault.ORDER: "“{value}” does not come after the beginning; give a later end.",
    Fault.COLUMN: "“{value}” is not a column that we know; remove it or correct its heading.",
    Fault.WIDTH: "this row has {value} cells too many; put text with commas in quotation marks.",
    Fault.CELL: "a cell holds more than 131,072 characters; check the quotation marks.",
    Fault.RULE: "“{value}” is not a recurrence with an end; give an RRULE with COUNT or UNTIL, at most 400 times.",
    Fault.EXTENSION: "“{value}” is not an extension; give two to six digits.",
    Fault.LOOP: "“{value}” is one of our own lines; a line must not ring itself.",
    Fault.TOO_LONG: "{value} characters are too many; shorten it.",
    Fault.REFERRED: "“{value}” still refers to it; change that first.",
    Fault.CALENDAR: "this is not a calendar that can be read; export it anew as an iCalendar file (.ics).",
    Fault.CALENDAR_LINE: "“{value}” is not a line of an iCalendar file; correct it or take it out.",
    Fault.LENGTH: "“{value}” is not the length of a turn; give DTEND, or a DURATION such as P7D.",
    Fault.ZONE: "“{value}” is not a clock that is read here; use Europe/London or UTC.",
    Fault.HOLDER: "“{value}” is nobody of this authority and no number; write a worker's name, extension or number.",
    Fault.SEVERAL: "“{value}” is the name of several people; write the extension or the number.",
    Fault.UNREACHABLE: "“{value}” has no number that rings; enter one for them first.",
    Fault.TOO_MANY: "{value} are too many; give fewer.",
    Fault.TWICE: "{value} stands there twice; keep one of the two.",
    Fault.FORMULA: "“{value}” is a formula, or the error of one; put its value in the cell.",
    Fault.SIGNS: "the cell holds characters that cannot be kept; remove control characters.",
    Fault.HEADING: "column {value} holds cells and has no heading; give it one, and split merged cells.",
    Fault.SLUG: "“{value}” is not a slug; use small letters, digits and hyphens.",
    Fault.FILE: "this is not a workbook that can be read; save it as .xlsx without a password, or as CSV.",
    Fault.ENCODING: "this is not UTF-8; save it as “CSV UTF-8”.",
    Fault.CIRCLE: "“{value}” leads back to the same person; choose somebody else.",
    Fault.OUTSIDE: "this is not yours to change; ask an administrator, or leave it out.",
    Fault.INCOMPLETE: "{value}, and every year has at least eight bank holidays; give the whole list.",
    Fault.APPROVAL: "exceptions from the policy take a second administrator; ask for them at the authority.",
    Fault.ELSEWHERE: "“{value}” belongs to another authority; choose one of this authority.",
    NumberRefusal.EMPTY: "no number is given; write it as 01392 388481.",
    NumberRefusal.CHARACTERS: "“{value}” holds characters that no number has; write it as 01392 388481.",
    NumberRefusal.SHORT_CODE: "“{value}” is a short code or an emergency number; these are never rung, give a full number.",
    NumberRefusal.RELAY_PREFIX: "“{value}” begins with a text relay prefix; give the number without it.",
    NumberRefusal.HAS_EXTENSION: "“{value}” has an extension behind it; give the direct number.",
    NumberRefusal.NO_EXTENSION_RULE: "“{value}” is an extension, and this authority has no rule for them; give the full number.",
    NumberRefusal.INVALID: "“{value}” is not a British number in use; check the digits.",
    Denial.REVENUE_SHARE: "“{value}” is an 084 or 087 number; an admin must first name it as an exception of the authority.",
    Denial.PREMIUM: "“{value}” is a premium-rate number; these are never rung.",
    Denial.PERSONAL_NUMBER: "“{value}” is a personal number (070); these are never rung.",
    Denial.CROWN_DEPENDENCY: "“{value}” is in Jersey, Guernsey or the Isle of Man; these are not rung.",
    Denial.ABROAD: "“{value}” is not in Great Britain or Northern Ireland; only those are rung.",
    Denial.OTHER: "“{value}” is not a fixed, mobile, 03 or freephone number; only those are rung.",
}  # fmt: skip


def sentence(code: Code, value: str) -> str:
    """The fault in words, without its place."""
    return WORDS[code].format(value=value)
