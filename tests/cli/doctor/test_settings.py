"""What is found out about settings, before anything else is looked at?"""

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app import Config, config_from
from cli.doctor import settings
from tests.cli.doctor.conftest import NOW, Patients, codes
from tests.cli.doctor.servers import SID, TOKEN

OTHERS = tuple(digit * 32 for digit in "abc")


def problems(state: Path, **environ: str) -> list[str]:
    found = settings.config_or_problems({"DUTYLINE_STATE_DIR": str(state), **environ})
    return [] if isinstance(found, Config) else [one.about["problem"].partition(":")[0] for one in found]


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({}, []),
        ({"TWILIO_ACCOUNT_SID": SID, "TWILIO_AUTH_TOKEN": TOKEN}, []),
        ({"TWILIO_ACCOUNT_SID": SID, "TWILIO_AUTH_TOKEN": ""}, ["TWILIO_AUTH_TOKEN"]),
        ({"TWILIO_ACCOUNT_SID": SID, "TWILIO_AUTH_TOKEN": f"{TOKEN},short"}, ["TWILIO_AUTH_TOKEN"]),
        ({"TWILIO_AUTH_TOKEN": TOKEN}, ["TWILIO_ACCOUNT_SID"]),
        ({"TWILIO_ACCOUNT_SID": SID, "TWILIO_AUTH_TOKEN_FILE": "/nowhere"}, ["TWILIO_AUTH_TOKEN_FILE"]),
        ({"DUTYLINE_DATABASE_URL": "postgresql://db/x"}, ["DUTYLINE_SECRET_KEY"]),
        ({"DUTYLINE_SMTP_URL": "smtp://ada:hidden@mail.example.org", "DUTYLINE_WORKERS": "x"}, ["DUTYLINE_SMTP_URL", "DUTYLINE_WORKERS"]),
        ({"DUTYLINE_PUBLIC_URL": "calls", "DUTYLINE_WORKERS": "x", "DUTYLINE_COLOUR": "red", "TWILIO_ACCOUNT_SID": SID,
          "TWILIO_AUTH_TOKEN": "short"},
         ["DUTYLINE_COLOUR", "DUTYLINE_PUBLIC_URL", "DUTYLINE_WORKERS", "TWILIO_AUTH_TOKEN"]),
    ],
)  # fmt: skip
def test_every_setting_that_cannot_be_used_is_named_at_once(
    tmp_path: Path, environ: dict[str, str], named: list[str]
) -> None:
    assert sorted(problems(tmp_path, **environ)) == named


def test_no_finding_repeats_what_a_mail_server_is_told(tmp_path: Path) -> None:
    environ = {"DUTYLINE_STATE_DIR": str(tmp_path), "DUTYLINE_SMTP_URL": "smtps://ada:hid/den@mail.example.org"}
    found = settings.config_or_problems(environ)
    assert "DUTYLINE_SMTP_URL" in str(found)
    assert "den" not in str(found)
    good = config_from(
        {**environ, "DUTYLINE_SMTP_URL": "smtps://ada:hidden@mail.example.org", "DUTYLINE_MAIL_FROM": "a@example.org"}
    )
    assert "mail.example.org" in repr(good.mailing)
    assert "hidden" not in repr(good)


def test_settings_that_suit_real_calls_are_silent(patients: Patients) -> None:
    assert codes(settings.look(patients())) == []


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://127.0.0.1:8000", ["public-url-local"]),
        ("https://10.1.2.3", ["public-url-local"]),
        ("https://[::1]:8000", ["public-url-local"]),
        ("https://duty", ["public-url-local"]),
        ("https://duty.internal", ["public-url-local"]),
        ("http://calls.example.org", ["public-url-plain"]),
        ("https://duty_line.example.org", ["public-url-underscore"]),
        ("https://calls.example.org:8443/ivr", []),
    ],
)
def test_a_public_address_is_one_that_twilio_can_reach(patients: Patients, address: str, expected: list[str]) -> None:
    assert codes(settings.look(patients(public_url=address))) == expected


def test_without_an_account_nearness_is_no_fault(patients: Patients) -> None:
    assert codes(settings.look(patients(public_url="http://127.0.0.1:8000", local=True))) == ["no-account"]


def test_more_tokens_than_an_account_has_are_worth_knowing(patients: Patients) -> None:
    assert codes(settings.look(patients(tokens=(TOKEN, *OTHERS[:1])))) == []
    assert codes(settings.look(patients(tokens=(TOKEN, *OTHERS[:2])))) == ["tokens-many"]


def test_a_second_token_that_stays_is_told_by_the_age_of_its_file(patients: Patients, tmp_path: Path) -> None:
    file = tmp_path / "tokens"
    file.touch()
    for days, expected in ((13, []), (15, ["tokens-left"])):
        os.utime(file, ((NOW - timedelta(days=days)).timestamp(),) * 2)
        environ = {"TWILIO_AUTH_TOKEN_FILE": str(file)}
        assert codes(settings.look(patients(tokens=(TOKEN, OTHERS[0]), environ=environ))) == expected
        assert codes(settings.look(patients(environ=environ))) == []


def test_a_short_secret_is_told_only_where_somebody_chose_it(patients: Patients) -> None:
    patient = patients(secret="too short")
    assert codes(settings.look(patient)) == []
    assert codes(settings.look(replace(patient, environ={"DUTYLINE_SECRET_KEY": "too short"}))) == ["secret-short"]
