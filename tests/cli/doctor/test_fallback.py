"""What is found out about the host that answers when ours does not?"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from cli.doctor import fallback
from cli.doctor.numbers import lines_of
from directory.model import DutyNumber
from directory.numbers import Number
from directory.snapshot import written
from ivr.moment import World
from tests.cli.doctor.conftest import NOW, Patients, codes
from tests.cli.doctor.servers import PUBLIC, Account, Files, number, serving
from webhooks.failover import line_files
from webhooks.static import accepting

LINES = ("devon", "sheffield-cpet", "derby-consultation")


@pytest.fixture(scope="module")
def folder(world: World) -> Mapping[str, bytes]:
    """What the fail-over folder has of some lines, written an hour ago."""
    made = NOW - timedelta(hours=1)
    plans = [plan for plan in map(world.plans.of_line, LINES) if plan]
    index = {"made_at": made.isoformat(), "good_until": "2028-01-02T16:40Z", "files": {}}
    files = dict(file for plan in plans for file in line_files(world, plan, made).files)
    return {**files, **accepting(), "index.json": json.dumps(index).encode()}


@contextmanager
def looking(
    world: World,
    held: Mapping[str, bytes],
    name: str = "devon.xml",
    line: str = "devon",
    files: Files | None = None,
    **spoilt: Any,
) -> Iterator[tuple[Account, str]]:
    """An account whose number of Devon leads to a host that holds these files."""
    served = files or Files(dict(held))
    own = next(e164 for e164, slug in lines_of(world).by_number.items() if slug == line)
    with serving(served) as host:
        address = f"http://127.0.0.1:{host.server_port}/{name}"
        stands = Account([number(own, address, **spoilt)])
        with serving(stands) as twilio:
            yield stands, f"http://127.0.0.1:{twilio.server_port}"


def looked(patients: Patients, world: World, held: Mapping[str, bytes], *args: Any, **more: Any) -> list[str]:
    now = more.pop("now", NOW)
    with looking(world, held, *args, **more) as (_, twilio):
        return codes(fallback.look(patients(twilio, now=now)))


def test_another_host_that_has_today_s_files_is_silent(
    patients: Patients, world: World, folder: Mapping[str, bytes]
) -> None:
    assert looked(patients, world, folder) == []


def test_the_file_that_a_timetable_has_switched_to_is_as_good(
    patients: Patients, world: World, folder: Mapping[str, bytes]
) -> None:
    night = next(name for name in folder if name.startswith("devon/night"))
    assert looked(patients, world, {**folder, "devon/now.xml": folder[night]}, "devon/now.xml") == []
    other = next(name for name in folder if name.startswith("sheffield-cpet/night"))
    assert looked(patients, world, {**folder, "devon/now.xml": folder[other]}, "devon/now.xml") == ["fallback-old"]


@pytest.mark.parametrize(
    ("spoilt", "expected"),
    [
        ({"voice_fallback_url": ""}, ["fallback-none"]),
        (
            {"voice_fallback_url": f"{PUBLIC}/webhooks/voice/fallback", "voice_fallback_method": "POST"},
            ["fallback-own-host"],
        ),
        ({"voice_fallback_url": f"{PUBLIC}/webhooks/voice/fallback"}, ["fallback-own-host", "fallback-method"]),
        ({"voice_fallback_method": "POST"}, ["fallback-method"]),
        ({"voice_fallback_url": "http://127.0.0.1:9/devon.xml"}, ["fallback-silent"]),
    ],
)
def test_where_a_fallback_leads_and_how_it_is_asked_is_looked_at(
    patients: Patients, world: World, folder: Mapping[str, bytes], spoilt: dict[str, str], expected: list[str]
) -> None:
    assert looked(patients, world, folder, **spoilt) == expected


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"<Response><Say>half", "it is not well-formed"),
        (b"<html><body>Welcome</body></html>", "its root is <html>"),
        (b'<!DOCTYPE x [<!ENTITY a "a">]><Response>&a;</Response>', "it holds a document type"),
        (b"", "it is not well-formed"),
    ],
)
def test_what_is_no_twiml_is_told_with_why(patients: Patients, world: World, body: bytes, why: str) -> None:
    with looking(world, {"devon.xml": body}) as (_, twilio):
        (found,) = fallback.look(patients(twilio))
    assert (found.kind.code, why in found.sentence) == ("fallback-not-twiml", True)


def test_a_status_and_a_type_that_twilio_does_not_take_are_told(
    patients: Patients, world: World, folder: Mapping[str, bytes]
) -> None:
    assert looked(patients, world, {}) == ["fallback-not-twiml"]
    plain = Files(dict(folder), types={"xml": "application/octet-stream"})
    assert looked(patients, world, folder, files=plain) == ["fallback-not-twiml"]


def test_one_file_without_its_folder_is_not_enough(
    patients: Patients, world: World, folder: Mapping[str, bytes]
) -> None:
    name = "derby-consultation.xml"
    assert looked(patients, world, folder, name, "derby-consultation") == []
    alone = {name: folder[name]}
    found = looked(patients, world, alone, name, "derby-consultation")
    assert found == ["fallback-accept", "fallback-accept", "fallback-ageless"]


def test_files_of_yesterdays_numbers_are_found(patients: Patients, world: World, folder: Mapping[str, bytes]) -> None:
    mash = replace(world.directory.teams["devon-mash"], duty_numbers=(DutyNumber(Number("+442079460555")),))
    here = world.directory
    changed = replace(world, directory=here.changed(here.version + 1, [written(mash)]))
    with looking(world, folder) as (_, twilio):
        assert codes(fallback.look(patients(twilio, world=changed))) == ["fallback-old"]


def test_a_folder_has_an_end(patients: Patients, world: World, folder: Mapping[str, bytes]) -> None:
    def until(text: str) -> dict[str, bytes]:
        return {**folder, "index.json": json.dumps({**json.loads(folder["index.json"]), "good_until": text}).encode()}

    assert looked(patients, world, until("2026-11-25T09:00Z")) == ["fallback-expired"]
    assert looked(patients, world, until("2026-12-01T09:00Z")) == ["fallback-ending"]
    assert looked(patients, world, until("never")) == []


def test_a_password_in_the_address_is_used_and_never_told(
    patients: Patients, world: World, folder: Mapping[str, bytes]
) -> None:
    with looking(world, folder) as (stands, twilio):
        stands.numbers[0]["voice_fallback_url"] = stands.numbers[0]["voice_fallback_url"].replace(
            "//", "//name:hidden@"
        )
        stands.numbers[0]["voice_fallback_method"] = "POST"
        assert codes(fallback.look(patients(twilio))) == ["fallback-method"]
        stands.numbers[0]["voice_fallback_url"] = "http://name:hidden@127.0.0.1:9/devon.xml"
        told = " ".join(one.sentence for one in fallback.look(patients(twilio)))
        assert "127.0.0.1:9" in told
        assert "hidden" not in told
