"""Does the longest climb, past mailboxes that pick up at the last moment, reach the safe message in time? (ruling 11)"""

from dataclasses import replace

import pytest

from directory.snapshot import written
from ivr.moment import World
from routing.ladder import LADDER_SECONDS
from telephone import Call, NoAnswer, Voicemail, e164
from telephone.speech import seconds_of
from telephone.states import Ringing
from tests.telling import Switchboard

WORKER, MANAGER = "w-3f9a2c", "w-b81d07"
WORKERS_PHONES = [e164("020 7946 0201"), e164("020 7946 0204")]
RESORTS = [e164("0345 155 1071"), e164("0345 600 0388")]
SORRY = "We are sorry"
LONGEST = {
    "devon-cf-mid-east-4": "01392 384121",
    "devon-dcs-mid-east": "01392 386183",
    "devon-cf-north-1": "01392 388646",
    "devon-pt-mid-east": "01392 384134",
    "devon-dcs-support": "01392 385276",
}
"""The teams with the longest names, and their duty numbers."""


def in_team(world: World, team: str) -> World:
    """A world in which the worker with extension 2301 and their manager are of this team."""
    directory = world.directory
    moved = [written(replace(directory.people[slug], team=team)) for slug in (WORKER, MANAGER)]
    return replace(world, directory=directory.changed(directory.version + 1, moved))


def climbed(call: Call) -> list[str]:
    """Mailboxes on every phone that must press a key, and no answer from the others."""
    rung: list[str] = []
    while isinstance(call.state, Ringing):
        rung.append(call.state.numbers[0])
        call.phone_does(NoAnswer() if rung[-1] in RESORTS else Voicemail(19))
    return rung


def seconds_to_the_first_word(call: Call) -> float:
    """From the extension's last key to the safe message's first word."""
    heard = [line for line in call.transcript if line.who == "line"]
    keyed = next(line for line in heard if line.text.startswith("Extension 2 3 0 1."))
    safe = next(line for line in heard if SORRY in line.text)
    return safe.at + seconds_of(safe.text.partition(SORRY)[0]) - keyed.at


def test_the_table_holds_the_longest_names(world: World) -> None:
    lengths = {
        team.slug: seconds_of(team.name)
        for team in world.directory.teams.values()
        if team.authority == "devon" and team.duty_numbers and team.slug not in ("devon-mash", "devon-edt")
    }
    assert max(lengths.values()) == lengths["devon-cf-mid-east-4"] == lengths["devon-dcs-mid-east"]


@pytest.mark.parametrize(("team", "number"), LONGEST.items())
def test_worker_manager_duty_hub_and_night_team_take_at_most_150_seconds(world: World, team: str, number: str) -> None:
    board = Switchboard(in_team(world, team))
    call = board.ring("devon").presses("1").presses("2301")
    assert climbed(call) == [*WORKERS_PHONES, e164(number), *RESORTS]
    call.hears("For a call back, press 1.")
    assert 100 <= seconds_to_the_first_word(call) <= LADDER_SECONDS
