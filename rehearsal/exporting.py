"""How does a call of the database become a golden test? From its records, and from the world as it was at its beginning."""

from pathlib import Path

from ivr.moment import World
from rehearsal.golden import Golden, NotGoldenError, Then, golden
from store.bundle import BundleError, bundle, world_of
from store.database import Database
from store.past_calls import past_call
from store.past_worlds import PastWorlds
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


def exported(database: Database, sid: str, fixed: Fixed, folders: tuple[Path, ...]) -> Golden:
    """A call as a golden test. Raises NotGoldenError where it cannot become one."""
    with database.read() as connection:
        past, worlds = past_call(connection, sid), PastWorlds(connection, fixed)
        began = next((one for one in past.records if "directory" in one.body), None) if past else None
        world = worlds.at(began.body["directory"]) if began else None
        if past is None or world is None:
            raise NotGoldenError(UNKNOWN if past is None else NO_WORLD)
        return golden(past.records, Then(world.directory, worlds.plans), bundled_world(folders, fixed))
