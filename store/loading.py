"""What does a new installation start with? The bundled folders once; afterwards the database is the truth (ruling 14)."""

import secrets
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, func, insert, select

from directory.documents import change_document, document
from directory.snapshot import Kind
from ivr.plan import Plan
from store import drafts, tables
from store.audit import Deed, note
from store.bundle import Bundle, BundleError, bundle
from store.directory import CURRENT, PROPOSED, Author, put_plan
from store.drafts import NewDraft
from store.plans import current_digest
from store.published import Published

WHO = "first load"
FILES = "files"
"""Who wrote the drafts that changed files make."""
CHANGED = "its file under the plans folder has changed"
EMPTIED = (
    "The database holds no directory, although this machine has published one: nothing was loaded, and calls are answered from {0}. "
    "Restore a backup; to begin anew, empty {0} first."
)
ROLES_WAIT = (
    "The folders name {} roles, and this directory has never held any: nothing was written. Look at each authority's with "
    "“dutyline import .../roles.csv --dry-run”; without --dry-run it is taken in."
)


def load_from(
    connection: Connection, folders: tuple[Path, ...], at: datetime, published: Path | None = None
) -> tuple[str, ...]:
    """Load what the folders hold. Once the database is filled it is the truth: a broken file is told, and stops no call. A database
    that is empty although this machine has published is a mistake of somebody's: loading it anew would take its place for good."""
    if published and Published(published).stamp() and not is_loaded(connection):
        return (EMPTIED.format(published),)
    try:
        found = bundle(folders)
    except BundleError as problem:
        if not is_loaded(connection):
            raise
        return (f"Some files cannot be read, and nothing was taken from any:\n{problem}",)
    return load(connection, found, at)


def load(connection: Connection, found: Bundle, at: datetime) -> tuple[str, ...]:
    """Load an empty database; into a filled one put changed plans as proposals. Says what it did, one line each."""
    if is_loaded(connection):
        return (*_proposed(connection, found, at), *_roles_that_wait(connection, found))
    log = {"changes": [change_document(change) for change in found.changes()]}
    connection.execute(insert(tables.change).values(version=1, epoch=secrets.token_hex(8), at=at, body=log))
    rows = [
        {"kind": change.kind, "slug": change.slug, "version": 1, "body": document(change.entry), "changed_at": at}
        for change in found.changes()
        if change.entry
    ]
    connection.execute(insert(tables.entry), rows)
    for plan, text in found.plans:
        put_plan(connection, plan, text, CURRENT, at)
    note(connection, Deed(WHO, "load", "bundle", "plans", None, {"entries": len(rows), "plans": len(found.plans)}), at)
    return (f"Loaded {len(rows)} directory entries and {len(found.plans)} plans.",)


def is_loaded(connection: Connection) -> bool:
    """Whether there was a first load."""
    return bool(connection.scalar(select(func.count()).select_from(tables.change)))


def _roles_that_wait(connection: Connection, found: Bundle) -> tuple[str, ...]:
    """Named roles came after the first installations. They are told of until the first one is there, and never written (ruling 14)."""
    held = (select(func.count()).where(table.c.kind == Kind.ROLE) for table in (tables.entry, tables.audit))
    if not found.directory.roles or any(map(connection.scalar, held)):
        return ()
    return (ROLES_WAIT.format(len(found.directory.roles)),)


def _proposed(connection: Connection, found: Bundle, at: datetime) -> list[str]:
    """What changed files say waits as drafts (ruling 14), the newest of each line; one that somebody lets go does not return."""
    known = set(connection.scalars(select(tables.plan.c.digest)))
    proposals = [(plan, text) for plan, text in found.plans if plan.digest not in known]
    for plan, text in proposals:
        put_plan(connection, plan, text, PROPOSED, at)
        for older in drafts.every(connection, line=plan.line, kind="plan"):
            if older.who == FILES:
                drafts.drop(connection, older.id, older.version, Author(FILES, "the file has changed again"), at)
        drafts.begin(connection, _draft(connection, plan, text), at, "propose")
    return [
        f"The file of line {plan.line} has changed: kept as proposal {plan.digest}, not in force."
        for plan, _ in proposals
    ]


def _draft(connection: Connection, plan: Plan, text: str) -> NewDraft:
    base = current_digest(connection, plan.line)
    return NewDraft("plan", plan.line, plan.authority, "The changed file", {"text": text}, base, FILES, CHANGED)
