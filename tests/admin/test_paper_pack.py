"""Does the sheet of paper say who is rung, as the route says it, and does the file beside it read back without a difference?"""

import hashlib
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from admin.paper_pack import PaperPack, Phone, paper_pack
from app import Application, Config
from cli.main import dutyline
from directory.model import Shift
from directory.numbers import Number
from directory.snapshot import written
from ivr.moment import World
from routing.ladder import Rung
from store.keys import Role
from tests.admin.desk_client import Holder
from tests.admin.visitor import signed_in
from tests.telling import at

MASH, EDT = Phone("MASH", "0345 155 1071"), Phone("Out of Hours Emergency Duty Team", "0345 600 0388")


def printed(rung: Rung) -> str:
    return "" if rung.is_personal else rung.number.number.national


def pack(world: World, authority: str = "devon", when: str = "Wed 10:00") -> PaperPack:
    return paper_pack(world, world.directory.authorities[authority], at(when), printed)


def told(found: PaperPack, beginning: str) -> tuple[Phone, ...]:
    """Who is rung on the first line at a time."""
    (period,) = [one for one in found.lines[0].periods if any(title.startswith(beginning) for title in one.titles)]
    assert len(period.spans) == 1
    return period.spans[0].phones


def test_it_says_who_to_ring_now_tonight_this_weekend_and_on_each_coming_bank_holiday(world: World) -> None:
    found = pack(world)
    assert told(found, "Now, Wed 25 Nov 2026 10:00") == (MASH, EDT)
    for time in (
        "Tonight",
        "This weekend, Sat 28 Nov 2026",
        "Christmas Day, Fri 25 Dec 2026",
        "Easter Monday, Mon 29 Mar 2027",
    ):
        assert told(found, time) == (EDT,)
    titles = [title for period in found.lines[0].periods for title in period.titles]
    days = [day for day in world.calendar.holidays if at("Wed 10:00").date() <= day <= date(2027, 12, 30)]
    assert len(days) > 8
    assert all(any(f"{day:%a} {day.day} {day:%b %Y}" in title for title in titles) for day in days)


def test_on_a_weekend_it_says_too_who_is_rung_when_the_line_opens(world: World) -> None:
    found = pack(world, "derby", "Sat 12:00")
    consultation = found.lines[1]
    assert "In office hours, from Mon 30 Nov 2026 10:00" in [
        title for one in consultation.periods for title in one.titles
    ]
    assert [team.day for team in found.teams if team.name == "Professionals Consultation"] == [
        (Phone("Professionals Consultation", "07812 300329"),)
    ]


def test_each_team_has_its_own_phones_or_says_whom_to_ring_instead(world: World) -> None:
    teams = {team.name: team for team in pack(world).teams}
    assert teams["Children & Families Exeter 4"].day == (
        Phone("Children & Families Exeter 4", "07812 106279"), Phone("Children & Families Exeter 4", "07581 156261"),
    )  # fmt: skip
    assert (teams["Early Help"].day, teams["Early Help"].instead) == ((), (MASH,))


def night_shift(world: World, who: str) -> World:
    """Devon's night team with a turn that begins in the middle of tonight."""
    night = world.directory.teams["devon-edt"]
    turn = Shift(at("Thu 01:00"), at("Thu 06:00"), Number(who) if who.startswith("+") else who)
    return replace(world, directory=world.directory.changed(1, [written(replace(night, rota=(turn,)))]))


def test_a_turn_in_the_middle_of_the_night_is_printed_with_its_hours_and_ends_the_sheet(world: World) -> None:
    found = pack(night_shift(world, "+442079460311"))
    (tonight,) = [one for one in found.lines[0].periods if one.titles[0].startswith("Tonight")]
    assert [(span.since, span.phones[0].number) for span in tonight.spans] == [
        (at("Wed 18:00"), EDT.number), (at("Thu 01:00"), "020 7946 0311"), (at("Thu 06:00"), EDT.number),
    ]  # fmt: skip
    assert found.good_until == at("Thu 01:00")


