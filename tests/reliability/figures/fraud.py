"""Can anybody make us ring a number that costs the council money? 2,000 of them through every door; and every extension of a block."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

from directory.model import Accept, Person
from directory.numbers import Number, number_from
from directory.policy import denial
from directory.snapshot import written
from ivr.moment import World
from ivr.position import Position, Stage
from tests.reliability import doors_altered, doors_called, doors_typed, doors_written
from tests.reliability.barred import barred
from tests.reliability.figure import Figure, Value
from tests.reliability.ground import Door, Ground, ground
from tests.reliability.listening import Heard, Line
from webhooks.links import path_of

FULL = 2000
DOORS: tuple[Door, ...] = (*doors_written.DOORS, *doors_typed.DOORS, *doors_altered.DOORS, *doors_called.DOORS)
GOOD = "+442079460{}"
FIRST_GOOD = 600
HARMLESS = frozenset((
    "API: policy exceptions", "file: authorities", "plan: text and draft", "settings", "failover folder: altered",
    "state folder: extension rule", "state folder: person's extension", "API: extension", "form: person's extension",
    "desk: transfer", "desk: cold transfer", "desk: invitation", "desk: chair", "desk: text message",
    "carrier: call and message", "caller: keys at every prompt",
))  # fmt: skip
"""Doors that a good number does not pass either: it is no exception, no setting, no extension, no mobile, or nobody's of the directory."""

MOST_TOLD = 20
EXTENSIONS = 10_000
PUBLISHED = 250


def figure(size: int, seed: int) -> Figure:
    """``size`` destinations by ``seed``; a door whose every try is dear is tried with a sample, as the line tells, and left out
    where not one falls to it. The block of extensions is gone through as a whole where the size is."""
    texts, dice, broken, tried = barred(size, seed), Random(seed), list[str](), dict[str, Value]()  # dice
    doors = [door for door in DOORS if size >= door.share]
    with ground() as here:
        for door in doors:
            sample = texts if door.share == 1 else dice.sample(texts, size // door.share)
            found, told = _entered(here, door, sample), len(broken)
            broken += [f"{door.name}: {what}" for what in found]
            tried[door.name] = len(sample)
            sys.stderr.write(f"{door.name}: {len(sample)} tried, {len(broken) - told} let in\n")
        world = here.stage.application.publication.current()
    closed = _closed_to_everybody(doors)
    many = min(EXTENSIONS, size * 5)
    refused, strange = _refused(world, many), _strangely_rung(world, many, seed)
    broken += [f"{name}: not even a good number passes, so nothing was tried" for name in closed]
    broken += [f"extension {text} of 01392 38 is refused" for text in refused] + strange
    values: dict[str, Value] = {
        "destinations": size, "doors": len(doors), "tries": sum(map(int, map(str, tried.values()))), "let_in_or_rung": len(broken),
        "extensions": many, "extensions_accepted": many - len(refused), **_counts(tried),
    }  # fmt: skip
    return Figure(values, tuple(broken[:MOST_TOLD]))


def _counts(tried: Mapping[str, Value]) -> Mapping[str, Value]:
    return {f"tried: {name}": many for name, many in tried.items()}


def _entered(here: Ground, door: Door, texts: tuple[str, ...] | list[str]) -> list[str]:
    """What a door lets in, and what was rung on the way."""
    here.heard.numbers.clear()
    return [*door.enter(here, texts), *(f"{number!r} is rung" for number in here.heard.barred())]


def _closed_to_everybody(doors: Sequence[Door]) -> list[str]:
    """The doors that let nothing in at all: what they refuse says nothing."""
    closed = []
    with ground() as here:
        for place, door in enumerate(door for door in doors if door.name not in HARMLESS):
            here.heard.numbers.clear()
            good = GOOD.format(FIRST_GOOD + place)
            if not list(door.enter(here, [good])) and good not in here.heard.numbers:
                closed.append(door.name)
    return closed


def _refused(world: World, many: int) -> list[str]:
    """Extensions of Devon's block that the rule or the policy refuses."""
    rule, found = world.directory.authorities["devon"].extensions, []
    for text in (f"{place:04}" for place in range(many)):
        number = number_from(text, rule)
        if number != Number(f"+44139238{text}") or denial(number):
            found.append(text)
    return found


def _strangely_rung(world: World, many: int, seed: int) -> list[str]:
    """Every extension is keyed, one a call; only those that the directory publishes ring, each on its own number."""
    dice = Random(seed)  # dice
    own = {
        f"{place:04}": f"+4420794600{dice.randrange(10, 99)}"
        for place in dice.sample(range(many), min(PUBLISHED, many // 4))
    }
    known = {text for (authority, text) in world.directory.keyed if authority == "devon"}
    people = [_worker(text, number) for text, number in own.items() if text not in known]
    directory = world.directory.changed(world.directory.version, map(written, people))
    line = Line(replace(world, directory=directory), Heard())
    published = {text: number for text, number in own.items() if text not in known}
    return [words for place in range(many) if (words := _keyed(line, f"{place:04}", published, known))]


def _worker(extension: str, number: str) -> Person:
    return Person(f"x-{extension}", "Somebody Invented", "devon-ir-north", extension, (Number(number),), Accept.KEY)


def _keyed(line: Line, text: str, published: Mapping[str, str], known: set[str]) -> str:
    line.heard.numbers.clear()
    plan = line.memory.world.plans.of_line("devon")
    assert plan
    line.asks(
        path_of(Position(plan.digest, "devon", "worker", Stage.KEYS, hop=1)), Digits=text, CallSid=f"CA{text:0>32}"
    )
    line.memory.records.clear()
    rung = line.heard.numbers
    if text in published:
        return "" if rung == [published[text]] else f"extension {text} rings {rung}, and not its own number"
    if text in known or f"+44139238{text}" in _duties(line.memory.world):
        return "" if len(rung) == 1 else f"extension {text} of the directory rings {rung}"
    return f"extension {text} is nobody's, and rings {rung}" if rung else ""


def _duties(world: World) -> set[str]:
    return {duty.number.e164 for team in world.directory.teams.values() for duty in team.duty_numbers}
