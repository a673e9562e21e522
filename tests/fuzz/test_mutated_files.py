"""Whatever file comes: no fault of ours, and nothing half-written. A few hundred each time, 100,000 through the API by ``make fuzz``."""

from random import Random

import pytest

from app import Application, Config
from directory.exporting import csv_text, person_lines, team_lines
from directory.files import table_in
from directory.importing import Border, Import, Rest, read_table
from directory.sheets import workbook
from directory.snapshot import Snapshot
from ivr.moment import World
from ivr.naming import teams_in_plans
from routing.clock import LONDON
from store.keys import Role
from tests.admin.desk_client import holder
from tests.fuzz.figures import MANY, PARTS, kind_of, tell
from tests.fuzz.mutating import HOSTILE, mutated, names
from tests.fuzz.sending import Sender

SEED = 20261124
KEPT_LINES = 6
WRITTEN_ONE_IN = 10


def read(content: bytes, world: World, chance: Random) -> Import:
    border = Border(LONDON, lambda: f"p-{chance.randrange(1 << 32):08x}", teams_in_plans(world))
    return read_table(table_in(content), world.directory, border, chance.choice(list(Rest)))


def sample(lines: list[tuple[str, ...]], chance: Random) -> str:
    return csv_text([lines[0], *chance.sample(lines[1:], KEPT_LINES)])


def read_many(world: World, many: int) -> int:
    """Reads so many spoilt files; how many of them could be written. What may be written comes back from a file the same."""
    chance, sound = Random(SEED), 0
    kinds = [list(team_lines(world.directory)), list(person_lines(world.directory))]
    for _ in range(many):
        found = read(mutated(sample(chance.choice(kinds), chance), chance), world, chance)
        assert not (found.problems and found.changes)
        after = world.directory.changed(1, found.changes) if found.changes else world.directory
        sound += bool(found.changes)
        assert all(not read_again(lines, after) for lines in (team_lines, person_lines)) if found.changes else True
    return sound


def read_again(lines: object, after: Snapshot) -> tuple[object, ...]:
    assert callable(lines)
    return read_table(table_in(csv_text(lines(after)).encode()), after, Border(LONDON, lambda: "p-0")).changes


def test_some_hundred_spoilt_files_are_read_or_refused_in_words(world: World) -> None:
    assert 0 < read_many(world, 300) < 300


def send_many(application: Application, seed: int, many: int) -> Sender:
    """Sends so many spoilt files, one in ten of them to be written."""
    sender = Sender(application, holder(application, Role.ADMIN), Random(seed))
    for at in range(many):
        sender.writes() if at % WRITTEN_ONE_IN == 0 else sender.looks()
    assert sender.kept_as_told()
    return sender


def test_spoilt_files_are_written_whole_or_not_at_all(application: Application) -> None:
    answers = send_many(application, SEED, 300).answers
    assert answers["written: 200"] > 0 < answers["written: 422"]


@pytest.mark.fuzz
@pytest.mark.timeout(0)
@pytest.mark.parametrize("part", PARTS)
def test_a_hundred_thousand_spoilt_files_are_written_whole_or_not_at_all(
    application: Application, config: Config, part: int
) -> None:
    sender = send_many(application, SEED + part, MANY[kind_of(config)])
    tell("spoilt files", kind_of(config), sender.answers)
    assert sender.answers.total() == MANY[kind_of(config)]


def name_many(world: World, many: int) -> None:
    """So many hostile names and notes: refused, or kept and written so that no spreadsheet runs them."""
    chance = Random(SEED)
    for name in (*HOSTILE, *names(SEED, many)):
        row = ("devon", name, f"n-{chance.randrange(1 << 32):08x}", name)
        found = read(
            csv_text([("authority", "team", "slug", "note"), row]).encode("utf-8", "surrogatepass"), world, chance
        )
        for change in found.changes:
            if change.entry:
                written = list(team_lines(Snapshot().changed(1, [change])))
                assert not any(cell[:1] in tuple("=+-@\t\r") for line in written for cell in line if cell)


def test_hostile_names_are_refused_or_harmless(world: World) -> None:
    name_many(world, 300)


@pytest.mark.filterwarnings("ignore::UserWarning")  # openpyxl's remarks on what a spoilt workbook lacks
def test_spoilt_workbooks_are_read_or_refused_in_words(world: World) -> None:
    chance = Random(SEED)
    content = workbook(list(team_lines(world.directory))[:4], "teams")
    for _ in range(150):
        spoilt = bytearray(content)
        for _ in range(chance.randint(1, 12)):
            spoilt[chance.randrange(4, len(spoilt))] = chance.randrange(256)
        found = read(bytes(spoilt), world, chance)
        assert found.problems or found.at is not None
