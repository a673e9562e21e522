"""Does ``dutyline check`` say what is wrong, and end as a script expects?"""

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app import Application, Config
from cli.main import dutyline
from directory.model import DutyNumber
from directory.numbers import Number
from directory.snapshot import written
from store.directory import Author, write
from tests.admin.desk_client import CLOCK

PLANS = Path(__file__).parents[2] / "plans"
BYE = '[nodes.bye]\ndo = "goodbye"\nsay = "If a child is in danger now, dial 9 9 9. Goodbye."\n\n'
LIVE = {"TWILIO_ACCOUNT_SID": "AC" + "1" * 32, "TWILIO_AUTH_TOKEN": "0123456789abcdef" * 2,
        "DUTYLINE_SECRET_KEY": "a secret of the tests only, long enough"}  # fmt: skip


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """A copy of two of the bundled folders: the proof of the lines that hand over to one another takes longest."""
    for name in ("devon", "sheffield", "calendars"):
        shutil.copytree(PLANS / name, tmp_path / "plans" / name)
    return tmp_path / "plans"


def check(tmp_path: Path, *words: str, **settings: str) -> Result:
    shell = CliRunner(env={"DUTYLINE_STATE_DIR": str(tmp_path / "state"), **settings})
    return shell.invoke(dutyline, ["check", *words])


