"""What was published when a call went as it did? The world at a version, folded anew from the log of changes.

Plans are read as they are asked for: of all that were ever in force a call needs one or two.
"""

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from directory.documents import change_from
from directory.snapshot import Change, Snapshot
from ivr.moment import World
from ivr.plan import Plan, Plans
from ivr.reading import plan_from
from store import tables
from store.directory_log import as_at, touched_since
from store.publication import UNREADABLE, Fixed

MOST_KEPT = 64
"""So many worlds are remembered: calls that overlapped ask for each other's versions."""


class PastPlans(Mapping[str, Plan]):
    """Every plan that the database holds, by its digest, each read when it is first asked for."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts, self._read = texts, dict[str, Plan]()

    def __getitem__(self, digest: str) -> Plan:
        """The plan of a digest; KeyError for one that is not kept, or cannot be read any more."""
        if digest not in self._read:
            read = read_plan(self._texts[digest])
            if read is None:
                raise KeyError(digest)
            self._read[digest] = read
        return self._read[digest]

    def __iter__(self) -> Iterator[str]:
        """The digests."""
        return iter(self._texts)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._texts)


def read_plan(text: str) -> Plan | None:
    """A plan's TOML, or nothing where today's Dutyline cannot read it."""
    read = plan_from(text) if text else None
    return read if isinstance(read, Plan) else None


@dataclass(frozen=True, slots=True)
class _Then:
    """What the log says up to a version."""

    directory: Snapshot
    current: Mapping[str, str]


class PastWorlds:
    """The worlds of a database's log, by version. Going forward costs the changes between; going back begins anew."""

    def __init__(self, connection: Connection, fixed: Fixed) -> None:
        self._connection, self._fixed = connection, fixed
        self.plans = past_plans(connection)
        self._last, self._known = _Then(Snapshot(), {}), OrderedDict[int, World]()

    def at(self, version: int) -> World | None:
        """The world at a version; nothing where the log does not hold it, or holds a change that cannot be read."""
        if version not in self._known:
            self._last = self._folded(version)
            self._remember(version)
        found = self._known[version]
        return found if found.directory.version == version else None

    def _remember(self, version: int) -> None:
        then = self._last
        calendar = self._fixed.calendar(then.directory)
        self._known[version] = World(then.directory, Plans(self.plans, then.current), calendar, self._fixed.keyed)
        while len(self._known) > MOST_KEPT:
            self._known.popitem(last=False)

    def _folded(self, version: int) -> _Then:
        then = self._last if self._last.directory.version <= version else _Then(Snapshot(), {})
        try:
            for row in self._between(then.directory.version, version):
                then = _after(then, row)
        except UNREADABLE:
            return then
        return then

    def _between(self, since: int, until: int) -> Iterator[Row[Any]]:
        log = tables.change
        rows = select(log).where(log.c.version > since, log.c.version <= until).order_by(log.c.version)
        return iter(self._connection.execute(rows).all())


def _after(then: _Then, row: Row[Any]) -> _Then:
    changes = [change_from(one) for one in row.body.get("changes", ())]
    return _Then(then.directory.changed(row.version, changes), {**then.current, **row.body.get("plans", {})})


def past_plans(connection: Connection) -> PastPlans:
    """Every plan that was ever in force."""
    rows = connection.execute(select(tables.plan.c.digest, tables.plan.c.text))
    return PastPlans({row.digest: row.text for row in rows})


def directory_at(connection: Connection, version: int, present: Snapshot) -> Snapshot | None:
    """The directory at a version, made of the present one, from which it differs in little; nothing where the log does not hold it."""
    log = tables.change
    epoch = connection.scalar(select(log.c.epoch).where(log.c.version == version))
    if epoch is None:
        return None
    known = present if present.epoch == epoch else Snapshot(epoch=epoch)
    between = touched_since(connection, min(known.version, version)) if known.version != version else ()
    try:
        found = as_at(connection, version, between)
    except UNREADABLE:
        return None
    return known.changed(version, (Change(kind, slug, entry) for (kind, slug), entry in found.items()))
