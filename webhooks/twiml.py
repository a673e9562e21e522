"""How are replies written as TwiML? Our own writer: small, escaped, and every text free of what XML forbids."""

from collections.abc import Sequence
from functools import lru_cache
from typing import assert_never
from xml.sax.saxutils import escape, quoteattr

from directory.numbers import E164, Number
from directory.policy import is_never_dialled
from ivr.legs import LegPlace
from ivr.replies import CallOut, Confer, Connect, Enqueue, Go, HangUp, Leave, Listen, Music, Place, Reply, Ring, Say
from ivr.speech import speakable
from webhooks.links import OVERRIDES, STATUS, leg_path_of, path_of

VOICE = 'language="en-GB" voice="Polly.Amy-Neural"'
LEG_EVENTS = "initiated ringing answered completed"
ROOM_EVENTS = "start end join leave"
HEAD = '<?xml version="1.0" encoding="UTF-8"?><Response>'
MUSIC = "/music/{}.wav"
LONGEST_PAUSE = 4
"""Seconds: a longer silence would be taken for a dead line."""

MOST_BYTES = 60_000
"""Twilio reads 64 kB at most (E:11750)."""


class TooLongError(ValueError):
    """A document that Twilio would refuse."""


class NotDialledError(ValueError):
    """A number that is never dialled, wherever it came from."""


class Writer:
    """Writes documents whose links lead back below ``prefix``, the path of the public URL."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._status = quoteattr(f"{prefix}{STATUS}{OVERRIDES}")

    def document(self, replies: Sequence[Reply]) -> bytes:
        """The TwiML of these replies, UTF-8."""
        verbs = [self._verb(reply) for reply in replies]
        return whole("".join(verbs) + self._onward(replies))

    def _onward(self, replies: Sequence[Reply]) -> str:
        """Behind a Gather that ends the document: where a silent caller goes if Twilio should not ask its action."""
        last = replies[-1] if replies else None
        return f'<Redirect method="POST">{escape(self._url(last.then))}</Redirect>' if isinstance(last, Listen) else ""

    def _url(self, place: Place) -> str:
        path = leg_path_of(place) if isinstance(place, LegPlace) else path_of(place)
        return f"{self._prefix}{path}{OVERRIDES}"

    def link(self, place: Place) -> str:
        """An attribute value, quotes included, that leads to a place."""
        return quoteattr(self._url(place))

    def _verb(self, reply: Reply) -> str:  # noqa: C901  # one case per reply
        match reply:
            case Say(text=text):
                return say(text)
            case Listen():
                return self._gather(reply)
            case Ring():
                return self._dial(reply)
            case HangUp():
                return "<Hangup/>"
            case Connect():
                return ""
            case Music(seconds=seconds):
                return self._music(seconds)
            case Go(to=place):
                return f'<Redirect method="POST">{escape(self._url(place))}</Redirect>'
            case Confer():
                return self._confer(reply)
            case Enqueue():
                return self._enqueue(reply)
            case Leave():
                return "<Leave/>"
            case CallOut():
                return self._call_out(reply)
            case _:
                assert_never(reply)

    def _gather(self, listen: Listen) -> str:
        keys = 'finishOnKey="#"' if listen.keys is None else f'numDigits="{listen.keys}" finishOnKey="#"'
        keys = 'numDigits="1" finishOnKey=""' if listen.keys == 1 else keys
        music = self._music(listen.music) if listen.music else ""
        return (
            f'<Gather input="dtmf" {keys} timeout="{listen.seconds}" actionOnEmptyResult="true" method="POST" '
            f"action={self.link(listen.then)}>{say(listen.text)}{music}</Gather>"
        )

    def _music(self, seconds: int) -> str:
        """Our own soft tones; for a moment a pause does."""
        if seconds <= LONGEST_PAUSE:
            return f'<Pause length="{seconds}"/>'
        return f"<Play>{escape(self._prefix)}{MUSIC.format(seconds)}</Play>"

    def _dial(self, ring: Ring) -> str:
        caller_id = f' callerId="{shown_number(ring.caller_id)}"' if ring.caller_id else ""
        screening = f' url={self.link(ring.whisper)} method="POST"' if ring.whisper else ""
        return (
            f'<Dial timeout="{ring.seconds}" method="POST" action={self.link(ring.then)}{caller_id}>'
            f'<Number{screening} statusCallback={self._status} statusCallbackEvent="{LEG_EVENTS}">'
            f"{dialled(ring.number)}</Number></Dial>"
        )

    def _call_out(self, call: CallOut) -> str:
        return (
            f'<Dial timeout="{call.seconds}" method="POST" action={self.link(call.then)} callerId="{shown_number(call.caller_id)}">'
            f'<Number url={self.link(call.greeting)} method="POST">{dialled(call.number)}</Number></Dial>'
        )

    def _enqueue(self, enqueue: Enqueue) -> str:
        return (
            f'<Enqueue method="POST" action={self.link(enqueue.then)} waitUrl={self.link(enqueue.wait)} '
            f'waitUrlMethod="POST">{escape(enqueue.queue)}</Enqueue>'
        )

    def _confer(self, confer: Confer) -> str:
        seat, told = confer.seat, ""
        if confer.told:
            told = f' statusCallback={self.link(confer.told)} statusCallbackEvent="{ROOM_EVENTS}"'
        return (
            f'<Dial method="POST" action={self.link(confer.then)}><Conference beep="false" '
            f'participantLabel="{confer.label}" startConferenceOnEnter="{str(seat.starts).lower()}" '
            f'endConferenceOnExit="{str(seat.ends).lower()}" waitUrl={self.link(confer.wait)} waitMethod="POST"{told}>'
            f"{escape(confer.room)}</Conference></Dial>"
        )


def dialled(number: Number) -> str:
    """A number as it is written into a Dial; one that is never dialled raises, whichever file or table it was read from."""
    if is_never_dialled(number):
        raise NotDialledError
    return number.e164


def shown_number(number: Number) -> str:
    """A number as it is written into a callerId."""
    if not E164.fullmatch(number.e164):
        raise NotDialledError
    return number.e164


@lru_cache(maxsize=4096)
def say(text: str) -> str:
    """A text spoken in British English."""
    return f"<Say {VOICE}>{escape(speakable(text))}</Say>"


def whole(verbs: str) -> bytes:
    """A whole document around these verbs."""
    document = f"{HEAD}{verbs}</Response>".encode()
    if len(document) > MOST_BYTES:
        raise TooLongError(f"{len(document)} bytes of TwiML")
    return document
