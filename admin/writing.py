"""How does a change become real? Judged against the newest world, committed in order, published before the reply."""

from collections.abc import Callable
from http import HTTPStatus

from admin.ports import desk, newest_world
from admin.problems import ProblemError
from directory.snapshot import Change
from ivr.moment import World
from store.calls import log_version
from store.directory import Author, write

ATTEMPTS = 5
BUSY = "Others are changing the directory at this moment; try again."

Intent = Callable[[World], tuple[Change, int | None]]
"""Judges a request against a world: the change and the version of the entry that it is made on, or a problem raised."""


def written(intent: Intent, author: Author) -> tuple[int, World]:
    """Write what the intent comes to. A change in between makes it be judged anew, so that no two clash unseen."""
    for _ in range(ATTEMPTS):
        world = newest_world()
        change, expected = intent(world)
        version = _committed(world, change, expected, author)
        if version is not None:
            return version, desk().publication.publish()
    raise ProblemError(HTTPStatus.CONFLICT, BUSY)


def _committed(world: World, change: Change, expected: int | None, author: Author) -> int | None:
    here = desk()
    with here.database.write_in_order() as connection:
        if log_version(connection) != world.directory.version:
            return None
        return write(connection, change, expected, author, here.clock.now())
