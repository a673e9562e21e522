"""Can a caller or somebody at the desk have a number rung that must not be: by keys, by the number shown, by a call-back, by a text?"""

from collections.abc import Iterator, Sequence

from carrier.account import Account
from carrier.port import Refused, RingOrder
from carrier.texts import TwilioTexts
from carrier.twilio import Twilio
from desk.errands import Means, asking
from desk.scene import Scene
from directory.numbers import Number
from ivr.position import Position, Stage
from store import parties
from store.errands import RING, Errand
from store.parties import Party, Role
from store.tables_desk import conversation
from tests.desk.stage import ACCOUNT
from tests.reliability.barred import may_be_rung
from tests.reliability.ground import Door, Ground
from tests.reliability.listening import OPEN, Line
from webhooks.links import path_of

NOWHERE = "http://127.0.0.1:9"
SHOWN = "+442079460102"
KEYED = (("worker", Stage.KEYS), ("by-name", Stage.LETTERS), ("welcome", Stage.KEYS), ("areas", Stage.KEYS), ("mash", Stage.LEG),
         ("mash", Stage.WHISPER), ("mash", Stage.ACCEPT))  # fmt: skip


def _position(line: Line, node: str, stage: Stage, hop: int) -> Position:
    plan = line.memory.world.plans.of_line("devon")
    assert plan
    return Position(plan.digest, "devon", node, stage, hop=hop)


def _line(ground: Ground) -> Line:
    return Line(ground.stage.application.publication.current(), ground.heard)


def _keyed(ground: Ground, texts: Sequence[str]) -> Iterator[str]:
    """At each prompt of a line: whatever is keyed rings a number of the directory, or nobody."""
    known = _known(ground)
    for place, text in enumerate(texts):
        line, before = _line(ground), len(ground.heard.numbers)
        for hop, (node, stage) in enumerate(KEYED):
            line.asks(path_of(_position(line, node, stage, hop)), Digits=text, CallSid=f"CA{place:032x}", From="")
        strange = set(ground.heard.numbers[before:]) - known
        if strange:
            yield f"{text!r} was keyed, and {sorted(strange)} rung"


def _known(ground: Ground) -> set[str]:
    here = ground.stage.application.publication.current().directory
    people = (number.e164 for person in here.people.values() for number in person.numbers)
    return {*people, *(duty.number.e164 for team in here.teams.values() for duty in team.duty_numbers)}


def _call_back_keyed(ground: Ground, texts: Sequence[str]) -> Iterator[str]:
    """After 9, or where the own number cannot be rung: another one is keyed."""
    for text in texts:
        line = _line(ground)
        line.asks(path_of(_position(line, "call-back", Stage.NUMBER, 2)), Digits=text)
        yield from _booked(line, text)


def _caller_id(ground: Ground, texts: Sequence[str]) -> Iterator[str]:
    """The number that the caller shows, which is where a call-back would go."""
    for text in texts:
        line = _line(ground)
        for name in ("From", "ForwardedFrom"):
            line.asks(path_of(_position(line, "call-back", Stage.ENTER, 1)), **{name: text})
        yield from _booked(line, text)


def _booked(line: Line, text: str) -> Iterator[str]:
    own = "+442079460999"
    yield from (
        f"{text!r} booked a call-back to {number}"
        for number in line.bookings()
        if number != own and not may_be_rung(number)
    )
    yield from (f"{text!r} booked a call-back" for number in line.bookings() if number == text)


def _rest(_: Ground, texts: Sequence[str]) -> Iterator[str]:
    """The last gate before the telephone company: nothing is asked of it, so that nobody need answer at its address."""
    account = Account(ACCOUNT.sid, (ACCOUNT.token,), NOWHERE)
    ring, write = Twilio(account, 0.5), TwilioTexts(account, SHOWN)
    for text in texts:
        if not isinstance(ring.ring(RingOrder(Number(text), Number(SHOWN), NOWHERE, NOWHERE)), Refused):
            if text.startswith("+448"):
                continue  # 084 and 087 some authority may name; every ladder has asked before
            yield f"the telephone company is asked to ring {text!r}"
        if not isinstance(write.text(Number(text), "words"), Refused):
            yield f"the telephone company is asked to write to {text!r}"
    ring.close()
    write.close()


def _errand(ground: Ground, texts: Sequence[str]) -> Iterator[str]:
    """A ring that waits in the table of errands, its number altered there."""
    means = Means(ground.stage.carrier, lambda _: NOWHERE)
    sid = ground.caller.sid
    with ground.stage.application.database.write() as connection:
        scene = Scene(connection, ground.stage.application.publication.current(), OPEN, sid)
        for place, text in enumerate(texts):
            party = Party(f"p{place}", sid, Role.HANDLER, "somebody", text, SHOWN, OPEN)
            parties.add(connection, party)
            asks = asking(scene, Errand(f"e{place}", sid, RING, party.id, {}, OPEN, 1, None), means)
            result = asks() if asks else None
            if not isinstance(result, Refused):
                yield f"an errand rings {text!r}: {result}"
        connection.rollback()


def _texts(ground: Ground, texts: Sequence[str]) -> Iterator[str]:
    """The form by text message, to a caller who shows the number; the record says that they are a professional."""
    application, sid = ground.stage.application, ground.caller.sid
    reply = ground.handler.sends(
        "PUT", f"/calls/{sid}/contact", {"fields": {"caller": "school"}, "authority": "derbyshire"}
    )
    assert reply.status_code in (200, 201), reply.get_json()
    for text in texts:
        with application.database.write() as connection:
            connection.execute(conversation.update().where(conversation.c.call == sid).values(caller=text))
        before = len(ground.heard.numbers)
        reply = ground.handler.sends("POST", f"/calls/{sid}/form-offer", {})
        if reply.status_code < 300 or len(ground.heard.numbers) > before:
            yield f"a text message goes to {text!r}"


DOORS = (
    Door("caller: keys at every prompt", _keyed),
    Door("caller: number for the call-back", _call_back_keyed),
    Door("caller: number that is shown", _caller_id),
    Door("carrier: call and message", _rest),
    Door("errand: number altered", _errand),
    Door("desk: text message", _texts),
)
