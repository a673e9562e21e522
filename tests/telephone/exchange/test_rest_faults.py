"""What does a client see when a request goes wrong, and was it executed all the same?"""

import json

import pytest

from telephone import Fault, RestFault
from tests.telephone.canned_twiml import HOST, LINE
from tests.telephone.exchange.world import AUTH, BASE, HANDLER, World

FORM = {"To": HANDLER, "From": LINE, "Url": f"{HOST}/hello"}


def tries(world: World) -> int | type[Exception]:
    try:
        return world.exchange.rest.request("POST", f"{BASE}/Calls.json", FORM, AUTH, timeout=5)[0]
    except (TimeoutError, ConnectionResetError) as fault:
        return type(fault)


@pytest.mark.parametrize(
    ("fault", "seen", "placed"),
    [
        (Fault.TOO_MANY, 429, 0),
        (Fault.BROKEN, 500, 0),
        (Fault.BROKEN_AFTER, 500, 1),
        (Fault.HUNG, TimeoutError, 0),
        (Fault.SLOW, TimeoutError, 1),
        (Fault.RESET, ConnectionResetError, 0),
        (Fault.LOST_REPLY, ConnectionResetError, 1),
    ],
)
def test_each_fault_is_what_it_says(fault: Fault, seen: object, placed: int) -> None:
    world = World()
    world.exchange.rest.fails(RestFault(fault))
    assert tries(world) == seen
    world.exchange.advance(30)
    assert len(world.exchange.legs) == placed
    (recorded,) = world.exchange.rest.requests
    assert (recorded.fault, recorded.parameter("To")) == (fault, HANDLER)
    assert tries(world) == 201


def test_a_slow_request_is_executed_after_the_client_has_given_up() -> None:
    world = World()
    world.exchange.rest.fails(RestFault(Fault.SLOW, seconds=8))
    tries(world)
    world.exchange.advance(7.9)
    assert world.exchange.legs == ()
    world.exchange.advance(0.2)
    assert len(world.exchange.ringing(HANDLER)) == 1


def test_a_fault_strikes_the_requests_it_names_as_often_as_it_says() -> None:
    world = World()
    world.exchange.rest.fails(RestFault(Fault.TOO_MANY, method="POST", path=r"/Calls\.json$", times=2))
    assert world.rest("GET", "/Calls.json")[0] == 200
    assert [tries(world) for _ in range(3)] == [429, 429, 201]


def test_faults_of_a_probability_are_the_same_for_the_same_seed() -> None:
    def outcomes(seed: int) -> list[object]:
        world = World(seed=seed)
        world.exchange.rest.fails(RestFault(Fault.BROKEN, times=None, probability=0.5))
        return [tries(world) for _ in range(12)]

    assert outcomes(7) == outcomes(7)
    assert set(outcomes(7)) == {500, 201}
    assert outcomes(7) != outcomes(8)


def test_too_many_requests_are_told_in_twilios_words() -> None:
    world = World()
    world.exchange.rest.fails(RestFault(Fault.TOO_MANY))
    status, text = world.exchange.rest.request("POST", f"{BASE}/Calls.json", FORM, AUTH)
    assert (status, json.loads(text)["code"]) == (429, 20429)


def test_all_is_well_again_when_it_is_said() -> None:
    world = World()
    world.exchange.rest.fails(RestFault(Fault.HUNG, times=None))
    assert tries(world) is TimeoutError
    world.exchange.rest.is_well()
    assert tries(world) == 201
