"""How are numbers and moments written, and read back?"""

from datetime import datetime

from pydantic import BaseModel, Field

from admin.auth import sees_personal_data
from admin.ports import now
from admin.problems import Faults
from directory.model import Authority
from directory.numbers import Number
from directory.problems import Fault
from directory.rows import number_for
from directory.search import MOBILE
from directory.snapshot import Snapshot
from routing.clock import LONDON, local
from routing.wording import moment_from

YEARS = range(2000, 2101)


class NumberOut(BaseModel):
    """A telephone number."""

    e164: str = Field(examples=["+441392388481"])
    spoken: str = Field(examples=["0 1 3 9 2, 3 8 8 4 8 1"])
    national: str = Field(examples=["01392 388481"])
    extension: str | None = Field(examples=["8481"])


def number_out(number: Number, authority: Authority | None) -> NumberOut:
    """A number, with its extension under the authority's rule."""
    rule = authority.extensions if authority else None
    extension = rule.extension(number) if rule else None
    return NumberOut(e164=number.e164, spoken=number.spoken, national=number.national, extension=extension)


def office_number(number: Number, authority: Authority | None) -> NumberOut | None:
    """A number of an office; a mobile is somebody's own, and is hidden from those who see no personal data."""
    hidden = number.e164.startswith(MOBILE) and not sees_personal_data()
    return None if hidden else number_out(number, authority)


def moment_out(at: datetime | None) -> str | None:
    """A moment as ISO 8601 on England's clock."""
    return local(at).isoformat() if at else None


def moment_in(field: str, text: str | None, faults: Faults) -> datetime | None:
    """A moment as it was given: ISO 8601 (England's clock where it names no offset) or ``Fri 16:05``."""
    if not text:
        return None
    found = moment_from(text, now())
    if found is None or found.year not in YEARS:
        faults.note(field, Fault.MOMENT, text)
        return None
    return found if found.tzinfo else found.replace(tzinfo=LONDON)


def period_in(
    field: str, given: tuple[str | None, str | None], faults: Faults
) -> tuple[datetime | None, datetime | None]:
    """From and until, which must come after it; ``field`` is where both stand."""
    at = f"{field}." if field else ""
    since, until = moment_in(f"{at}from", given[0], faults), moment_in(f"{at}until", given[1], faults)
    if since and until and until <= since:
        faults.note(f"{at}until", Fault.ORDER, given[1] or "")
    return since, until


def number_in(field: str, text: str, authority: str, directory: Snapshot, faults: Faults) -> Number | None:
    """A number that this authority may ring."""
    found = number_for(text, directory, authority)
    if isinstance(found, Number):
        return found
    faults.note(field, found, text)
    return None
