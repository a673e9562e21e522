"""How does ``dutyline doctor`` end, and what does it print?"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cli.doctor.command import PARTS
from cli.doctor.findings import Grade, Kind, Seen
from cli.doctor.told import Told
from cli.main import dutyline
from ivr.moment import World
from tests.cli.doctor.conftest import NOW
from tests.cli.doctor.servers import SID, TOKEN, Account, Proxy, door_served, number, serving
from tests.conftest import HOME

FAILS, SOON, KNOW = (Kind(grade.value, grade, "It is {what}.", "Mend {what}.") for grade in Grade)


def doctor(tmp_path: Path, *words: str, **settings: str) -> Result:
    shell = CliRunner(env={"DUTYLINE_STATE_DIR": str(tmp_path / "state"), "DUTYLINE_DATABASE_URL": None, **settings})
    return shell.invoke(dutyline, ["doctor", *words])


@contextmanager
def standing(world: World, **more: Any) -> Iterator[tuple[str, str]]:
    """A service behind a proxy, and an account full of faults; where they are."""
    proxy = Proxy(0)
    with serving(proxy) as front:
        public = f"http://127.0.0.1:{front.server_port}"
        numbers = [number("+442079460106", "", public), number("+442079460777", "", public, voice_method="GET")]
        account = Account(numbers, balance={"balance": "3.20", "currency": "GBP"}, **more)
        with door_served(world, public) as proxy.upstream, serving(account) as twilio:
            yield public, f"http://127.0.0.1:{twilio.server_port}"


def settings(public: str, twilio: str, plans: Path) -> dict[str, str]:
    return {
        "DUTYLINE_PUBLIC_URL": public, "DUTYLINE_TWILIO_API_URL": twilio, "TWILIO_ACCOUNT_SID": SID,
        "TWILIO_AUTH_TOKEN": TOKEN, "DUTYLINE_PLANS_DIR": str(plans),
    }  # fmt: skip


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """One authority's folder, whose proof does not take long."""
    (tmp_path / "plans").mkdir()
    for name in ("sheffield", "calendars"):
        (tmp_path / "plans" / name).symlink_to(HOME / "plans" / name)
    return tmp_path / "plans"


def test_faults_of_every_part_are_told_at_once_the_worst_first(world: World, plans: Path, tmp_path: Path) -> None:
    with standing(world) as (public, twilio):
        result = doctor(tmp_path, **settings(public, twilio, plans))
        read = json.loads(doctor(tmp_path, "--json", **settings(public, twilio, plans)).output)
    assert result.exit_code == 1, result.output
    found = {one["code"]: one["grade"] for one in read["findings"]}
    assert {"public-url-local", "number-invented", "number-unlisted", "voice-method"} <= {
        code for code, grade in found.items() if grade == "fails-calls"
    }
    assert {"balance-low", "fallback-none"} <= {code for code, grade in found.items() if grade == "soon-fails"}
    headings = [line for line in result.output.splitlines() if line in ("Fails calls now", "Worth knowing")]
    assert headings == ["Fails calls now", "Worth knowing"]
    assert all(code in result.output for code in found)
    assert TOKEN not in result.output
    assert read["verdict"] == "fails"
    assert [one["part"] for one in read["parts"]] == [part.name for part in PARTS]


def test_offline_nothing_is_asked_of_twilio(world: World, plans: Path, tmp_path: Path) -> None:
    with standing(world, away={"Accounts"}) as (public, _):
        result = doctor(tmp_path, "--offline", **settings(public, "http://127.0.0.1:9", plans))
    assert "Left out, as --offline asks: account at Twilio, geographic permissions, numbers and lines," in result.output
    assert "Could not be looked at" not in result.output


def test_where_twilio_does_not_answer_it_says_so(world: World, plans: Path, tmp_path: Path) -> None:
    with standing(world, away={"Accounts"}) as (public, twilio):
        result = doctor(tmp_path, **settings(public, twilio, plans))
    assert (
        "Could not be looked at: account at Twilio; Twilio did not answer when asked for the account." in result.output
    )


def test_settings_that_cannot_be_used_are_all_there_is_to_tell(tmp_path: Path) -> None:
    result = doctor(tmp_path, DUTYLINE_WORKERS="x", DUTYLINE_COLOUR="red")
    assert result.exit_code == 1
    assert result.output.count("The service does not start") == 2
    assert "Left out, until the settings can be used: public address," in result.output


def test_backups_are_looked_at_where_their_folder_is_named(plans: Path, tmp_path: Path) -> None:
    words = "--backups", str(tmp_path), "--json"
    read = json.loads(doctor(tmp_path, *words, **settings("http://127.0.0.1:9", "http://127.0.0.1:9", plans)).output)
    assert ("backups", "backup-none") in {(one["part"], one["code"]) for one in read["findings"]}


@pytest.mark.parametrize(
    ("seen", "ends"),
    [
        ([], 0),
        ([Seen("a", (SOON.found(what="late"), KNOW.found(what="so")))], 0),
        ([Seen("a", (FAILS.found(what="bad"),))], 1),
        ([Seen("a", (FAILS.found(what="bad"),)), Seen("b", (), unseen="it is dark.")], 1),
        ([Seen("a", (KNOW.found(what="so"),), unseen="it is dark.")], 2),
        ([Seen("a", (), left_out="as somebody asked")], 0),
    ],
)
def test_it_ends_by_the_worst(seen: list[Seen], ends: int) -> None:
    assert Told("https://a", NOW, seen).verdict == ends


def test_the_words_begin_with_the_worst_and_end_with_a_count() -> None:
    seen = [
        Seen("one", (KNOW.found(what="so"), FAILS.found(what="bad"))),
        Seen("two", ()),
        Seen("three", (SOON.found(what="late"),), unseen="it is dark."),
        Seen("four", (), left_out="as somebody asked"),
    ]
    assert Told("https://calls.example.org", NOW, seen).text() == (
        "https://calls.example.org, Wed 25 Nov 2026 10:00\n\n"
        "Fails calls now\n  It is bad.\n    Remedy: Mend bad.\n    fails-calls\n\n"
        "Will fail calls soon, or as soon as something else fails\n  It is late.\n    Remedy: Mend late.\n    soon-fails\n\n"
        "Worth knowing\n  It is so.\n    Remedy: Mend so.\n    worth-knowing\n\n"
        "All well: two.\nLeft out, as somebody asked: four.\nCould not be looked at in full: three; it is dark.\n\n"
        "1 finding fails calls now, 1 will soon, 1 worth knowing; 1 of 4 parts could not be looked at."
    )
