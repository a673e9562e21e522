"""Are the account's numbers set so that the doctor finds nothing, and is nothing else touched?"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from cli.doctor import numbers
from cli.main import dutyline
from ivr.moment import World
from telephone import Account, Exchange, Fault, RestFault, WsgiTransport
from telephone.exchange.rest.asking import Json
from telephone.exchange.rest.server import serving
from tests.cli.doctor.conftest import Patients, codes
from tests.cli.doctor.servers import PUBLIC, SID, TOKEN

STRANGER, DEVON = "+442079460999", "+442079460101"
ELSEWHERE = "https://failover.example.org/dutyline"
SET = f"{PUBLIC}/webhooks/voice#ct=2000&rt=5000&rc=2&rp=ct,rt,5xx"


@dataclass
class Shell:
    """An account with the lines' numbers and a stranger's, over a socket, and a shell with its settings."""

    exchange: Exchange
    url: str
    state: Path

    def applies(self, *arguments: str) -> Result:
        settings = {"TWILIO_ACCOUNT_SID": SID, "TWILIO_AUTH_TOKEN": TOKEN, "DUTYLINE_TWILIO_API_URL": self.url,
                    "DUTYLINE_PUBLIC_URL": PUBLIC, "DUTYLINE_STATE_DIR": str(self.state)}  # fmt: skip
        return CliRunner(env=settings).invoke(dutyline, ["twilio", "apply", *arguments])

    def row(self, number: str = DEVON) -> Json:
        return next(row for row in self.exchange.rest.numbers.rows.values() if row["phone_number"] == number)

    @property
    def changes(self) -> int:
        return sum(1 for request in self.exchange.rest.requests if request.method == "POST")


@pytest.fixture
def shell(world: World, tmp_path: Path) -> Iterator[Shell]:
    exchange = Exchange(
        WsgiTransport(Flask("nobody")), Account(SID, TOKEN), f"{PUBLIC}/webhooks/voice",
        owned=[*world.directory.line_answering, STRANGER],
    )  # fmt: skip
    with serving(exchange.rest) as url:
        yield Shell(exchange, url, tmp_path / "shell")


def found(shell: Shell, patients: Patients) -> list[str]:
    """What the doctor says of the numbers."""
    return codes(numbers.look(patients(shell.url)))


def test_without_yes_the_difference_is_told_and_nothing_is_changed(shell: Shell) -> None:
    result = shell.applies()
    assert result.exit_code == 0, result.output
    assert f"A call comes in: nothing → {SET}, HTTP POST" in result.output
    assert "Left alone, since no line lists them: 020 7946 0999." in result.output
    assert result.output.endswith("Nothing was changed. With --yes 7 numbers are set as it says.\n")
    assert shell.changes == 0


def test_with_yes_every_number_of_a_line_is_set_and_the_doctor_has_nothing_to_say(
    shell: Shell, patients: Patients
) -> None:
    assert "voice-url-none" in found(shell, patients)
    result = shell.applies("--yes", "--failover", ELSEWHERE)
    assert (result.exit_code, shell.changes) == (0, 7), result.output
    assert found(shell, patients) == ["number-elsewhere"]
    assert (shell.row()["voice_fallback_url"], shell.row()["voice_fallback_method"]) == (
        f"{ELSEWHERE}/devon.xml",
        "GET",
    )
    assert shell.row(STRANGER)["voice_url"] == ""
    again = shell.applies("--yes", "--failover", ELSEWHERE)
    assert ("There is nothing to change." in again.output, shell.changes) == (True, 7)


def test_a_fallback_on_another_host_stays_and_one_that_is_missing_is_ours(shell: Shell) -> None:
    shell.row().update(voice_fallback_url=f"{ELSEWHERE}/devon.xml", voice_fallback_method="GET")
    assert shell.applies("--yes").exit_code == 0
    assert shell.row()["voice_fallback_url"] == f"{ELSEWHERE}/devon.xml"
    assert shell.row("+442079460102")["voice_fallback_url"] == f"{PUBLIC}/webhooks/voice/fallback"


def test_one_number_may_be_chosen_and_a_strangers_is_refused_before_anything_is_done(shell: Shell) -> None:
    refused = shell.applies("--yes", "020 7946 0101", "020 7946 0999")
    assert (refused.exit_code, shell.changes) == (1, 0)
    assert "No line in force lists 020 7946 0999: nothing was changed." in refused.output
    assert shell.applies("--yes", "020 7946 0101").exit_code == 0
    assert (shell.changes, shell.row()["voice_url"]) == (1, SET)


def test_an_application_that_goes_before_the_addresses_is_taken_off(shell: Shell, patients: Patients) -> None:
    shell.row().update(voice_application_sid="AP1")
    shell.exchange.rest.numbers.applications["AP1"] = {"voice_url": "https://old.example.org", "voice_method": "GET"}
    result = shell.applies("--yes", "--failover", ELSEWHERE, "020 7946 0101")
    assert "Application AP1: taken off" in result.output
    assert f"A call comes in: https://old.example.org, HTTP GET → {SET}, HTTP POST" in result.output
    assert (result.exit_code, shell.row()["voice_application_sid"], shell.row()["voice_url"]) == (0, "", SET)
    assert "number-missing" not in found(shell, patients)


def test_a_number_on_a_trunk_is_told_and_left_to_a_person(shell: Shell) -> None:
    shell.row().update(trunk_sid="TK1")
    result = shell.applies("--yes")
    told = "Devon social care, 020 7946 0101: NOT CHANGED, it is given to a SIP trunk; take it off the trunk at Twilio."
    assert told in result.output
    assert (result.exit_code, shell.changes, shell.row()["voice_url"]) == (1, 6, "")


def test_where_twilio_refuses_or_does_not_answer_it_says_how_far_it_came(shell: Shell) -> None:
    shell.exchange.rest.fails(RestFault(Fault.BROKEN, method="POST"))
    result = shell.applies("--yes")
    assert result.exit_code == 1
    assert "0 of 7 numbers were set; then: Twilio did not do it, or did not say so. Run it again." in result.output
    shell.exchange.rest.fails(RestFault(Fault.BROKEN, method="GET"))
    assert shell.applies().exit_code == 1


def test_a_fallback_that_twilio_could_not_trust_is_refused(shell: Shell) -> None:
    for address in ("http://failover.example.org", "failover.example.org", "https://failover.example.org/x?y=1"):
        assert shell.applies("--failover", address).exit_code == 1


def test_without_an_account_it_says_so(tmp_path: Path) -> None:
    result = CliRunner(env={"DUTYLINE_STATE_DIR": str(tmp_path / "state")}).invoke(dutyline, ["twilio", "apply"])
    assert (result.exit_code, "No Twilio account is configured" in result.output) == (1, True)
