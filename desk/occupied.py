"""Whose phone of the desk rings for somebody, and are they kept from other callers meanwhile? A colleague who is consulted is busy."""

from datetime import datetime

from desk.scene import Scene
from store import presence
from store.database import Transaction
from store.parties import Party
from store.presence import Status

RESTING = (Status.AVAILABLE, Status.WRAP_UP)
BUSY_AT_THE_DESK = (Status.RINGING, Status.ON_CALL)


def holder_of(connection: Transaction, number: str, now: datetime) -> str | None:
    """The handler at the desk whose phone this number (E.164) is."""
    return next((one.who for one in presence.signed_in(connection, now) if one.phone == number), None)


def rings(scene: Scene, party: Party) -> None:
    """Their phone is rung: no caller is offered to them meanwhile."""
    if party.handler:
        presence.change(scene.connection, party.handler, RESTING, Status.RINGING, scene.now)


def speaks(scene: Scene, party: Party) -> None:
    """They have accepted."""
    if party.handler:
        presence.change(scene.connection, party.handler, (*RESTING, Status.RINGING), Status.ON_CALL, scene.now)


def is_free(scene: Scene, party: Party) -> None:
    """Their phone rings no more."""
    if party.handler:
        presence.change(scene.connection, party.handler, (Status.RINGING,), Status.AVAILABLE, scene.now)


def wraps_up(scene: Scene, party: Party) -> None:
    """Their conversation is over."""
    if party.handler:
        presence.change(scene.connection, party.handler, BUSY_AT_THE_DESK, Status.WRAP_UP, scene.now)
