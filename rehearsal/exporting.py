"""How does a call of the database become a golden test? From its records, and from the directory as it was at its beginning."""

from pathlib import Path

from directory.snapshot import Snapshot
from ivr.moment import World
from rehearsal.golden import Golden, NotGoldenError, Then, golden
from store.bundle import BundleError, bundle, world_of
from store.database import Database
from store.past_calls import past_call
from store.past_worlds import directory_at, past_plans
from store.publication import Fixed

__all__ = ["NotGoldenError", "bundled_world", "exported"]

UNKNOWN = "No call with this SID is known."
NO_WORLD = "The directory as it was then cannot be made again."


def bundled_world(folders: tuple[Path, ...], fixed: Fixed) -> World:
    """The world that golden tests are played in: what the folders hold. Raises NotGoldenError with every problem of theirs."""
    try:
        return world_of(bundle(folders), folders, fixed.keyed)
    except BundleError as problem:
        raise NotGoldenError(str(problem)) from problem


def exported(database: Database, sid: str, present: Snapshot, fixed: Fixed, folders: tuple[Path, ...]) -> Golden:
    """A call as a golden test. Raises NotGoldenError where it cannot become one. The directory as it was then is made of the
    ``present`` one: the whole log of a county is long."""
    with database.read() as connection:
        past = past_call(connection, sid)
        began = next((one for one in past.records if "directory" in one.body), None) if past else None
        directory = directory_at(connection, began.body["directory"], present) if began else None
        if past is None or directory is None:
            raise NotGoldenError(UNKNOWN if past is None else NO_WORLD)
        return golden(past.records, Then(directory, past_plans(connection)), bundled_world(folders, fixed))
