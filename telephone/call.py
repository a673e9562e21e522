"""How does a story tell a call, one step after the other?

    phone.dial(to="+442079460101").hears("North Devon").presses("1").rings("01392 388481").no_answer()

Each step checks what it can; where the call goes otherwise than told, the error ends with the transcript.
"""

from collections.abc import Callable
from typing import NoReturn, Self

from telephone.english import told
from telephone.errors import CalleeGone, CallerGone, OutOfTurn, TakenFromQueue, Unheard
from telephone.fetching import Attempt
from telephone.leg import Leg
from telephone.numbers import e164, national
from telephone.outcomes import (
    Answers,
    Busy,
    Declines,
    Fails,
    HangsUpInWhisper,
    NoAnswer,
    Outcome,
    PicksUp,
    Voicemail,
)
from telephone.states import (
    Act,
    CalleeHangsUp,
    Ended,
    How,
    Listening,
    Need,
    PhoneDoes,
    Presses,
    Queued,
    Ringing,
    Running,
    Silence,
    State,
    Talking,
    Talks,
    WaitsAt,
    Whispering,
)
from telephone.transcript import Line, Warned, Who
from telephone.verbs.enqueue import WAIT_VERBS

KEYS = frozenset("0123456789*#")


class Call:
    """One call. It has run until it needs somebody; `state` says whom. Steps return the call itself."""

    def __init__(self, leg: Leg, running: Running[How]) -> None:
        self._leg = leg
        self._board = leg.board
        self._running = running
        self._mark = 0
        self._phone: str | None = None
        self.state: State
        self._step(lambda: next(running))

    @property
    def sid(self) -> str:
        """The CallSid of the caller's leg."""
        return self._leg.sid

    @property
    def is_in_queue(self) -> bool:
        """Whether the caller waits in a queue, whatever they hear at that moment."""
        return not isinstance(self.state, Ended) and self._leg.verbs is WAIT_VERBS

    @property
    def elapsed(self) -> float:
        """Virtual seconds since the call began to ring."""
        return self._board.clock.now

    @property
    def transcript(self) -> tuple[Line, ...]:
        """All that was said and done so far."""
        return tuple(self._board.lines)

    @property
    def exchanges(self) -> tuple[Attempt, ...]:
        """Every request so far with its answer, repeats and status callbacks included."""
        return tuple(self._board.fetcher.exchanges)

    @property
    def warnings(self) -> tuple[Warned, ...]:
        """What Twilio's debugger would show."""
        return tuple(self._board.warnings)

    def hears(self, text: str) -> Self:
        """The caller has heard these words since the last action; case and white space do not matter."""
        return self._expect(text, ("line", "twilio"), "the caller did not hear")

    def whispers(self, text: str) -> Self:
        """The person called has heard these words since the last action."""
        return self._expect(text, ("whisper",), "the person called did not hear")

    def does_not_hear(self, text: str) -> Self:
        """The caller has not heard these words since the last action."""
        if _folded(text) in self._heard(("line", "twilio")):
            self._fail(Unheard, f"the caller did hear {text!r}")
        return self

    def presses(self, keys: str) -> Self:
        """The caller presses keys, and then none: in a queue, at the wait document's next prompt.

        While a telephone rings nobody listens for them.
        """
        if not keys or set(keys) - KEYS:
            self._fail(OutOfTurn, f"{keys!r} are not keys of a telephone")
        if isinstance(self.state, Queued):
            self.is_queued(self.state.position)
        if not isinstance(self.state, Listening | Ringing | Talking):
            self._fail(OutOfTurn, "the caller cannot press keys now")
        return self._act(Presses(keys))

    def waits(self) -> Self:
        """The caller presses nothing until the Gather gives up."""
        self._require(Listening, "nobody waits for the caller's keys")
        return self._act(Silence())

    def rings(self, number: str) -> Self:
        """This telephone rings now (any British spelling); the next outcome is its."""
        dialled = e164(number)
        if not isinstance(self.state, Ringing) or dialled not in self.state.numbers:
            self._fail(OutOfTurn, f"{national(dialled)} does not ring")
        self._phone = dialled
        return self

    def no_answer(self) -> Self:
        """It rings until Twilio gives up, five seconds after the timeout."""
        return self.phone_does(NoAnswer())

    def busy(self) -> Self:
        """It is engaged."""
        return self.phone_does(Busy())

    def fails(self) -> Self:
        """The network cannot reach it."""
        return self.phone_does(Fails())

    def voicemail(self, after: float = 1.0) -> Self:
        """A mailbox answers, hears the whisper, and presses nothing."""
        return self.phone_does(Voicemail(after))

    def declines(self) -> Self:
        """Somebody refuses the call."""
        return self.phone_does(Declines())

    def answers(self, presses: str = "", after: float = 5.0) -> Self:
        """Somebody answers, and presses these keys, then none, where the whisper listens."""
        return self.phone_does(Answers(presses, after))

    def picks_up(self, after: float = 5.0) -> Self:
        """Somebody answers and listens to the whisper; go on with `callee_presses` and the like."""
        return self.phone_does(PicksUp(after))

    def phone_does(self, outcome: Outcome) -> Self:
        """What becomes of the telephone named by `rings`, else of the first that rings."""
        if not isinstance(self.state, Ringing):
            self._fail(OutOfTurn, "no telephone rings")
        chosen, self._phone = self._phone, None
        return self._act(PhoneDoes(chosen or self.state.numbers[0], outcome))

    def callee_presses(self, keys: str) -> Self:
        """The person called presses keys at the whisper."""
        self._require(Whispering, "nobody listens for the called person's keys")
        return self._act(Presses(keys))

    def callee_waits(self) -> Self:
        """The person called presses nothing until the whisper's Gather gives up."""
        self._require(Whispering, "nobody listens for the called person's keys")
        return self._act(Silence())

    def hangs_up_in_whisper(self) -> Self:
        """The person called hangs up while they hear the whisper."""
        if isinstance(self.state, Ringing):
            return self.phone_does(HangsUpInWhisper())
        self._require(Whispering, "nobody hears a whisper")
        return self._throw(CalleeGone())

    def talks(self, seconds: float = 60.0) -> Self:
        """The two talk."""
        self._require(Talking, "nobody is connected")
        return self._act(Talks(seconds))

    def callee_hangs_up(self) -> Self:
        """The person called hangs up after talking."""
        self._require(Talking, "nobody is connected")
        return self._act(CalleeHangsUp())

    def is_queued(self, position: int) -> Self:
        """The caller is in a queue, at this place (1 is the next), and hears the wait document once."""
        self._require(Queued, "the caller is not in a queue")
        return self._act(WaitsAt(position))

    def waits_in_queue(self, seconds: float) -> Self:
        """The caller waits in the queue at least so long, pressing nothing, unless the line does something else."""
        self._require(Queued, "the caller is not in a queue")
        mark, until = len(self._board.lines), self.elapsed + seconds
        while isinstance(self.state, Queued | Listening) and self.elapsed < until:
            self._act(WaitsAt(self.state.position) if isinstance(self.state, Queued) else Silence())
        self._mark = mark
        return self

    def is_answered_from_queue(self) -> Self:
        """Somebody takes the caller from the queue, whatever they hear at that moment; the two talk."""
        if not isinstance(self.state, Queued | Listening):
            self._fail(OutOfTurn, "the caller is not in a queue")
        try:
            return self._throw(TakenFromQueue())
        except TakenFromQueue:
            self._fail(OutOfTurn, "the caller is not in a queue")

    def hangs_up(self) -> Self:
        """The caller hangs up, at whatever moment."""
        if isinstance(self.state, Ended):
            self._fail(OutOfTurn, "the call has ended already")
        return self._throw(CallerGone())

    def has_ended(self) -> Self:
        """The call is over."""
        self._require(Ended, "the call goes on")
        return self

    def _act(self, act: Act) -> Self:
        return self._step(lambda: self._running.send(act))

    def _throw(self, gone: CallerGone | CalleeGone | TakenFromQueue) -> Self:
        return self._step(lambda: self._running.throw(gone))

    def _step(self, advance: Callable[[], Need]) -> Self:
        self._mark = len(self._board.lines)
        self._board.documents = 0
        try:
            self.state = advance()
        except StopIteration as over:
            self.state = Ended(over.value)
        return self

    def _heard(self, by: tuple[Who, ...]) -> str:
        return _folded(" ".join(line.text for line in self._board.lines[self._mark :] if line.who in by))

    def _expect(self, text: str, by: tuple[Who, ...], complaint: str) -> Self:
        if _folded(text) not in self._heard(by):
            self._fail(Unheard, f"{complaint} {text!r}")
        return self

    def _require(self, state: type[State], complaint: str) -> None:
        if not isinstance(self.state, state):
            self._fail(OutOfTurn, complaint)

    def _fail(self, error: type[Unheard] | type[OutOfTurn], complaint: str) -> NoReturn:
        warned = "".join(f"\n  Twilio warns: {each.code} {each.text}" for each in self.warnings)
        raise error(f"{complaint}; the call is: {self.state}\n{told(self.transcript)}{warned}")


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