def edited(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def test_the_bundled_folders_are_sound_and_their_findings_are_told_the_worst_first(plans: Path, tmp_path: Path) -> None:
    result = check(tmp_path, str(plans))
    assert result.exit_code == 0, result.output
    headings = [re.split("[:,]", line)[0] for line in result.output.splitlines() if line and line[0] != " "]
    assert headings[:4] == ["Proved", "Serious", "Doubtful", "Notes"]
    assert "    missing-zero, team devon-mash (Joint Agreement Protocol, CETR (Devon), line 24; X1)" in result.output


def test_each_line_is_proved_with_its_figures_and_what_its_plan_allows(plans: Path, tmp_path: Path) -> None:
    edited(plans / "sheffield" / "sheffield-cpet.toml", "[hours.office]", "[budget]\nsteps = 25\n\n[hours.office]")
    told = " ".join(check(tmp_path, str(plans)).output.split())
    assert re.search(
        r"Sheffield CPET: [\d,]{5} steps at \d+ positions, in 2 situations that stand for 5\d\d stretches of time\. At most \d+ steps "
        r"\(25\); the first phone rings within \d\d s \(240\); within \d\d\d s \(300\) somebody is there, or the safe message was heard\.",
        told,
    )


def test_a_refutation_is_told_as_a_call_with_its_date_and_keys(plans: Path, tmp_path: Path) -> None:
    edited(plans / "sheffield" / "sheffield-cpet.toml", 'go = "safe"', 'go = "bye"')
    edited(plans / "sheffield" / "sheffield-cpet.toml", "[nodes.safe]", f"{BYE}[nodes.safe]")
    result = check(tmp_path, str(plans))
    assert result.exit_code == 1
    _, _, told = result.output.partition("goodbye-unasked, line sheffield-cpet")
    assert re.search(
        r"This call shows it:\n +Sheffield CPET, \w+day \d+ \w+ 20\d\d, \d\d:\d\d\. The caller withholds their number\.\n",
        told,
    )
    assert "The enquiry team is closed now. If a child is in danger now, dial 9 9 9. Goodbye." in told
    assert "Call ends: the line hung up" in told
    assert "  Sheffield CPET:" not in result.output
    assert "  Devon social care:" in result.output


def test_machines_read_proofs_and_the_examples_of_what_is_refuted(plans: Path, tmp_path: Path) -> None:
    edited(plans / "devon" / "teams.csv", "0345 6000 388", "")
    read = json.loads(check(tmp_path, str(plans), "--json").output)
    proofs = {one["line"]: one for one in read["proofs"]}
    assert {line for line, one in proofs.items() if not one["sound"]} == {"devon"}
    assert proofs["sheffield-cpet"]["budget"] == {
        "first_ring_seconds": 240,
        "safe_seconds": 300,
        "prompt_words": 100,
        "steps": 30,
    }
    assert proofs["sheffield-cpet"]["tried"] > proofs["sheffield-cpet"]["positions"] > 100
    (refuted,) = read["refutations"]
    assert (refuted["code"], refuted["slug"], refuted["example"]["keys"]) == ("night-refuted", "devon", [])
    assert "We are sorry. Nobody could take your call just now." in refuted["call"]
    assert [one for one in read["findings"] if one["severity"] == "refuted"] == []


def test_without_a_folder_what_is_bundled_is_checked_before_the_first_start(tmp_path: Path) -> None:
    assert "team devon-mash" in check(tmp_path).output


def test_a_declared_night_without_a_number_ends_with_1(plans: Path, tmp_path: Path) -> None:
    edited(plans / "devon" / "teams.csv", "0345 6000 388", "")
    result = check(tmp_path, str(plans))
    assert result.exit_code == 1
    assert "Refuted: something is promised that is not so" in result.output
    assert "night-refuted, line devon" in result.output


def test_every_problem_of_every_file_is_told_and_ends_with_1(plans: Path, tmp_path: Path) -> None:
    edited(plans / "devon" / "teams.csv", "8481", "8481x")
    edited(plans / "sheffield" / "sheffield-cpet.toml", 'go = "enquiry"', 'go = "nowhere"')
    result = check(tmp_path, str(plans))
    assert result.exit_code == 1
    assert result.output.startswith("Cannot be read:\n")
    assert "“8481x” holds characters that no number has" in result.output
    assert "There is no node “nowhere”" in result.output


def test_a_folder_without_authorities_is_no_sound_deployment(tmp_path: Path) -> None:
    result = check(tmp_path, str(tmp_path))
    assert result.exit_code == 1
    assert "no folder in it holds an authority.toml" in result.output


def test_a_folder_that_is_not_there_is_refused_with_2(tmp_path: Path) -> None:
    assert check(tmp_path, str(tmp_path / "nowhere")).exit_code == 2


def test_machines_read_one_object(plans: Path, tmp_path: Path) -> None:
    result = check(tmp_path, str(plans), "--json")
    read = json.loads(result.output)
    assert (result.exit_code, read["sound"], read["problems"]) == (0, True, [])
    zero = next(one for one in read["findings"] if one["code"] == "missing-zero")
    assert zero == {
        "code": "missing-zero", "severity": "doubtful", "kind": "team", "slug": "devon-mash", "authority": "devon",
        "sentence": "MASH: 345 155 1071 lacks its leading 0 and is read as 0345 155 1071; have the source put right.",
        "source": "Joint Agreement Protocol, CETR (Devon), line 24", "points": ["X1"],
    }  # fmt: skip


def test_machines_read_problems_too(plans: Path, tmp_path: Path) -> None:
    edited(plans / "devon" / "teams.csv", "8481", "8481x")
    result = check(tmp_path, str(plans), "--json")
    read = json.loads(result.output)
    assert (result.exit_code, read["sound"], len(read["problems"]), read["findings"]) == (1, False, 1, [])


def test_where_real_calls_come_in_a_drama_number_is_refuted(tmp_path: Path) -> None:
    result = check(tmp_path, **LIVE)
    assert result.exit_code == 1
    assert "drama-number, line devon" in result.output


def test_what_this_deployment_has_published_is_checked(
    application: Application, config: Config, tmp_path: Path
) -> None:
    team = application.publication.current().directory.teams["derbyshire-starting-point"]
    duty = DutyNumber(Number("+447790770713"))
    with application.database.write_in_order() as connection:
        change = written(type(team)(team.slug, team.name, team.authority, duty_numbers=(duty,)))
        write(connection, change, 1, Author("tests", ""), CLOCK.now())
    application.publication.publish()
    settings = {"DUTYLINE_STATE_DIR": str(config.state), "DUTYLINE_DATABASE_URL": config.database_url,
                "DUTYLINE_SECRET_KEY": config.secret}  # fmt: skip
    assert "mobile-only, team derbyshire-starting-point" in check(tmp_path, **settings).output
