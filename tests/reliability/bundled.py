"""What does a new deployment answer with? The bundled plans and samples, in memory."""

from functools import cache

from ivr.moment import World
from store.bundle import bundle, world_of
from tests.conftest import HOME, hashed

FOLDERS = HOME / "plans", HOME / "samples"


@cache
def bundled_world() -> World:
    """The world of a new deployment."""
    return world_of(bundle(FOLDERS), FOLDERS, hashed)
