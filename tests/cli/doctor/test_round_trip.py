"""Does a request that is signed as Twilio signs it find out, through a real proxy, what would make every call fail?"""

import json
from collections.abc import Iterator
from http.client import HTTPConnection
from itertools import product

import pytest

from cli.doctor import round_trip
from cli.doctor.patient import Patient
from ivr.moment import World
from tests.cli.doctor.conftest import Patients, codes
from tests.cli.doctor.servers import (
    TOKEN,
    Account,
    Certificate,
    Files,
    Proxy,
    Server,
    door_served,
    number,
    serving,
)  # fmt: skip

SCHEMES, HOSTS, PREFIXES = ("https", "http"), ("127.0.0.1", "localhost", "LOCALHOST"), ("/ivr", "")
OTHER_TOKEN = "fedcba9876543210" * 2


@pytest.fixture(scope="module")
def proxies(world: World, trusted: Certificate) -> Iterator[tuple[Server, Server]]:
    """Two ports of a proxy, each of which speaks with and without TLS and takes a prefix off, before a service that reckons with
    the first one, TLS, and the prefix."""
    proxy = Proxy(0, strip="/ivr")
    with (
        serving(proxy, trusted.server()) as right,
        serving(proxy, trusted.server()) as wrong,
        door_served(world, f"https://127.0.0.1:{right.server_port}/ivr") as proxy.upstream,
    ):
        yield right, wrong


@pytest.mark.parametrize("cell", list(product(SCHEMES, HOSTS, (0, 1), PREFIXES)), ids=str)
def test_whatever_part_of_the_address_is_wrong_is_named(
    patients: Patients, proxies: tuple[Server, Server], cell: tuple[str, str, int, str]
) -> None:
    scheme, host, port, prefix = cell
    patient = patients(public_url=f"{scheme}://{host}:{proxies[port].server_port}{prefix}")
    found = list(round_trip.look(patient))
    named = {
        part for part in ("scheme", "host", "port", "path prefix") for one in found if f"the {part} (" in one.sentence
    }
    assert named == {
        part
        for part, differs in (
            ("scheme", scheme != "https"), ("host", host != "127.0.0.1"), ("port", port == 1), ("path prefix", prefix == ""),
        )
        if differs
    }  # fmt: skip
    assert [one.kind.code for one in found] == ([] if not named else ["address-differs"])


@pytest.fixture
def before(world: World, patients: Patients, request: pytest.FixtureRequest) -> Iterator[Patient]:
    """A patient behind a proxy that is spoilt."""
    prefix, spoilt = request.param
    proxy = Proxy(0, **spoilt)
    with serving(proxy) as front:
        public = f"http://127.0.0.1:{front.server_port}{prefix}"
        with door_served(world, public) as proxy.upstream:
            yield patients(public_url=public)


def reordered(path: str, body: bytes) -> tuple[str, bytes]:
    return "?".join([path.partition("?")[0], "&".join(sorted(path.partition("?")[2].split("&")))]), body


def trimmed(path: str, body: bytes) -> tuple[str, bytes]:
    return path, b"&".join(pair for pair in body.split(b"&") if not pair.endswith(b"="))


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (("", {}), []),
        (("/ivr", {"strip": "/ivr"}), []),
        (("/ivr", {}), ["prefix-kept"]),
        (("", {"drop": ("x-twilio-signature",)}), ["signature-lost"]),
        (("", {"spoil": reordered}), ["request-altered"]),
        (("", {"spoil": trimmed}), ["request-altered"]),
    ],
    indirect=["before"],
    ids=["all well", "prefix taken off", "prefix kept", "header lost", "query sorted", "blanks dropped"],
)
def test_a_proxy_that_alters_a_request_is_found_out(before: Patient, expected: list[str]) -> None:
    assert codes(round_trip.look(before)) == expected


def test_a_service_that_was_started_with_another_token_is_told_from_another_address(
    world: World, patients: Patients
) -> None:
    proxy = Proxy(0)
    with serving(proxy) as front:
        public = f"http://127.0.0.1:{front.server_port}"
        with door_served(world, public) as proxy.upstream:
            assert codes(round_trip.look(patients(public_url=public, tokens=(OTHER_TOKEN, TOKEN)))) == [
                "token-unknown-here"
            ]
            found = list(round_trip.look(patients(public_url=public, tokens=(TOKEN, OTHER_TOKEN))))
            assert ["second token" in one.sentence for one in found] == [True]


def test_something_else_that_answers_is_not_taken_for_dutyline(patients: Patients) -> None:
    with serving(Files({})) as other:
        public = f"http://127.0.0.1:{other.server_port}"
        assert codes(round_trip.look(patients(public_url=public))) == ["round-trip-lost"]
    with serving(lambda *_: (200, {}, json.dumps({"service": "other"}).encode())) as other:
        assert codes(round_trip.look(patients(public_url=f"http://127.0.0.1:{other.server_port}"))) == [
            "round-trip-lost"
        ]


def test_where_nothing_answers_nothing_can_be_looked_at(patients: Patients) -> None:
    assert codes(round_trip.look(patients(public_url="http://127.0.0.1:9"))) == ["cannot look"]


def test_what_stands_at_twilio_is_asked_as_well_as_what_stands_in_the_settings(
    world: World, patients: Patients
) -> None:
    proxy = Proxy(0)
    with serving(proxy) as front:
        public, other = (f"http://{host}:{front.server_port}" for host in ("127.0.0.1", "localhost"))
        numbers = [number("+442079460106", "", public), number("+442079460101", "", other)]
        with door_served(world, public) as proxy.upstream, serving(Account(numbers)) as twilio:
            patient = patients(f"http://127.0.0.1:{twilio.server_port}", public_url=public)
            assert round_trip.addresses(patient) == (public, other)
            (found,) = round_trip.look(patient)
    assert "the host (localhost instead of 127.0.0.1)" in found.sentence


def test_a_stranger_learns_nothing_of_the_address(world: World) -> None:
    with door_served(world, "https://secret.example.org") as port:
        for path in ("/webhooks/round-trip", "/ivr/webhooks/round-trip"):
            connection = HTTPConnection("127.0.0.1", port)
            connection.request("POST", path, b"Asked=a&Proof=b", {"X-Twilio-Signature": "x"})
            reply = connection.getresponse()
            assert (reply.status, b"secret" in reply.read()) == (403, False)
            connection.close()
