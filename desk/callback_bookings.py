"""How do bookings that callers make come to the desk? Each is followed once, by whichever worker sees it first, in any order."""

from dataclasses import replace
from datetime import datetime

from desk.callback_times import escalates_at
from ivr.moment import World
from store import callbacks
from store.callbacks import ACTIVE, Booking, CallBack, Stand
from store.database import Database, Transaction

BY_THE_CALLER = "the caller"
AT_ONCE = 200
"""Bookings that are followed in one transaction."""


def follow(database: Database, world: World, now: datetime) -> int:
    """Follow what callers have booked and cancelled since; how much it was."""
    with database.read() as connection:
        if not callbacks.unfollowed(connection, 1):
            return 0
    done = 0
    while some := _followed(database, world, now):
        done += some
    return done


def _followed(database: Database, world: World, now: datetime) -> int:
    with database.write_in_order() as connection:
        found = callbacks.unfollowed(connection, AT_ONCE)
        callbacks.add_all(connection, [_booked(world, booking, now) for booking in found if not booking.is_cancelled])
        for booking in found:
            if booking.is_cancelled:
                _withdrawn(connection, booking, now)
    return len(found)


def _booked(world: World, booking: Booking, now: datetime) -> CallBack:
    line, at = booking.line or "", booking.booked_at or now
    plan, target = world.plans.of_line(line), booking.target or at
    return CallBack(
        booking.id, plan.authority if plan else "", line, booking.number, at, BY_THE_CALLER, target,
        booking.promise or target, booking.kept_readings, escalates_at(at, target), about=booking.about or "",
        call=booking.call, node=booking.node, hop=booking.hop,
    )  # fmt: skip


def _withdrawn(connection: Transaction, booking: Booking, now: datetime) -> None:
    """The caller thought better of it. One that others have joined is still to be made for those."""
    callbacks.change(connection, booking.id, withdrawn=True)
    known = callbacks.opened(connection, booking.id)
    if known is None or known.state not in ACTIVE | {Stand.MERGED}:
        return
    others = [one for one in callbacks.merged(connection, known.id) if not one.withdrawn]
    if not others:
        ended = replace(known, state=Stand.CANCELLED)
        callbacks.change(
            connection, known.id, state=ended.state.value, outcome="cancelled", ended_at=now, ended_by=BY_THE_CALLER,
            open_as=None,
        )  # fmt: skip
