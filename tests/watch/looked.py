"""What does a test see of the watch? The alarms that stand, and the last look at each line."""

from ivr.alarms import Alarming
from store import alarms, watched
from store.alarms import Standing
from store.database import Database
from store.watched import Look, State


def standing(database: Database) -> list[tuple[Alarming, str]]:
    """The alarms that last."""
    return [(one.alarm.code, one.alarm.subject) for one in whole(database)]


def whole(database: Database) -> tuple[Standing, ...]:
    """The same, with everything."""
    with database.read() as connection:
        return alarms.standing(connection)


def looks(database: Database, kind: str) -> dict[str, Look]:
    """The last looks of a kind, by line."""
    with database.read() as connection:
        return {look.subject: look for look in watched.looks(connection) if look.kind == kind}


def states(database: Database, kind: str) -> dict[str, State]:
    """How they went."""
    return {line: look.state for line, look in looks(database, kind).items()}
