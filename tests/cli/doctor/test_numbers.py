"""What is found out about the account's numbers, and about numbers and lines against each other?"""

from dataclasses import replace
from typing import Any

import pytest

from cli.doctor import numbers
from cli.doctor.numbers import lines_of
from directory.model import LineNumbers
from directory.numbers import Number
from directory.snapshot import written
from ivr.moment import World
from tests.cli.doctor.conftest import Patients, codes
from tests.cli.doctor.servers import OVERRIDES, PUBLIC, Account, number, serving

FILE = "https://other.example.org/devon.xml"
VOICE, STATUS = f"/webhooks/voice{OVERRIDES}", f"/webhooks/status{OVERRIDES}"


def standing(world: World, **spoilt: Any) -> Account:
    """An account with every number of every line; that of Devon spoilt."""
    lines = lines_of(world).by_number
    return Account([number(e164, FILE, **(spoilt if slug == "devon" else {})) for e164, slug in lines.items()])


def looked(patients: Patients, stands: Account, **more: Any) -> list[str]:
    with serving(stands) as server:
        return codes(numbers.look(patients(f"http://127.0.0.1:{server.server_port}", **more)))


def told(patients: Patients, stands: Account) -> str:
    with serving(stands) as server:
        return "\n".join(one.sentence for one in numbers.look(patients(f"http://127.0.0.1:{server.server_port}")))


def test_numbers_as_the_page_prints_them_are_silent(world: World, patients: Patients) -> None:
    assert looked(patients, standing(world)) == []


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        (f"http://calls.example.org{VOICE}", "the scheme (http instead of https) differs"),
        (f"https://call.example.org{VOICE}", "the host (call.example.org instead of calls.example.org) differs"),
        (f"https://Calls.example.org{VOICE}", "the host (Calls.example.org instead of calls.example.org) differs"),
        (f"https://calls.example.org:8443{VOICE}", "the port (8443 instead of 443) differs"),
        (f"https://calls.example.org/ivr{VOICE}", "the path prefix (/ivr instead of none) differs"),
        (f"http://www.example.org:81/a{VOICE}", "and the path prefix (/a instead of none) differ"),
        (f"https://calls.example.org/webhooks/voice/{OVERRIDES}", "it does not end with /webhooks/voice"),
        (f"https://demo.twilio.com/welcome/voice/{OVERRIDES}", "it does not end with /webhooks/voice"),
    ],
)
def test_what_differs_in_a_voice_url_is_named(world: World, patients: Patients, url: str, parts: str) -> None:
    stands = standing(world, voice_url=url)
    assert looked(patients, stands) == ["voice-url-differs"]
    assert parts in told(patients, stands)


@pytest.mark.parametrize(
    ("spoilt", "expected"),
    [
        ({"voice_url": ""}, ["voice-url-none"]),
        ({"voice_url": None}, ["voice-url-none"]),
        ({"voice_method": "GET"}, ["voice-method"]),
        ({"voice_url": f"{PUBLIC}/webhooks/voice"}, ["voice-retries"]),
        ({"voice_url": f"{PUBLIC}/webhooks/voice#rc=2&rp=ct"}, ["voice-retries"]),
        ({"voice_url": f"{PUBLIC}/webhooks/voice#rp=ct,rt,5xx&rc=2&rt=5000&ct=2000&e=dublin"}, []),
        ({"status_callback": ""}, ["status-url"]),
        ({"status_callback": f"https://old.example.org{STATUS}"}, ["status-url"]),
        ({"status_callback_method": "GET"}, ["status-url"]),
        ({"status_callback": f"{PUBLIC}/webhooks/status"}, ["status-retries"]),
        ({"trunk_sid": "TK1"}, ["number-on-trunk"]),
        ({"capabilities": {"voice": False, "sms": True}}, ["number-without-voice"]),
        ({"voice_receive_mode": "fax"}, ["number-without-voice"]),
    ],
)
def test_each_setting_of_a_number_is_looked_at(
    world: World, patients: Patients, spoilt: dict[str, Any], expected: list[str]
) -> None:
    assert looked(patients, standing(world, **spoilt)) == expected


def test_what_is_lacking_behind_the_address_is_named(world: World, patients: Patients) -> None:
    assert "(ct=2000, rp=ct,rt,5xx)" in told(
        patients, standing(world, voice_url=f"{PUBLIC}/webhooks/voice#rt=5000&rc=2")
    )


def test_an_application_goes_before_the_numbers_own_addresses(world: World, patients: Patients) -> None:
    stands = standing(world, voice_application_sid="AP1")
    good = number("", FILE)
    stands.applications = {"AP1": good}
    assert looked(patients, stands) == []
    stands.applications = {"AP1": {**good, "voice_url": ""}}
    assert looked(patients, stands) == ["voice-url-none"]


def test_a_number_that_no_line_lists_is_told_by_where_it_leads(world: World, patients: Patients) -> None:
    stands = standing(world)
    stands.numbers.append(number("+442079460777", FILE))
    assert looked(patients, stands) == ["number-unlisted"]
    stands.numbers[-1] = number(
        "+442079460777", FILE, "https://shop.example.org", voice_url="https://shop.example.org/x"
    )
    assert looked(patients, stands) == ["number-elsewhere"]


def with_numbers(world: World, *numbers: Number) -> World:
    """The world in which Devon lists these numbers."""
    here = world.directory
    return replace(world, directory=here.changed(here.version + 1, [written(LineNumbers("devon", numbers))]))


def test_a_lines_number_that_the_account_lacks_is_told(world: World, patients: Patients) -> None:
    stands = standing(world)
    stands.numbers.pop(0)
    assert looked(patients, stands) == ["number-missing"]


def test_what_a_line_shows_must_be_the_accounts_or_verified(world: World, patients: Patients) -> None:
    stands, first = standing(world), Number("+442079460778")
    wider = with_numbers(world, first, *world.directory.lines["devon"].numbers)
    assert looked(patients, stands, world=wider) == ["number-missing", "caller-id-refused"]
    stands.verified = [first.e164]
    assert looked(patients, stands, world=wider) == ["number-missing"]
    stands.away = {"OutgoingCallerIds"}
    assert looked(patients, stands, world=wider) == ["cannot look"]


def test_a_line_without_a_number_is_worth_knowing(world: World, patients: Patients) -> None:
    stands = standing(world)
    own = world.directory.lines["devon"].numbers[0].e164
    stands.numbers = [one for one in stands.numbers if one["phone_number"] != own]
    assert looked(patients, stands, world=with_numbers(world)) == ["line-unanswered"]


def test_two_numbers_of_a_line_are_both_looked_at(world: World, patients: Patients) -> None:
    stands, more = standing(world), Number("+442079460778")
    wider = with_numbers(world, *world.directory.lines["devon"].numbers, more)
    assert looked(patients, stands, world=wider) == ["number-missing"]
    stands.numbers.append(number(more.e164, FILE, voice_method="GET"))
    assert looked(patients, stands, world=wider) == ["voice-method"]
