"""What does somebody see of a rehearsed call? The telephone's screen, what was said, what may be done next, and how it ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, assert_never

from admin.auth import sees_personal_data
from ivr.moment import World
from ivr.outcome import Ending
from rehearsal.moves import Deed
from rehearsal.private import NO_CURTAIN, Curtain, curtain
from rehearsal.story import Played, offered
from routing.clock import local
from routing.reasons import clock_time
from telephone import Ended, Line, Listening, Queued, Ringing, State, Talking, Whispering, national

NAMES = {
    "line": "Line", "twilio": "Twilio", "whisper": "Callee hears", "caller": "Caller", "callee": "Callee",
    "phone": "Phone", "call": "Call",
}  # fmt: skip
HEARD = ("line", "twilio")
MUSIC = "[plays "
LABELS = {
    Deed.SILENCE: "Says nothing",
    Deed.ANSWERS: "Answers and presses 1",
    Deed.ANSWERS_SILENTLY: "Answers, and presses no key",
    Deed.NO_ANSWER: "Nobody answers",
    Deed.BUSY: "Is engaged",
    Deed.FAILED: "The number fails",
    Deed.VOICEMAIL: "Voicemail answers",
    Deed.DECLINES: "Declines the call",
    Deed.CALLEE_HANGS_UP: "They hang up",
    Deed.WAITS: "Waits, and listens",
    Deed.TAKEN: "Somebody at the desk answers",
}
ENDINGS = {
    Ending.PERSON: "The caller talked with somebody.",
    Ending.CALL_BACK: "A call back is booked.",
    Ending.SAFE_MESSAGE: "The caller heard the safe message whole.",
    Ending.CALLER_GONE: "The caller hung up.",
}


@dataclass(frozen=True, slots=True)
class Said:
    """A line of the transcript; ``aloud`` is what a voice reads."""

    clock: str
    who: str
    kind: str
    text: str
    aloud: str


@dataclass(frozen=True, slots=True)
class Decided:
    """One step's decision: when, at which node of which plan and directory, and why."""

    clock: str
    line: str
    node: str
    plan: str
    directory: str
    because: tuple[str, ...]
    is_newest: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A button."""

    move: str
    label: str


@dataclass(frozen=True, slots=True)
class Shown:
    """The call as the page shows it."""

    status: str
    asks: str
    prompt: str
    typed: str
    note: str
    wall: str
    running: str
    is_over: bool
    outcome: tuple[str, ...]
    choices: tuple[Choice, ...]
    said: tuple[Said, ...]
    decided: tuple[Decided, ...]
    troubles: tuple[str, ...]


def shown(world: World, call: Played, note: str = "") -> Shown:
    """A call as whoever asks may see it."""
    before = NO_CURTAIN if sees_personal_data() else curtain(world, call)
    return _shown(call, before, note)


def _shown(call: Played, before: Curtain, note: str) -> Shown:
    state, elapsed = call.call.state, call.call.elapsed
    lines = tuple(_said(line, before) for line in call.call.transcript)
    return Shown(
        status=_begun(before.over(_status(call))),
        asks=_begun(before.over(_asks(state, call))),
        prompt=next((line.text for line in reversed(lines) if line.kind in HEARD), ""),
        typed=call.typed,
        note=note,
        wall=f"{local(call.story.at + timedelta(seconds=elapsed)):%a %-d %b %Y, %H:%M:%S}",
        running=_clock(elapsed),
        is_over=isinstance(state, Ended),
        outcome=tuple(map(before.over, _outcome(call))),
        choices=tuple(Choice(deed.value, _label(deed, call)) for deed in offered(call.call) if deed in LABELS),
        said=lines,
        decided=_decided(call, before),
        troubles=(*call.faults, *(f"Twilio warns: {one.code} {one.text}" for one in call.call.warnings)),
    )


def _begun(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"


def _said(line: Line, before: Curtain) -> Said:
    text = "(music)" if line.text.startswith(MUSIC) else before.over(line.text)
    aloud = text if line.who in HEARD and not line.text.startswith(MUSIC) else ""
    return Said(_clock(line.at), NAMES[line.who], line.who, text, aloud)


def _status(call: Played) -> str:
    match call.call.state:
        case Listening() if call.call.is_in_queue:
            return "In the queue"
        case Listening():
            return "The line waits for keys"
        case Ringing(numbers):
            return f"{national(numbers[0])} rings"
        case Whispering(number=number):
            return f"{national(number)} listens"
        case Talking(number):
            return f"Talking with {_talker(number)}"
        case Queued():
            return "In the queue"
        case Ended():
            return "The call is over"
        case _:
            assert_never(call.call.state)


def _talker(number: str) -> str:
    return national(number) if number.startswith("+") else "the desk"


def _asks(state: State, call: Played) -> str:
    match state:
        case Ringing(numbers):
            return f"{national(numbers[0])} rings. What does it do?"
        case Talking(number):
            return f"The caller talks with {_talker(number)} for a minute. Who hangs up?"
        case Queued():
            return "The caller is in the queue. What happens?"
        case Listening() if call.call.is_in_queue:
            return "The caller waits in the queue. What happens?"
        case Listening() | Whispering():
            return "Press a key, or say nothing."
        case Ended():
            return "How it ended"
        case _:
            assert_never(state)


def _label(deed: Deed, call: Played) -> str:
    if deed is Deed.SILENCE and call.call.is_in_queue:
        return LABELS[Deed.WAITS]
    return "Presses nothing more" if deed is Deed.SILENCE and call.typed else LABELS[deed]


def _outcome(call: Played) -> tuple[str, ...]:
    if not isinstance(call.call.state, Ended):
        return ()
    endings = [record.body["ending"] for record in call.records if record.body.get("ending")]
    came_of_it = (ENDINGS[Ending(endings[-1])],) if endings else ()
    how = f"After {_clock(call.call.elapsed)} {call.call.state.how}."
    return *came_of_it, *_booked(call.records if endings[-1:] == [Ending.CALL_BACK] else ()), how


def _booked(records: Any) -> tuple[str, ...]:
    wanted = [one for record in records for one in record.body.get("requests", ()) if one["do"] == "book"]
    return tuple(f"It is promised by {clock_time(datetime.fromisoformat(one['promise']))}." for one in wanted[-1:])


def _decided(call: Played, before: Curtain) -> tuple[Decided, ...]:
    steps = [(place, record) for place, record in enumerate(call.records) if record.body.get("reasons")]
    newest = max((place for place, _ in steps), default=-1)
    return tuple(
        _decision((record.at - call.story.at).total_seconds(), record.body, before, is_newest=place == newest)
        for place, record in steps
    )


def _decision(seconds: float, body: Mapping[str, Any], before: Curtain, *, is_newest: bool) -> Decided:
    because = tuple(before.over(reason["sentence"]) for reason in body["reasons"])
    plan, directory = str(body.get("plan", "")), str(body.get("directory", ""))
    return Decided(_clock(seconds), str(body.get("line", "")), str(body["node"]), plan, directory, because, is_newest)
