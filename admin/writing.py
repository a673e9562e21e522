"""How does a change become real? Judged against the newest world, committed in order, published before the reply."""

from collections.abc import Callable, Sequence
from http import HTTPStatus

from admin.ports import desk, newest_world
from admin.problems import ProblemError
from admin.scope import refuse_outside
from admin.whys import refuse_unexplained
from directory.snapshot import Change
from ivr.moment import World
from store.calls import log_version
from store.directory import Author, versions_of, write, write_all

ATTEMPTS = 5
BUSY = "Others are changing the directory at this moment; try again."

Intent = Callable[[World], tuple[Change, int | None]]
"""Judges a request against a world: the change and the version of the entry that it is made on, or a problem raised."""


def written(intent: Intent, author: Author) -> tuple[int, World]:
    """Write what the intent comes to. A change in between makes it be judged anew, so that no two clash unseen."""
    for _ in range(ATTEMPTS):
        world = newest_world()
        change, expected = intent(world)
        refuse_outside([change], world)
        refuse_unexplained([change], world, author.why)
        version = _committed(world, change, expected, author)
        if version is not None:
            return version, desk().publication.publish()
    raise ProblemError(HTTPStatus.CONFLICT, BUSY)


Intents = Callable[[World], Sequence[Change]]
"""Judges a request against a world: the changes that are made together on what stands there, or a problem raised."""


def written_together(intent: Intents, author: Author) -> World:
    """Write all that the intent comes to, or nothing; the world afterwards."""
    for _ in range(ATTEMPTS):
        world = newest_world()
        changes = intent(world)
        refuse_outside(changes, world)
        refuse_unexplained(changes, world, author.why)
        if not changes or _committed_together(world, changes, author):
            return desk().publication.publish()
    raise ProblemError(HTTPStatus.CONFLICT, BUSY)


def _committed_together(world: World, changes: Sequence[Change], author: Author) -> bool:
    here = desk()
    with here.database.write_in_order() as connection:
        if log_version(connection) != world.directory.version:
            return False
        known = {kind: versions_of(connection, kind) for kind in {change.kind for change in changes}}
        pairs = [(change, known[change.kind].get(change.slug)) for change in changes]
        write_all(connection, pairs, author, here.clock.now())
    return True


def _committed(world: World, change: Change, expected: int | None, author: Author) -> int | None:
    here = desk()
    with here.database.write_in_order() as connection:
        if log_version(connection) != world.directory.version:
            return None
        return write(connection, change, expected, author, here.clock.now())
