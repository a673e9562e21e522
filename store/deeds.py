"""Which deed of the audit trail changed one thing last?"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, select

from store import tables


def newest(connection: Connection, kind: str, slug: str) -> Row[Any] | None:
    """What was last done to one thing."""
    audit = tables.audit
    of_it = select(audit).where(audit.c.kind == kind, audit.c.slug == slug)
    return connection.execute(of_it.order_by(audit.c.sequence.desc()).limit(1)).first()


def stood(connection: Connection, kind: str, slug: str, back: int) -> Mapping[str, Any] | None:
    """What stood there so many deeds ago; nothing where it was not there, or nobody knows."""
    audit = tables.audit
    of_it = select(audit.c.before).where(audit.c.kind == kind, audit.c.slug == slug)
    row = connection.execute(of_it.order_by(audit.c.sequence.desc()).offset(back - 1).limit(1)).first()
    return row.before if row else None


def one(connection: Connection, sequence: int) -> Row[Any] | None:
    """One deed."""
    return connection.execute(select(tables.audit).where(tables.audit.c.sequence == sequence)).first()
