"""Which plans were in force for a line, by whom and why? Each coming into force is one row, written with the change itself."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from ivr.plan import Plan
from store import tables
from store.audit import Deed, note
from store.directory import CURRENT, REPLACED, Author, put_plan
from store.tables_drafts import plan_version


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """A plan that came into force at a moment; ``version`` is that of the log which did it, ``state`` is current or replaced."""

    digest: str
    text: str
    state: str
    at: datetime
    who: str
    why: str
    version: int


def history(connection: Connection, line: str) -> list[PlanVersion]:
    """Every time that a plan came into force for a line, the newest first. A plan that was taken back occurs twice."""
    rows = connection.execute(_shown().where(plan_version.c.line == line).order_by(plan_version.c.version.desc())).all()
    return [_made(row, CURRENT if row is rows[0] else REPLACED) for row in rows]


def in_force(connection: Connection) -> dict[str, PlanVersion]:
    """The plan in force for each line."""
    found: dict[str, PlanVersion] = {}
    for row in connection.execute(_shown().where(tables.plan.c.state == CURRENT).order_by(plan_version.c.version)):
        found[row.line] = _made(row, CURRENT)
    return found


def text_of(connection: Connection, digest: str) -> str | None:
    """The TOML of a plan that was ever in force or proposed."""
    text: str | None = connection.scalar(select(tables.plan.c.text).where(tables.plan.c.digest == digest))
    return text


def current_digest(connection: Connection, line: str) -> str:
    """The digest of the plan in force for a line; empty where it has none."""
    plan = tables.plan
    found: str | None = connection.scalar(select(plan.c.digest).where(plan.c.line == line, plan.c.state == CURRENT))
    return found or ""


def bring_into_force(
    connection: Connection, plan: Plan, text: str, author: Author, at: datetime, what: str = "publish"
) -> None:
    """A plan in force from now on: its state, the trail and the log of changes in this one transaction. Whoever calls this holds
    the order, and publishes afterwards."""
    before = current_digest(connection, plan.line)
    deed = Deed(author.who, author.did(what), "plan", plan.line, {"digest": before} if before else None,
                {"digest": plan.digest}, author.why)  # fmt: skip
    note(connection, deed, at)
    put_plan(connection, plan, text, CURRENT, at, author)


def _shown() -> Any:
    both = plan_version.join(tables.plan, plan_version.c.digest == tables.plan.c.digest)
    return select(plan_version, tables.plan.c.text).select_from(both)


def _made(row: Row[Any], state: str) -> PlanVersion:
    return PlanVersion(row.digest, row.text, state, row.at, row.who, row.why, row.version)
