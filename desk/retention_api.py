"""What is due to be taken away, and what was? Over the API; without an order nothing goes."""

from collections.abc import Iterable, Mapping

from pydantic import BaseModel, Field, StrictBool

from admin.blueprints import resource_api
from admin.body import Body
from admin.ports import desk, now
from admin.problems import Faults
from admin.shapes import moment_out
from desk.contact_access import deed
from desk.retention import TYPES, Purge, period_of, purged, standing

FOR_EVER = "append-only and hash-chained; it names records by their id alone"

api = resource_api("retention", "How long records are kept, and what is taken away.")


class PurgeBody(Body):
    """Whether only to say what would go."""

    dry_run: StrictBool = Field(default=True, description="false takes it away.")


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
    return _due()


@api.post("/retention/purge", responses={200: RetentionOut})
def purge(body: PurgeBody) -> Mapping[str, object]:
    """Take away what is past its time and not held; by default it is only told what that would be."""
    body.refuse(Faults())
    here = desk()
    if body.dry_run:
        return _due()
    return _out(purged(here.database, here.records.kept, deed(body.why), now()))


def _due() -> Mapping[str, object]:
    return _out(standing(desk().database, desk().records.kept, now()))


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
