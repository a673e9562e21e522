"""What is found out about the public address?"""

from datetime import timedelta
from pathlib import Path

import pytest

from cli.doctor import public
from cli.doctor.web import Answer, Web
from routing.clock import SystemClock
from tests.cli.doctor.conftest import Patients, codes
from tests.cli.doctor.servers import Certificate, Files, Handler, Sent, certificate, sent, serving

READY = {"status": "ready", "because": []}


def ready(*_: object) -> Sent:
    return sent(200, READY)


def looked(patients: Patients, address: str, **more: object) -> list[str]:
    return codes(public.look(patients(public_url=address, **more)))


def test_an_address_where_all_is_well_is_silent(patients: Patients, trusted: Certificate) -> None:
    with serving(ready, trusted.server()) as server:
        assert looked(patients, f"https://127.0.0.1:{server.server_port}", now=SystemClock().now()) == []


def test_a_scheme_that_is_not_spoken_there_is_named(patients: Patients, trusted: Certificate) -> None:
    with serving(ready) as plain:
        (found,) = public.look(patients(public_url=f"https://127.0.0.1:{plain.server_port}"))
    assert found.sentence.endswith("is written with https, and what answers there speaks http: the scheme differs.")
    with serving(lambda *_: sent(400, {})) as other, serving(only_tls, trusted.server()) as tls:
        assert looked(patients, f"http://127.0.0.1:{tls.server_port}") == ["address-scheme"]
        assert looked(patients, f"http://127.0.0.1:{other.server_port}") == ["address-not-ours"]


def only_tls(asked: Handler, _: bytes) -> Sent:
    """What a TLS port says to whoever speaks without: it hangs up."""
    if not hasattr(asked.connection, "cipher"):
        asked.connection.close()
        raise ConnectionResetError
    return sent(200, READY)


def test_a_host_that_nobody_knows_is_told_from_one_that_is_silent(patients: Patients) -> None:
    assert looked(patients, "http://nobody.invalid") == ["address-unknown"]
    assert looked(patients, "http://127.0.0.1:9") == ["address-silent"]


@pytest.mark.parametrize(
    ("location", "parts"),
    [
        ("https://127.0.0.1:{port}/readyz", "the scheme differs"),
        ("http://www.example.org/readyz", "the host and the port differ"),
        ("/ivr/readyz", "the path prefix differs"),
    ],
)
def test_where_a_redirect_leads_is_named_with_the_part_that_differs(
    patients: Patients, location: str, parts: str
) -> None:
    with serving(lambda asked, _: (301, {"Location": location.format(port=asked.server.server_port)}, b"")) as server:
        (found,) = public.look(patients(public_url=f"http://127.0.0.1:{server.server_port}"))
    assert f": {parts}." in found.sentence


def test_a_certificate_that_ends_soon_and_one_that_nobody_trusts_are_found(
    patients: Patients, trusted: Certificate, tmp_path: Path
) -> None:
    now = SystemClock().now()
    strange = certificate(tmp_path / "other.pem", begins=now - timedelta(days=9), ends=now + timedelta(days=90))
    with serving(ready, trusted.server()) as good, serving(ready, strange.server()) as bad:
        address = f"https://127.0.0.1:{good.server_port}"
        assert looked(patients, address, now=now + timedelta(days=343)) == []
        assert looked(patients, address, now=now + timedelta(days=345)) == ["certificate-ends"]
        assert looked(patients, f"https://127.0.0.1:{bad.server_port}") == ["certificate-refused"]


def test_what_the_service_says_of_itself_is_handed_on(patients: Patients) -> None:
    for status, expected in (("degraded", "service-degraded"), ("unready", "service-unready")):
        told = {"status": status, "because": ["The database does not answer."]}
        with serving(lambda *_, told=told: sent(200, told)) as server:
            (found,) = public.look(patients(public_url=f"http://127.0.0.1:{server.server_port}"))
        assert (found.kind.code, found.sentence.endswith("The database does not answer.")) == (expected, True)


def test_something_else_than_dutyline_is_told(patients: Patients) -> None:
    with serving(Files({"readyz": b"{}"})) as server:
        assert looked(patients, f"http://127.0.0.1:{server.server_port}") == ["address-not-ours"]


def test_slow_is_what_takes_longer_than_twilio_waits(patients: Patients) -> None:
    patient = patients()
    for connected, replied, expected in ((1.9, 4.9, []), (2.1, 0.1, ["address-slow"]), (0.1, 5.1, ["address-slow"])):
        answer = Answer(200, {}, b"", connected, replied)
        assert codes(public.of_answer(patient, "http://a", answer)) == expected


def test_a_password_in_an_address_is_sent(patients: Patients) -> None:
    def guarded(asked: Handler, _: bytes) -> Sent:
        return (200, {}, b"in") if asked.headers["Authorization"] == "Basic bmFtZTpwYXNz" else (401, {}, b"")

    web: Web = patients().web
    with serving(guarded) as server:
        reply = web.asked(f"http://name:pass@127.0.0.1:{server.server_port}/")
        assert isinstance(reply, Answer)
        assert reply.body == b"in"
