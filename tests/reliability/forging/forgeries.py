"""What becomes of a forgery? It must be refused, leave no line in the journal, and no row."""

from collections import Counter
from collections.abc import Iterator, Mapping
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
        tried = _as_moved(dice, seen) if kind == MOVED else _forgery(dice, kind, target, seen)
        size = journalled(here)
        answer = sent(here, tried)
        if kind != MOVED and (answer.status not in REFUSALS or journalled(here) != size):
            yield f"{kind}: {answer.status} of {tried.target}: {tried.pairs}"
    yield from changed(here, before)


def _forgery(dice: Random, kind: str, target: str, seen: list[Sent]) -> Tried:
    """One that the library would not let in."""
    while True:
        honest = TWILIO.honest(target, list(dice.choice(seen).pairs))
        tried = CLASSES[kind](dice, honest, TWILIO)
        if not (tried.method == "POST" and TWILIO.admits(tried)):
            return tried


MOVED = "of_moved_borders"
"""What the library lets in. Where it tells the same of the call it may be answered as before, too; it may leave nothing."""


def _as_moved(dice: Random, seen: list[Sent]) -> Tried:
    """A request that was seen, with other borders."""
    one = dice.choice(seen)
    return CLASSES[MOVED](dice, Tried(one.target, list(one.pairs), one.signature), TWILIO)


def changed(here: Stage, before: Mapping[str, object]) -> Iterator[str]:
    """What is otherwise than before, once all that came has been moved to the database and the desk has done its work."""
    settle(here)
    after = left_behind(here)
    return (f"{name} has changed" for name in before if before[name] != after[name])


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
        again = Tried(one.target, list(one.pairs), one.signature)
        answers[sent(here, again if dice.random() < 0.5 else _as_moved(dice, seen)).status] += 1
    yield from changed(here, before)
    yield from (f"{count} answered with {status}" for status, count in answers.items() if status >= 500)
