"""``dutyline explain`` and ``dutyline replay``, as somebody at a shell meets them."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app import Config
from cli.main import dutyline
from ivr.moment import World
from store.database import Database
from telephone import NoAnswer
from tests.calls.golden import retold
from tests.conftest import HOME
from tests.rehearsal.recorded import Deployment, deployed
from tests.telling import at


@pytest.fixture
def deployment(config: Config, database: Database) -> Iterator[Deployment]:
    with deployed(config, database) as made:
        yield made


@pytest.fixture
def shell(config: Config) -> CliRunner:
    """A shell beside the deployment: the same state folder, database and secret."""
    return CliRunner(env={
        "DUTYLINE_STATE_DIR": str(config.state), "DUTYLINE_DATABASE_URL": config.database_url, "TWILIO_ACCOUNT_SID": config.account,
        "TWILIO_AUTH_TOKEN": config.tokens[0], "DUTYLINE_SECRET_KEY": config.secret,
    })  # fmt: skip


@pytest.fixture
def sid(deployment: Deployment) -> str:
    """A call that only the journal has."""
    call = deployment.rings("devon", at("Wed 10:00")).presses("2").presses("1").presses("2")
    call.phone_does(NoAnswer()).answers(presses="1").talks(60).callee_hangs_up()
    deployment.journal.close()
    return call.sid


def ran(shell: CliRunner, *words: str) -> Result:
    return shell.invoke(dutyline, list(words))


def test_a_call_is_explained_from_the_journal(shell: CliRunner, sid: str) -> None:
    told = ran(shell, "explain", sid).output
    assert "Wed 25 Nov 2026 10:00, from 020 7946 0999; ending: a person was reached" in told
    assert "The caller pressed 2: a team's duty desk." in told
    assert "01392 388646, Children & Families North 1: the team's duty number: not answered, rang 20 s" in told
    document = json.loads(ran(shell, "explain", sid, "--json").output)
    assert [one["number"] for one in document["tried"]] == ["01392 388646", "0345 155 1071"]


def test_a_call_is_replayed_byte_for_byte(shell: CliRunner, sid: str) -> None:
    done = ran(shell, "replay", sid)
    assert done.exit_code == 0, done.output
    assert "6 of 6 steps are answered today byte for byte as they were." in done.output
    assert {one["verdict"] for one in json.loads(ran(shell, "replay", sid, "--json").output)} == {"same"}


def test_a_call_is_printed_as_a_golden_test(shell: CliRunner, sid: str, world: World) -> None:
    done = ran(shell, "explain", sid, "--golden")
    assert retold(world, done.stdout) == done.stdout


def test_a_draft_is_tried_on_past_calls(shell: CliRunner, sid: str, tmp_path: Path) -> None:
    plan = (HOME / "plans" / "devon" / "devon.toml").read_text(encoding="utf-8")
    draft = tmp_path / "draft.toml"
    draft.write_text(plan.replace('key = "2"', 'key = "9"', 1), encoding="utf-8")
    found = json.loads(ran(shell, "replay", "--plan", str(draft), "--since", "2026-11-20T00:00", "--json").output)
    assert found["calls"] == 1
    assert [one["sid"] for one in found["changed"]] == [sid]


@pytest.mark.parametrize("words", [("explain", "CA404"), ("replay", "CA404")])
def test_an_unknown_call_says_where_to_find_one(shell: CliRunner, words: tuple[str, ...]) -> None:
    done = ran(shell, *words)
    assert (done.exit_code, "take its SID from the call's record" in done.output) == (1, True)


def test_neither_call_nor_draft_says_which_to_name(shell: CliRunner) -> None:
    assert "Name either a CALL (its SID) or a draft with --plan." in ran(shell, "replay").output


def test_a_draft_that_is_nowhere_says_so(shell: CliRunner) -> None:
    assert "is neither a file nor the id of a plan's draft" in ran(shell, "replay", "--plan", "nothing-here").output
