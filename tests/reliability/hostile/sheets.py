"""What do spoilt directory files come to? Each is read or refused in words, never both, and what is read can be put in force."""

from random import Random

from directory.exporting import csv_text, person_lines, team_lines
from ivr.moment import World
from tests.conftest import bundled_world
from tests.fuzz.mutating import mutated, names
from tests.fuzz.test_mutated_files import KEPT_LINES, read
from tests.reliability.hostile.coming import Came


def tried(seed: int, many: int) -> Came:
    """Read so many spoilt sheets."""
    dice, came, world = Random(seed), Came(), bundled_world()  # dice
    kinds = [list(team_lines(world.directory)), list(person_lines(world.directory))]
    odd = names(seed, many)
    for _ in range(many):
        lines = dice.choice(kinds)
        rows = [list(row) for row in dice.sample(lines[1:], KEPT_LINES)]
        rows[0][dice.randrange(len(rows[0]))] = next(odd)
        content = mutated(csv_text([lines[0], *rows]), dice)
        came.of(lambda content=content: _read(content, world, dice), lambda content=content: content[:300])  # type: ignore[misc]
    return came.weighed()


def _read(content: bytes, world: World, dice: Random) -> str:
    found = read(content, world, dice)
    assert not (found.problems and found.changes)
    if found.changes:
        world.directory.changed(1, found.changes)
    return "read" if found.changes else "refused" if found.problems else "nothing new"