def test_a_sheet_is_good_for_a_week_where_nothing_is_due(world: World) -> None:
    assert pack(world).good_until == at("Wed 10:00") + timedelta(days=7)


WORKER, OWN = "w-3f9a2c", "020 7946 0201"


def test_a_workers_own_phone_is_printed_only_for_who_may_see_it_and_asks(
    application: Application, editor: Holder
) -> None:
    turn = {"from": "2026-11-25T08:00", "until": "2026-11-25T18:00", "person": WORKER}
    assert editor.changes("PUT", "/teams/devon-mash/rota", [turn], seen_at="/teams/devon-mash").status_code == 200
    reader, viewer = signed_in(application, Role.EDITOR), signed_in(application, Role.VIEWER)
    page = reader.opens("/admin/paper-pack/devon").get_data(as_text=True)
    assert OWN not in page
    assert "number left out" in page
    assert OWN in reader.opens("/admin/paper-pack/devon?own=yes").get_data(as_text=True)
    assert OWN not in viewer.opens("/admin/paper-pack/devon?own=yes").get_data(as_text=True)


def test_a_page_is_printed_for_everybody_and_hides_what_a_role_may_not_see(application: Application) -> None:
    viewer, editor = signed_in(application, Role.VIEWER), signed_in(application, Role.EDITOR)
    assert "/admin/paper-pack/devon" in viewer.opens("/admin/paper-pack").get_data(as_text=True)
    page = editor.opens("/admin/paper-pack/devon").get_data(as_text=True)
    for words in (
        "dial 999, first",
        "0345 155 1071",
        "07812 106279",
        "Good until",
        "Christmas Day",
        "SHA-256 beginning",
    ):
        assert words in page
    less = viewer.opens("/admin/paper-pack/devon?own=yes").get_data(as_text=True)
    assert "0345 155 1071" in less
    assert "07812 106279" not in less
    assert viewer.opens("/admin/paper-pack/devon.csv").status_code == 403
    assert editor.opens("/admin/paper-pack/narnia").status_code == 404


@pytest.fixture
def shell(config: Config, application: Application) -> CliRunner:
    """A shell on the machine of a running application."""
    assert application.publication.current().plans.current
    return CliRunner(env={"DUTYLINE_STATE_DIR": str(config.state), "DUTYLINE_DATABASE_URL": config.database_url,
                          "DUTYLINE_SECRET_KEY": config.secret})  # fmt: skip


@pytest.mark.parametrize("authority", ["devon", "derby"])
def test_importing_the_file_of_a_pack_makes_no_difference(shell: CliRunner, tmp_path: Path, authority: str) -> None:
    file = tmp_path / "pack.csv"
    file.write_text(shell.invoke(dutyline, ["paper-pack", authority, "--csv"], catch_exceptions=False).stdout)
    assert len(file.read_text().splitlines()) > 8
    told = shell.invoke(dutyline, ["import", str(file), "--dry-run"], catch_exceptions=False)
    assert (told.exit_code, told.stdout.strip()) == (0, "Nothing would change.")


def test_the_file_beside_the_page_is_the_same_one_and_its_hash_stands_on_the_sheet(
    shell: CliRunner, application: Application
) -> None:
    editor = signed_in(application, Role.EDITOR)
    file = editor.opens("/admin/paper-pack/devon.csv").get_data()
    assert file == shell.invoke(dutyline, ["paper-pack", "devon", "--csv"]).stdout_bytes
    digest = hashlib.sha256(file).hexdigest()[:12]
    assert digest in editor.opens("/admin/paper-pack/devon").get_data(as_text=True)
    sheet = shell.invoke(dutyline, ["paper-pack", "devon"], catch_exceptions=False).stdout
    assert digest in sheet
    assert "DIAL 999, FIRST" in sheet
    assert "Out of Hours Emergency Duty Team 0345 600 0388" in sheet
