"""How is a rehearsed call kept as a test? As a golden call (tests/calls): a head of who calls when and does what, and the call as told.

The head is the short one, keys and telephones, where that plays the same call again; else it lists every move.
"""

from collections.abc import Mapping
from datetime import datetime

from ivr.moment import World
from rehearsal.moves import OUTCOMES, Deed, written
from rehearsal.staging import CALLER, Staffed, rehearsal
from rehearsal.story import Played
from routing.clock import local
from telephone import Outcome, OutcomeWord, StoryError, national, play, told

NOTHING = Deed.SILENCE.value
"""A prompt at which nobody presses a key, in the head's list of keys."""

WORDS = frozenset(word.value for word in OutcomeWord)


def kept(world: World, shown: Played, title: str) -> str:
    """The text of a golden call."""
    head = _short(world, shown) or {"Moves": written(shown.story.moves)}
    lines = [f"{name + ':':<7} {value}" for name, value in {**_always(shown), **head}.items() if value]
    return "\n".join([title, *lines]) + f"\n\n{told_call(world, shown)}\n"


def told_call(world: World, shown: Played) -> str:
    """What ``dutyline dial`` prints of such a call."""
    at = local(shown.story.at)
    name = world.plans.by_digest[world.plans.current[shown.story.line]].name
    return f"{name}, {at:%A %-d %B %Y, %H:%M}\n\n{told(shown.call.transcript)}"


def file_name(shown: Played) -> str:
    """``devon-2026-11-27-1605.txt``."""
    return f"{shown.story.line}-{local(shown.story.at):%Y-%m-%d-%H%M}.txt"


def _always(shown: Played) -> Mapping[str, str]:
    story = shown.story
    caller = "" if story.caller == CALLER else story.caller if story.caller.isalpha() else national(story.caller)
    return {"Line": story.line, "When": _moment(story.at), "Caller": caller, "Desk": _desk(shown)}


def _desk(shown: Played) -> str:
    """Those of the staffed lines that the call came to."""
    lines = {str(record.body.get("line", "")) for record in shown.records}
    return ", ".join(sorted(shown.story.desk & lines))


def _moment(at: datetime) -> str:
    """On England's clock; with the offset in the hour that comes twice."""
    here = local(at)
    return here.isoformat(timespec="minutes") if here.fold else f"{here:%Y-%m-%dT%H:%M}"


def _short(world: World, shown: Played) -> Mapping[str, str] | None:
    """Keys and telephones, where a script of them gives this very call."""
    phones = dict(shown.phones)
    if len(phones) < len(set(shown.phones)) or not WORDS.issuperset(phones.values()):
        return None
    keys = _without_silence_at_the_end(shown.entries)
    if _scripted(world, shown, keys, {number: OUTCOMES[deed] for number, deed in phones.items()}) != _told(shown):
        return None
    return {
        "Keys": ", ".join(entry or NOTHING for entry in keys),
        "Phones": ", ".join(f"{national(number)} {deed}" for number, deed in phones.items()),
    }


def _without_silence_at_the_end(entries: tuple[str, ...]) -> tuple[str, ...]:
    while entries and not entries[-1]:
        entries = entries[:-1]
    return entries


def _scripted(world: World, shown: Played, keys: tuple[str, ...], phones: Mapping[str, Outcome]) -> str:
    story = shown.story
    phone = rehearsal(world, story.at, Staffed(story.desk)).phone
    dialled = world.directory.lines[story.line].numbers[0].e164
    try:
        return told(play(phone.dial(dialled, story.caller), keys, phones).transcript)
    except StoryError:
        return ""


def _told(shown: Played) -> str:
    return told(shown.call.transcript)
