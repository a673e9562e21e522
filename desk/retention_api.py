"""What is due to be taken away, and what was? Over the API; without an order nothing goes."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from pydantic import BaseModel, Field, StrictBool

from admin.blueprints import resource_api
from admin.body import Body, Text
from admin.ports import desk, now
from admin.problems import Faults
from admin.shapes import moment_in, moment_out
from desk.contact_access import deed
from desk.retention import TYPES, Purge, period_of, purged, standing
from desk.retention_children import know_children

AHEAD = "it is still to come; nothing is past its time before that."
FOR_EVER = "append-only and hash-chained; it names records by their id alone"

api = resource_api("retention", "How long records are kept, and what is taken away.")


class PurgeBody(Body):
    """Whether only to say what would go, and as of when."""

    dry_run: StrictBool = Field(default=True, description="false takes it away.")
    until: Text = Field("", description="What was past its time at this moment, and nothing else; empty: now.")


class PurgeOut(BaseModel):
    """A type of record: how long it is kept, what is past its time, what a legal hold keeps, and what was taken away."""

    code: str = Field(examples=["calls", "enquiries"])
    words: str
    period: str | None = Field(description="None: kept until a period is set.", examples=["2 years"])
    source: str
    before: str | None
    past: int
    held: int
    purged: int


class RetentionOut(BaseModel):
    """Every type of record."""

    items: list[PurgeOut]


@api.get("/retention", responses={200: RetentionOut})
def what_is_due() -> Mapping[str, object]:
    """Every type with its period, and how many records are past it."""
    return _out(standing(desk().database, desk().records.kept, now()))


@api.post("/retention/purge", responses={200: RetentionOut})
def purge(body: PurgeBody) -> Mapping[str, object]:
    """Take away what is past its time and not held; by default it is only told what that would be."""
    faults = Faults()
    until = _until(body.until, faults)
    body.refuse(faults)
    here = desk()
    know_children(here.database)
    if body.dry_run:
        return _out(standing(here.database, here.records.kept, until))
    return _out(purged(here.database, here.records.kept, deed(body.why), now(), until=until))


def _until(text: str, faults: Faults) -> datetime:
    found = moment_in("until", text, faults) or now()
    if found > now():
        faults.say("until", "ahead", AHEAD)
    return found


def _out(found: Iterable[Purge]) -> Mapping[str, object]:
    items = [_of(one) for one in found]
    audit = PurgeOut(
        code="audit", words="The audit trail", period=None, source=FOR_EVER, before=None, past=0, held=0, purged=0
    )
    return RetentionOut(items=[*items, audit]).model_dump(mode="json")


def _of(found: Purge) -> PurgeOut:
    row, kept = next(one for one in TYPES if one.code == found.code), desk().records.kept
    period = period_of(row, kept)
    return PurgeOut(
        code=row.code, words=row.words, period=period.words if period else None,
        source="set by this deployment" if row.code in kept else row.source, before=moment_out(found.before),
        past=found.past, held=found.held, purged=found.purged,
    )  # fmt: skip
