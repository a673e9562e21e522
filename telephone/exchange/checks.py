"""What is never to happen at an exchange, whatever the application does?"""

from itertools import combinations

from telephone.exchange.floor import Floor
from telephone.exchange.leg import Leg


def left_on_hold(floor: Floor) -> list[Leg]:
    """Legs on hold with nobody in their conference who could take them back."""
    rooms = (floor.rooms.of(leg) for leg in floor.legs if leg.is_held)
    return [
        member.leg
        for room in dict.fromkeys(rooms)
        if room and all(member.is_held for member in room.members)
        for member in room.members
    ]


def ringing_after(floor: Floor, caller: Leg) -> list[Leg]:
    """Legs that still ring although this caller has gone: those of its Dial, and those placed after it came."""
    if not caller.is_over:
        return []
    return [
        leg
        for leg in floor.legs
        if leg.is_ringing and (leg.parent is caller or (leg.parent is None and leg.created_at >= caller.created_at))
    ]


def rung_twice_at_once(floor: Floor) -> list[tuple[Leg, Leg]]:
    """Pairs of calls that rang one number at the same time."""
    called = [leg for leg in floor.legs if leg.rang_at is not None]
    return [
        (one, other) for one, other in combinations(called, 2) if one.called == other.called and _overlap(one, other)
    ]


def _overlap(one: Leg, other: Leg) -> bool:
    (begin, end), (start, stop) = _rang(one), _rang(other)
    return begin < stop and start < end


def _rang(leg: Leg) -> tuple[float, float]:
    until = leg.ended_at if leg.answered_at is None else leg.answered_at
    return leg.rang_at or 0.0, leg.plant.timeline.now if until is None else until
