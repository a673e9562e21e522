"""What becomes of a forgery? It must be refused, leave no line in the journal, and no row."""

from collections import Counter
from collections.abc import Iterator
from random import Random

from tests.conftest import TOKEN
from tests.desk.stage import BASE, Stage
from tests.reliability.forging.addresses import addresses
from tests.reliability.forging.classes import CLASSES, Tried, Twilio
from tests.reliability.forging.recorded import Sent, left_behind, settle
from tests.webhooks.knocking import Answered, asked

TWILIO = Twilio(BASE, TOKEN)
REFUSALS = frozenset((400, 403, 405, 413))


def forged(here: Stage, seen: list[Sent], dice: Random, many: int) -> Iterator[str]:
    """Try so many, of every class in turn, at every address in turn; what was let in, in words."""
    places, classes = addresses(here.application.publication.current()), list(CLASSES)
    dice.shuffle(places)
    before = left_behind(here)
    for number in range(many):
        kind, target = classes[number % len(classes)], places[number // len(classes) % len(places)]
        tried = _forgery(dice, kind, target, seen)
        size = journalled(here)
        answer = sent(here, tried)
        if answer.status not in REFUSALS or journalled(here) != size:
            yield f"{kind}: {answer.status} of {tried.target}: {tried.pairs}"
    settle(here)
    after = left_behind(here)
    yield from (f"{name} has changed" for name in before if before[name] != after[name])


def _forgery(dice: Random, kind: str, target: str, seen: list[Sent]) -> Tried:
    """One that the library would not let in; or one with moved borders, which it would."""
    while True:
        honest = TWILIO.honest(target, list(dice.choice(seen).pairs))
        tried = CLASSES[kind](dice, honest, TWILIO)
        if kind == MOVED and _tells_otherwise(honest, tried):
            return tried
        if kind != MOVED and not (tried.method == "POST" and TWILIO.admits(tried)):
            return tried


MOVED = "of_moved_borders"
TELLING = ("CallSid", "ParentCallSid", "CallStatus", "SequenceNumber", "QueueTime", "FinishedOnKey", "To")


def _tells_otherwise(honest: Tried, tried: Tried) -> bool:
    """Whether anything by which a call or its event is known was moved; with other borders the same step is answered again. Of a name
    that stands twice the first counts."""
    was, now = dict(reversed(honest.pairs)), dict(reversed(tried.pairs))
    return any(was.get(name) != now.get(name) for name in TELLING)


def journalled(here: Stage) -> int:
    """How long this worker's journal is."""
    own = here.application.journal.own
    return own.stat().st_size if own and own.exists() else 0


def sent(here: Stage, tried: Tried) -> Answered:
    """What is answered to it, in process."""
    headers = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in tried.headers.items()}
    if tried.signature is not None:
        headers["HTTP_X_TWILIO_SIGNATURE"] = tried.signature
    environ = {**headers, "REQUEST_METHOD": tried.method, "CONTENT_TYPE": tried.content_type}
    return asked(here.application.flask.wsgi_app, tried.target, tried.sent, **environ)


def replayed(here: Stage, seen: list[Sent], dice: Random, many: int) -> Iterator[str]:
    """Send what was recorded again, in other orders and with other borders; what has changed by it, in words."""
    before, answers = left_behind(here), Counter[int]()
    for _ in range(many):
        one = dice.choice(seen)
        pairs = list(one.pairs) if dice.random() < 0.5 else CLASSES[MOVED](dice, _as_seen(one), TWILIO).pairs
        answers[sent(here, Tried(one.target, pairs, one.signature)).status] += 1
    settle(here)
    after = left_behind(here)
    yield from (f"{name} has changed" for name in before if before[name] != after[name])
    yield from (f"{count} answered with {status}" for status, count in answers.items() if status >= 500)


def _as_seen(one: Sent) -> Tried:
    return Tried(one.target, list(one.pairs), one.signature)
