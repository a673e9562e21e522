"""What did each version of the directory change, by whom, and how did entries stand at one of them?"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select

from directory.documents import entry_from
from directory.model import Entry
from directory.snapshot import Kind
from store.tables import audit, change

Named = tuple[Kind, str]
AT_ONCE = 200
FIRST_LOAD = "first load"


@dataclass(frozen=True, slots=True)
class LogVersion:
    """One version of the log: how many entries it changed, which lines' plans it brought, and who did it and why."""

    version: int
    at: datetime
    entries: int
    lines: tuple[str, ...]
    who: str
    what: str
    why: str


def versions(connection: Connection, limit: int, before: int | None = None) -> list[LogVersion]:
    """The versions of the log, the newest first; those below ``before`` where it is given."""
    body = change.c.body
    entries, sequence = func.json_array_length(body["changes"]), body["audit"]["sequence"].as_integer()
    deed = change.outerjoin(audit, audit.c.sequence == sequence)
    chosen = select(change.c.version, change.c.at, entries.label("entries"), body["plans"].label("plans"),
                    audit.c.who, audit.c.what, audit.c.why).select_from(deed)  # fmt: skip
    chosen = chosen if before is None else chosen.where(change.c.version < before)
    newest_first = chosen.order_by(change.c.version.desc()).limit(limit)
    return [_version(row) for row in connection.execute(newest_first).mappings()]


def _version(row: RowMapping) -> LogVersion:
    who, what, why = row["who"] or FIRST_LOAD, row["what"] or "load", row["why"] or ""
    return LogVersion(row["version"], row["at"], row["entries"] or 0, tuple(sorted(row["plans"] or ())), who, what, why)


def is_there(connection: Connection, version: int) -> bool:
    """Whether the log has this version."""
    return connection.scalar(select(change.c.version).where(change.c.version == version)) is not None


def touched_since(connection: Connection, version: int) -> set[Named]:
    """The entries that later versions changed."""
    later = select(change.c.body["changes"].label("changes")).where(change.c.version > version)
    with connection.execute(later.execution_options(yield_per=AT_ONCE)) as rows:
        return {_named(one) for row in rows for one in row.changes or ()}


def as_at(connection: Connection, version: int, wanted: Collection[Named]) -> Mapping[Named, Entry | None]:
    """How these entries stood at a version: as the last change until then left them; nothing where they were not there."""
    found: dict[Named, Entry | None] = dict.fromkeys(wanted)
    ahead = set(wanted)
    until = select(change.c.body["changes"].label("changes")).where(change.c.version <= version)
    newest_first = until.order_by(change.c.version.desc()).execution_options(yield_per=AT_ONCE)
    with connection.execute(newest_first) as rows:
        for one in (one for row in rows for one in reversed(row.changes or ())):
            if not ahead:
                break
            if (name := _named(one)) in ahead:
                ahead.discard(name)
                found[name] = None if one["body"] is None else entry_from(name[0], one["body"])
    return found


def _named(one: Mapping[str, Any]) -> Named:
    return Kind(one["kind"]), str(one["slug"])
