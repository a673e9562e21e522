"""What can somebody do in a rehearsed call? A move each, with the word by which it is written down."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from telephone import Answers, Busy, Declines, Fails, NoAnswer, Outcome, Voicemail

KEYS = "123456789*0#"
"""A keypad's, row by row."""

MOST_MOVES = 200
LONGEST_WORD = 30


class Deed(StrEnum):
    """A move other than a key."""

    SILENCE = "nothing"
    HANGS_UP = "hangs up"
    ANSWERS = "answers"
    ANSWERS_SILENTLY = "answers without a key"
    NO_ANSWER = "no-answer"
    BUSY = "busy"
    FAILED = "failed"
    VOICEMAIL = "voicemail"
    DECLINES = "declines"
    CALLEE_HANGS_UP = "callee hangs up"
    WAITS = "waits"
    TAKEN = "answered from the queue"


@dataclass(frozen=True, slots=True)
class Key:
    """One key that the caller presses."""

    key: str


Move = Key | Deed

OUTCOMES: dict[Deed, Outcome] = {
    Deed.ANSWERS: Answers(presses="1"),
    Deed.ANSWERS_SILENTLY: Answers(),
    Deed.NO_ANSWER: NoAnswer(),
    Deed.BUSY: Busy(),
    Deed.FAILED: Fails(),
    Deed.VOICEMAIL: Voicemail(),
    Deed.DECLINES: Declines(),
}
"""What a telephone that rings does."""


class MoveError(ValueError):
    """A text is not a list of moves; the message says what is wrong and what may stand there."""


def word(move: Move) -> str:
    """How a move is written."""
    match move:
        case Key(key):
            return key
        case Deed():
            return move.value
        case _:
            assert_never(move)


def written(moves: Iterable[Move]) -> str:
    """``2, 1, nothing, no-answer``."""
    return ", ".join(map(word, moves))


def moves_from(text: str) -> tuple[Move, ...]:
    """The moves of a text; several keys may stand together, as ``2101``. Raises MoveError."""
    moves = tuple(move for part in text.split(",") if part.strip() for move in _moves(part.strip()))
    if len(moves) > MOST_MOVES:
        raise MoveError(f"A rehearsed call has {MOST_MOVES} moves at the most, and this one {len(moves)}: start again.")
    return moves


def _moves(part: str) -> Iterator[Move]:
    if set(part) <= set(KEYS):
        yield from map(Key, part)
        return
    try:
        yield Deed(part)
    except ValueError:
        known = ", ".join(deed.value for deed in Deed)
        raise MoveError(
            f"“{part[:LONGEST_WORD]}” is nothing that anybody does in a call; it may be a key, or one of: {known}."
        ) from None
