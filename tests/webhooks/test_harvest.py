"""How many names does somebody hear who rings to collect them? 5,000 tries in two hours: by one number, without one, by ever another."""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest
from flask import Flask

from directory.model import Listing, Person
from directory.snapshot import written
from ivr.moment import World
from ivr.position import Stage
from rehearsal.staging import FollowingClock, Memory
from tests.telling import at
from tests.webhooks.knocking import PUBLIC, TOKEN, fields, knock, place
from webhooks.guard import Guard
from webhooks.links import path_of
from webhooks.lookups import MOST_AN_HOUR, MOST_OF_A_LINE
from webhooks.voice import Door, Ports

TRIES, HOURS, STAFF = 5000, 2, 400
READ_OUT = 3
SURNAMES = ("Inventling", "Mockford", "Sampleton", "Fictor", "Testerman", "Dummier", "Fabling", "Proxton")
FIRST = ("Ann", "Bea", "Cal", "Dov", "Eli", "Fay", "Gus", "Hal", "Ida", "Jon")
SAID = re.compile(r"For (\w+), in [^.]*?, press \d")
Sender = Callable[[int], str]
KNOWING = 0.9
"""Of so many tries the harvester knows a name already, and wants its team."""

KEYS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "22233344455566677778889999")


def spelt(person: Person) -> str:
    """A whole name as it is keyed, the surname first."""
    first, surname = person.name.lower().split()
    return (surname + first).translate(KEYS)


def staffed(world: World) -> World:
    """A directory with many names, a few of whom are not to be found by name."""
    dice = Random(5)  # dice
    names = (f"{dice.choice(FIRST)} {dice.choice(SURNAMES)}{chr(97 + place % 26)}" for place in range(STAFF))
    people = [
        Person(f"x-{place}", name, "devon-ir-north", listed=Listing.UNLISTED if place % 10 == 0 else Listing.LISTED)
        for place, name in enumerate(names)
    ]
    return replace(world, directory=world.directory.changed(world.directory.version, map(written, people)))


@pytest.fixture(scope="module")
def heard(world: World) -> Callable[[Sender], list[tuple[datetime, str]]]:
    """What is said to each try, and when."""
    county = staffed(world)

    def by(sender: Sender) -> list[tuple[datetime, str]]:
        whom = [one for one in county.directory.people.values() if one.slug.startswith("x-")]
        memory, clock, dice = Memory(county), FollowingClock(at("Wed 10:00")), Random(7)  # dice
        door = Door(Flask("elsewhere").wsgi_app, Guard([TOKEN], PUBLIC), Ports(memory, memory, memory, clock), "")
        said = []
        for attempt in range(TRIES // 3):
            clock.follow(attempt * HOURS * 3600 * 3 / TRIES)
            keys = spelt(dice.choice(whom)) if dice.random() < KNOWING else "".join(dice.choices("23456789", k=3))
            target = path_of(place(county, "by-name", Stage.LETTERS, hop=1 + attempt % 3))
            form = fields(county, Digits=keys, From=sender(attempt), CallSid=f"CA{attempt // 3:032x}")
            said.append((clock.now(), knock(door, target, form).text))
            memory.records.clear()
        return said

    return by


SENDERS: dict[str, tuple[Sender, int]] = {
    "one number": (lambda _: "+442079460999", MOST_AN_HOUR),
    "withheld": (lambda _: "anonymous", MOST_OF_A_LINE),
    "ever another number": (lambda attempt: f"+4420794{60000 + attempt:05}", MOST_OF_A_LINE),
}


@pytest.mark.parametrize("who", SENDERS)
def test_whoever_collects_names_hears_a_few_an_hour(
    who: str, heard: Callable[[Sender], list[tuple[datetime, str]]]
) -> None:
    sender, most = SENDERS[who]
    by_hour: dict[int, int] = defaultdict(int)
    for when, text in heard(sender):
        names = SAID.findall(text)
        assert len(names) <= READ_OUT
        assert not any(surname in text for surname in SURNAMES)
        by_hour[int((when - at("Wed 10:00")) / timedelta(hours=1))] += bool(names)
    assert sum(by_hour.values()) > 0
    assert max(by_hour.values()) <= most
