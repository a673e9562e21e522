"""How is a call-back dialled? The handler's phone first, in its turn; what becomes of the attempt is kept with the call-back."""

from datetime import datetime

from desk.scene import Scene, scene_of
from directory.numbers import Number
from directory.policy import denial
from directory.snapshot import Snapshot
from ivr.moment import World
from store import callback_attempts, callbacks, parties, presence, switchboards
from store.callback_attempts import Attempt, Goes
from store.callbacks import CallBack, Sort, Stand
from store.database import Database, Transaction
from store.parties import COMING, Here, Party, Role
from store.presence import Status

URGENCY = {2: 1, 1: 2, 0: 3}
"""Behind a caller at risk who waits, before or beside those who want advice; by how urgent the call-back is."""

ANSWERED, PICKED_UP, GIVEN_UP, NOT_WANTED = "answered", "picked up", "given up", "not wanted"
"""What comes of an attempt: the two spoke; somebody or something there answered, and no more was told; the handler hung up before
anybody was heard to answer; nobody was to be dialled any more."""

HEARD = frozenset((ANSWERED, PICKED_UP))
"""Somebody there was heard."""

NOT_ACCEPTED = ("engaged", "no answer", "not accepted")
"""What becomes of a handler's phone that rang and was not taken: they are away."""


def number_of(connection: Transaction, known: CallBack) -> Number | None:
    """Whom to dial: for a check the known switchboard of its body and nothing else (C:85)."""
    if known.kind is Sort.CHECK:
        board = switchboards.one(connection, known.body)
        return Number(board.number) if board else None
    return Number(known.number) if known.number else None


def may_be_called(number: Number, directory: Snapshot) -> bool:
    """Never one of ours or of those to which callers are sent, nor what the policy denies (ruling 8)."""
    return number.e164 not in directory.line_answering and denial(number) is None


def is_destination(number: Number, directory: Snapshot) -> bool:
    """Whether callers are sent there."""
    duties = (duty.number for team in directory.teams.values() for duty in team.duty_numbers)
    return number in duties or any(number in role.numbers for role in directory.roles.values())


def caller_id(world: World, known: CallBack) -> Number | None:
    """The number that is shown: the line's, or another of its authority's lines where it has none."""
    lines = world.directory.lines
    plans = [plan for slug in sorted(lines) if (plan := world.plans.of_line(slug))]
    own = [known.line, *(plan.line for plan in plans if plan.authority == known.authority)]
    return next((lines[slug].numbers[0] for slug in own if slug in lines and lines[slug].numbers), None)


def dispatch(database: Database, world: World, now: datetime) -> bool:
    """Send the most urgent attempt that waits on its way, unless one is on its way that the carrier was not asked for yet."""
    with database.read() as connection:
        queued = callback_attempts.waiting(connection)
        if not queued or callback_attempts.is_one_unplaced(connection):
            return False
    with database.write() as connection:
        scene = scene_of(connection, world, now, queued[0].callback)
        return scene is not None and _sent(scene, queued[0])


def _sent(scene: Scene, attempt: Attempt) -> bool:
    connection, known = scene.connection, callbacks.one(scene.connection, scene.call)
    if not callback_attempts.moves(connection, attempt.id, Goes.WAITING, Goes.RINGING):
        return False
    me = presence.one(connection, attempt.handler)
    if known is None or known.state is not Stand.DIALLING or me is None or me.status is not Status.RINGING:
        over(scene, attempt.id, "withdrawn")
        return False
    new = Party(
        attempt.id, scene.call, Role.RETURNING, attempt.who, attempt.phone, attempt.caller_id, scene.now, attempt.handler
    )  # fmt: skip
    parties.add(connection, new)
    scene.asks("ring", new.id, urgency=URGENCY[known.urgency])
    return True


def over(scene: Scene, key: str, outcome: str) -> None:
    """An attempt is over; the call-back is still to be made unless somebody has ended it."""
    if callback_attempts.end(scene.connection, key, outcome, scene.now):
        callbacks.rests(scene.connection, scene.call)


def gone(scene: Scene, party: Party, was: Here, outcome: str) -> None:
    """The handler's phone is over: they wrap up, or were not there. The end of a call that they made says what came of it."""
    over(scene, party.id, outcome if was in COMING or outcome == NOT_WANTED else GIVEN_UP)
    if party.handler is None:
        return
    if was not in COMING:
        presence.change(
            scene.connection, party.handler, (Status.RINGING, Status.ON_CALL), Status.WRAP_UP, scene.now
        )  # fmt: skip
        return
    status = Status.AWAY if outcome in NOT_ACCEPTED else Status.AVAILABLE
    presence.change(scene.connection, party.handler, (Status.RINGING,), status, scene.now)
