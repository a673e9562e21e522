"""How does a transfer stand, in words and buttons? The buttons are those that the table of the warm transfer offers."""

from collections.abc import Mapping
from dataclasses import dataclass

from desk.transfer import Event, State
from desk.transfers import TransferOut, TriedOut, transfer_out
from store import transfers
from store.database import Transaction
from store.transfers import Transfer

LABELS: Mapping[str, str] = {
    Event.COMPLETE.value: "Complete: leave the caller with them",
    Event.JOIN.value: "Join: all three speak",
    Event.CANCEL.value: "Cancel: back to the caller alone",
}
KEYS: Mapping[str, str] = {Event.COMPLETE.value: "C", Event.JOIN.value: "J", Event.CANCEL.value: "B"}
WORDS: Mapping[str, str] = {
    State.RINGING.word: "Ringing {rings}. The caller is on hold, and hears so.",
    State.CONSULTING.word: "You are speaking to {name}. The caller is on hold, and hears so.",
    State.JOINED.word: "All three of you speak: the caller, {name} and you.",
    State.COMPLETED.word: "The caller is with {name} now.",
    State.CANCELLED.word: "You are back with the caller, without {name}.",
    State.FAILED.word: "Nobody could be reached; the caller is with you.",
}
WITHOUT_YOU: Mapping[str, str] = {
    State.CONSULTING.word: "The handler is speaking to {name}. The caller is on hold, and hears so.",
    State.JOINED.word: "All three of them speak: the caller, {name} and the handler.",
    State.CANCELLED.word: "The caller was taken back, without {name}.",
    State.FAILED.word: "Nobody could be reached; the caller stayed with the handler.",
}
"""Where somebody else's call is looked at, or one's own is over."""

ADDING = "Ringing {rings}, who joins you and the caller at once."
SENT_ON = "The caller has been passed on to {name}, without a word before."


@dataclass(frozen=True, slots=True)
class Button:
    """A command that leads on: its name, its words, and its key."""

    command: str
    words: str
    key: str


@dataclass(frozen=True, slots=True)
class Passing:
    """A transfer as the page shows it."""

    id: str
    state: str
    words: str
    tried: tuple[TriedOut, ...]
    buttons: tuple[Button, ...]


def passing(connection: Transaction, call: str, *, is_own: bool) -> Passing | None:
    """The newest transfer of a call."""
    every = transfers.of_call(connection, call)
    return _shown(every[-1], transfer_out(connection, every[-1]), is_own=is_own) if every else None


def _shown(known: Transfer, out: TransferOut, *, is_own: bool) -> Passing:
    name, words = known.target["name"], _words(known, out)
    if not is_own:
        words = WITHOUT_YOU.get(out.state, words)
    elif State(known.state).is_over:
        words = out.reason or words
    buttons = tuple(Button(command, LABELS[command], KEYS[command]) for command in out.can)
    return Passing(out.id, out.state, words.format(name=name, rings=out.ringing or name), tuple(out.tried), buttons)


def _words(known: Transfer, out: TransferOut) -> str:
    if known.mode == "cold":
        return SENT_ON
    is_added = known.mode == "join" and out.state == State.RINGING.word
    return ADDING if is_added else WORDS[out.state]
