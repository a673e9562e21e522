"""How many enquiries were there, from whom, why, and when? For planning (S:29): counts without persons.

Small counts are left out and the others rounded, so that no two reports tell by their difference what neither tells.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field

from admin.blueprints import resource_api
from admin.body import Slug, Strict
from admin.ports import desk, now
from admin.problems import Faults, invalid
from admin.small_numbers import LEAST, rounded
from desk.enquiry_rules import AGENCIES, REASON_CODES
from routing.clock import LONDON, local
from store import enquiries
from store.enquiries import Enquiry

NO_MONTH = "“{given}” is not a month; write it as 2026-11, or leave it out."
WRONG_WAY = "it comes before “from”; give a later month."
YEARS = range(2000, 2101)

api = resource_api("enquiry-report", "Enquiries counted by agency, reason and month, without anybody in them.")


class ReportQuery(Strict):
    """Which months, both included, and whose; what is left out is not asked for."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    since: Slug = Field("", alias="from", description="Such as 2026-01.")
    until: Slug = Field("", description="Such as 2026-12.")
    authority: Slug = ""


class Tally(BaseModel):
    """One count."""

    code: str
    count: int | None = Field(description="Rounded to the nearest five; none: fewer than five.")


class EnquiryReport(BaseModel):
    """Counts of enquiries."""

    total: int | None = Field(description="Rounded, as every count: they need not add up to it.")
    by_agency: list[Tally]
    by_reason: list[Tally]
    by_month: list[Tally]
    least: int = Field(description="Smaller numbers are left out, others rounded to multiples of it.")


@api.get("/enquiries/report", responses={200: EnquiryReport})
def report(query: ReportQuery) -> Mapping[str, object]:
    """Enquiries that are still kept, counted."""
    faults = Faults()
    since, until = _month("from", query.since, faults), _month("until", query.until, faults)
    if since and until and until < since:
        faults.say("until", "order", WRONG_WAY)
    if faults.found:
        raise invalid(faults.found)
    begins = datetime.combine(since, datetime.min.time(), LONDON).astimezone(UTC) if since else None
    with desk().database.read() as connection:
        found = enquiries.every(connection, query.authority, begins)
    last = until or local(now()).date()
    return counted([one for one in found if _of(one) <= f"{last:%Y-%m}"]).model_dump(mode="json")


def counted(found: Sequence[Enquiry]) -> EnquiryReport:
    """The counts, each rounded by itself."""
    return EnquiryReport(
        total=rounded(len(found)), least=LEAST,
        by_agency=tallies(AGENCIES, [one.agency for one in found]),
        by_reason=tallies(REASON_CODES, [one.reason for one in found]),
        by_month=tallies(sorted({_of(one) for one in found}), [_of(one) for one in found]),
    )  # fmt: skip


def tallies(codes: Iterable[str], found: Iterable[str]) -> list[Tally]:
    """How often each occurs."""
    counts = Counter(found)
    return [Tally(code=code, count=rounded(counts[code])) for code in codes if counts[code]]


def _of(one: Enquiry) -> str:
    return f"{local(one.made_at):%Y-%m}"


def _month(field: str, text: str, faults: Faults) -> date | None:
    if not text:
        return None
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        found = None
    if found is None or found.year not in YEARS or f"{found:%Y-%m}" != text:
        faults.say(field, "month", NO_MONTH.format(given=text[:40]))
        return None
    return found
