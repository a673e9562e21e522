"""Which alarms does this worker know of, when anybody asks? Its own signs, and what the database held when it was last looked at."""

import threading
from collections.abc import Collection
from datetime import datetime, timedelta

from ivr.alarms import OF_A_MACHINE, Alarm, Alarming, alarm
from store import alarms, watched
from store.alarms import Standing
from store.database import Database
from store.signs import Health, Refusing, Signs

UNSEEN = timedelta(seconds=20)
"""Trouble of a machine of which nobody there has told for so long is over, or its machine is gone."""

LATE = timedelta(minutes=5)
OF_ALL = (Alarming.OVERRIDE, Alarming.ROUNDS_LATE)
"""What every worker sees alike."""


class AlarmBook:
    """The alarms of one worker. ``standing`` never asks the database, so that it can be told when that is away; ``rounds`` are the
    chores that are expected to be done."""

    def __init__(self, database: Database, signs: Signs, rounds: Collection[str] = ()) -> None:
        self._database, self._signs, self._rounds = database, signs, rounds
        self._health: Health | None = None
        self._refusals: Refusing | None = None
        self._known: tuple[Standing, ...] = ()
        self._since: dict[str, datetime] = {}
        self._told: set[str] = set()
        self._away_since: datetime | None = None
        self._began: datetime | None = None
        self._lock = threading.Lock()

    def follows(self, health: Health, refusals: Refusing | None = None) -> None:
        """Whose signs these are, and who counts the webhooks that were refused."""
        self._health, self._refusals = health, refusals

    def standing(self, now: datetime) -> tuple[Standing, ...]:
        """Every alarm that lasts, the oldest first: what is seen here this moment, and what the database held. What this worker
        told of, and sees no longer, is over."""
        signs, known = self._seen(now), {one.alarm.key: one for one in self._known}
        here = [known.get(one.key) or Standing("", one, self._since.get(one.key, now), now) for one in signs]
        others = [one for key, one in known.items() if key not in {sign.key for sign in signs} | self._told]
        return tuple(sorted((*here, *others), key=lambda one: (one.began_at, one.alarm.key)))

    def _seen(self, now: datetime) -> tuple[Alarm, ...]:
        """What is seen here this moment; since when is kept."""
        signs = self._signs.now(self._health, self._refusals, now) if self._health else ()
        with self._lock:
            self._since = {one.key: self._since.get(one.key, now) for one in signs}
            since = self._since.get(self._away.key)
        self._away_since = self._away_since or since
        return signs

    @property
    def _away(self) -> Alarm:
        return alarm(Alarming.DATABASE_AWAY, self._signs.machine)

    def look(self, now: datetime) -> None:
        """Tell the database what is seen here, and read what others see. Raises when the database is away."""
        signs = self._seen(now)
        with self._database.read() as connection:
            known, late = alarms.standing(connection), watched.late(connection, self._rounds, now, LATE)
        tells = [*(one for one in signs if one != self._away), *self._late(late, now)]
        back = self._away_since if self._away not in signs else None
        if tells or back or any(one.alarm.code in OF_A_MACHINE.union(OF_ALL) for one in known):
            known = self._written(tells, back, now)
        self._known, self._away_since = known, None if back else self._away_since

    def _late(self, names: tuple[str, ...], now: datetime) -> list[Alarm]:
        """Not of a worker that has just begun: it may be about to do what nobody did before."""
        self._began = self._began or now
        is_late = names and now - self._began > LATE
        return [alarm(Alarming.ROUNDS_LATE, names=", ".join(names))] if is_late else []

    def _written(self, tells: list[Alarm], back: datetime | None, now: datetime) -> tuple[Standing, ...]:
        """What the database holds once it is told this; ``back``: it was away since then, and could not be told of that."""
        own = [one for one in tells if one.code in OF_A_MACHINE]
        self._told |= {one.key for one in own}
        with self._database.write() as connection:
            alarms.raised(connection, own, now)
            alarms.settled(connection, OF_ALL, [one for one in tells if one.code in OF_ALL], now)
            alarms.unseen(connection, OF_A_MACHINE, now - UNSEEN, now)
            if back:
                alarms.was(connection, self._away, back, now)
            return alarms.standing(connection)
