"""Which warnings has somebody accepted, why, and until when?"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, delete, select

from directory.findings import Finding
from ivr.moment import Keyed
from store.audit import Deed, note
from store.database import Transaction, upsert
from store.tables_findings import acceptance

LENGTH = 16


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A warning, by the keyed hash of its words, that ``who`` has accepted until a moment."""

    finding: str
    code: str
    kind: str
    slug: str
    authority: str
    why: str
    until: datetime
    who: str
    at: datetime


def id_of(finding: Finding, keyed: Keyed) -> str:
    """What a finding is known by: other words are another finding."""
    at = finding.at
    return keyed(f"finding {finding.code} {at.kind} {at.slug} {finding.sentence}").replace("=", "")[:LENGTH]


def accept(connection: Transaction, new: Acceptance, deed: Deed) -> None:
    """Accept a finding, or accept it anew."""
    row = asdict(new)
    upsert(connection, acceptance, {"finding": row.pop("finding")}, row)
    after = {"code": new.code, "until": new.until.isoformat()}
    note(connection, replace(deed, what="accept", kind="finding", slug=new.finding, after=after, why=new.why), new.at)


def withdraw(connection: Transaction, finding: str, deed: Deed, at: datetime) -> bool:
    """Take an acceptance back; whether it was there."""
    gone = connection.execute(delete(acceptance).where(acceptance.c.finding == finding)).rowcount == 1
    if gone:
        note(connection, replace(deed, what="withdraw", kind="finding", slug=finding), at)
    return gone


def in_force(connection: Connection, at: datetime) -> Mapping[str, Acceptance]:
    """Every acceptance whose end has not come, by the finding's id."""
    rows = connection.execute(select(acceptance).where(acceptance.c.until > at).order_by(acceptance.c.until))
    return {row.finding: Acceptance(**dict(row._mapping)) for row in rows}
