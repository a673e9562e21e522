"""What is a golden call? A text file: a head that says who calls when and what everybody does, and the call as told.

The head's fields stand one a line: ``Line``, ``When``, ``Caller`` (if not the usual one), ``Keys`` (in their order, then
silence; ``nothing`` is silence at one prompt), ``Phones`` (what each does; the others answer and press 1) and ``Desk`` (the
lines that somebody at the desk answers). Where keys and telephones do not say it all, ``Moves`` lists everything that is done,
in its order (``rehearsal.moves``). A blank line ends the head. Below stands what ``dutyline dial`` prints.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ivr.moment import World
from rehearsal.keeping import NOTHING
from rehearsal.moves import Move, moves_from
from rehearsal.staging import CALLER, Staffed, rehearsal
from rehearsal.story import Story as Rehearsed
from rehearsal.story import played
from telephone import Call, Outcome, OutcomeWord, e164, play, told
from tests.telling import at

HERE = Path(__file__).parent
FIELDS = {"Line", "When", "Caller", "Keys", "Phones", "Desk", "Moves"}


@dataclass(frozen=True, slots=True)
class Story:
    """The head of a golden call."""

    title: str
    line: str
    when: str
    caller: str
    keys: tuple[str, ...]
    phones: Mapping[str, Outcome]
    desk: frozenset[str]
    moves: tuple[Move, ...] = ()


def stories() -> list[Path]:
    """Every golden call."""
    return sorted(HERE.glob("*.txt"))


def story_from(text: str) -> Story:
    """Read a head; an unknown field or a word that no telephone knows is an error."""
    title, *lines = text.split("\n\n", maxsplit=1)[0].splitlines()
    fields = {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    if fields.keys() - FIELDS:
        raise ValueError(f"{title}: unknown {fields.keys() - FIELDS}")
    caller = fields.get("Caller", CALLER)
    return Story(
        title=title,
        line=fields["Line"],
        when=fields["When"],
        caller=caller if caller.isalpha() else e164(caller),
        keys=tuple("" if keys == NOTHING else keys for keys in _listed(fields.get("Keys", ""))),
        phones=dict(_phone(each) for each in _listed(fields.get("Phones", ""))),
        desk=frozenset(_listed(fields.get("Desk", ""))),
        moves=moves_from(fields.get("Moves", "")),
    )


def _listed(text: str) -> list[str]:
    return [each.strip() for each in text.split(",") if each.strip()]


def _phone(text: str) -> tuple[str, Outcome]:
    number, _, word = text.rpartition(" ")
    return e164(number), OutcomeWord.parse(word).outcome


def retold(world: World, text: str) -> str:
    """The file as it would be written today: its head as it stands, and the call played again."""
    head = text.split("\n\n", maxsplit=1)[0]
    return f"{head}\n\n{_call(world, story_from(text))}\n"


def _call(world: World, story: Story) -> str:
    call, faults = _moved(world, story) if story.moves else _scripted(world, story)
    if faults or call.warnings:
        raise AssertionError(f"{story.title}: {faults} {call.warnings}")
    name = world.plans.by_digest[world.plans.current[story.line]].name
    return f"{name}, {at(story.when):%A %-d %B %Y, %H:%M}\n\n{told(call.transcript)}"


def _scripted(world: World, story: Story) -> tuple[Call, Sequence[str]]:
    staged = rehearsal(world, at(story.when), Staffed(story.desk))
    dialled = world.directory.lines[story.line].numbers[0].e164
    return play(staged.phone.dial(dialled, story.caller), story.keys, story.phones), staged.memory.faults


def _moved(world: World, story: Story) -> tuple[Call, Sequence[str]]:
    shown = played(world, Rehearsed(story.line, at(story.when), story.caller, story.desk, story.moves))
    return shown.call, [*shown.faults, *([shown.refused] if shown.refused else [])]
