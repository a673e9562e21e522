"""Does the database answer, at which revision, and with settings on which our promises rest?"""

import multiprocessing
from collections.abc import Iterator, Mapping

from cli.doctor.disk import database_file
from cli.doctor.findings import CannotLookError, Findings, Found, Grade, Kind
from cli.doctor.patient import Patient
from store.database import AWAY, Database
from store.examining import POOL, Examined, examined

NO_DATABASE = Kind(
    "database-none",
    Grade.KNOW,
    "There is no database yet: the service was never started here.",
    "Start it: `dutyline serve` makes the database and loads the plans.",
)
AWAY_ = Kind(
    "database-away",
    Grade.SOON,
    "The database does not answer. Calls are answered from memory; nothing can be changed, and callers do not wait for a desk.",
    "Start the database, or correct DUTYLINE_DATABASE_URL.",
)
DAMAGED = Kind(
    "database-damaged",
    Grade.SOON,
    "The database file is damaged: {what}.",
    "Stop the service, put the file aside, and restore the last backup.",
)
OLD = Kind(
    "database-behind",
    Grade.SOON,
    "The database is at revision {here}, and this Dutyline needs {newest}.",
    "Restart the service: it migrates as it starts.",
)
NEWER = Kind(
    "database-ahead",
    Grade.FAILS,
    "The database is at revision {here}, which this Dutyline does not know: a newer one wrote it, and this one does not start on it.",
    "Run the newer Dutyline, or restore the backup from before the update.",
)
READ_ONLY = Kind(
    "database-read-only",
    Grade.SOON,
    "The database takes no changes: it is a copy, or was set to read only.",
    "Name the server that takes changes in DUTYLINE_DATABASE_URL.",
)
LOSES = Kind(
    "database-loses",
    Grade.KNOW,
    "PostgreSQL runs with {setting} = {value}: after a power cut the last changes that were acknowledged may be gone.",
    "Set it to on, and reload PostgreSQL.",
)
FEW = Kind(
    "database-connections",
    Grade.SOON,
    "PostgreSQL allows {most} connections, and {workers} workers may want {wanted}: under load some requests would be refused.",
    "Raise max_connections, or lower DUTYLINE_WORKERS; count the workers of all machines.",
)
NOT_WAL = Kind(
    "database-not-wal",
    Grade.KNOW,
    "The SQLite file is in journal mode {mode}, so that whoever reads waits for whoever writes: its disk does not allow WAL.",
    "Keep the file on a local disk.",
)
DAMAGE = ("malformed", "not a database")
"""How SQLite says that a file is damaged."""


def look(patient: Patient) -> Findings:
    """What the database says of itself."""
    file = database_file(patient)
    if file and not file.exists():
        yield NO_DATABASE.found()
        return
    database = Database(patient.config.database_url)
    try:
        found = examined(database)
    except AWAY as fault:
        words = str(fault.args[0]) if fault.args else ""
        is_damaged = any(sign in words for sign in DAMAGE)
        yield DAMAGED.found(what=words.rpartition(") ")[2]) if is_damaged else AWAY_.found()
        raise CannotLookError("the database cannot be read.") from None
    finally:
        database.close()
    yield from _of_revision(found)
    yield from of_settings(found, patient.config.workers or multiprocessing.cpu_count())


def _of_revision(found: Examined) -> Iterator[Found]:
    if not found.revision:
        yield NO_DATABASE.found()
    elif not found.known:
        yield NEWER.found(here=found.revision)
    elif found.revision != found.newest:
        yield OLD.found(here=found.revision, newest=found.newest)
    if found.damage:
        yield DAMAGED.found(what=found.damage)


def of_settings(found: Examined, workers: int) -> Iterator[Found]:
    """What is doubtful in the settings of the database."""
    settings = found.settings
    if settings.get("journal_mode", "wal") != "wal":
        yield NOT_WAL.found(mode=settings["journal_mode"])
    if settings.get("transaction_read_only") == "on":
        yield READ_ONLY.found()
    for name in ("fsync", "synchronous_commit", "full_page_writes"):
        if settings.get(name) == "off":
            yield LOSES.found(setting=name, value="off")
    yield from _of_connections(settings, workers)


def _of_connections(settings: Mapping[str, str], workers: int) -> Iterator[Found]:
    if "max_connections" not in settings:
        return
    most = int(settings["max_connections"]) - int(settings["superuser_reserved_connections"])
    if most < workers * POOL:
        yield FEW.found(most=most, workers=workers, wanted=workers * POOL)
