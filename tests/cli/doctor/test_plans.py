"""What is found out about plans, calendar, what stands in, and what waits to be published?"""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from app import Config, prepare
from cli.doctor import plans
from cli.doctor.findings import NothingThereError
from directory.numbers import Number
from ivr.moment import World
from ivr.override import Override
from ivr.plan import Plans
from routing.calendar import Calendar
from store import drafts
from store.database import Database
from store.directory import Author
from store.drafts import NewDraft
from tests.cli.doctor.conftest import NOW, STILL, Patients, codes
from tests.conftest import HOME

NUMBER = Number("+442079460300")
HER = Author("a tester", "the council's exchange is down")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of one authority's folder, whose proof does not take long."""
    for name in ("sheffield", "calendars"):
        shutil.copytree(HOME / "plans" / name, tmp_path / "plans" / name)
    return tmp_path / "plans"


def test_invented_numbers_are_an_error_where_real_calls_come_in(patients: Patients, folder: Path) -> None:
    """The bundled lines answer numbers reserved for drama."""
    (found,) = (one for one in plans.look(patients(plans=folder)) if one.kind.code == "number-invented")
    assert found.sentence.endswith("these have some: the line sheffield-cpet.")


def test_what_the_proof_refutes_is_told_in_its_own_words(patients: Patients, folder: Path) -> None:
    assert codes(plans.look(patients(plans=folder))) == ["number-invented", "plans-serious"]
    path = folder / "sheffield" / "sheffield-cpet.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("[hours.office]", "[budget]\nsteps = 5\n\n[hours.office]"), encoding="utf-8")
    assert "plan-refuted" in codes(plans.look(patients(plans=folder)))


def test_a_file_that_cannot_be_read_is_told(patients: Patients, folder: Path) -> None:
    (folder / "sheffield" / "sheffield-cpet.toml").write_text("line = ", encoding="utf-8")
    assert set(codes(plans.look(patients(plans=folder)))) == {"plans-unreadable"}


def test_bank_holidays_end_soon_before_they_have_ended(world: World, patients: Patients) -> None:
    for last, expected in (
        (date(2027, 12, 27), []),
        (date(2026, 12, 28), ["holidays-end"]),
        (date(2025, 12, 26), ["holidays-over"]),
    ):
        dated = replace(world, calendar=Calendar({last: "a day"}))
        assert codes(plans.of_world(dated, patients())) == expected


def test_without_a_plan_every_caller_hears_the_safe_message_only(world: World, patients: Patients) -> None:
    assert codes(plans.of_world(replace(world, plans=Plans({})), patients())) == ["plan-none"]


def test_what_stands_in_is_told_and_what_soon_does_not_any_more(world: World, patients: Patients) -> None:
    for hours, expected in ((0, []), (3, ["override-ending"]), (30, ["override-in-force"])):
        override = Override("devon", NUMBER, NOW - timedelta(hours=1), NOW + timedelta(hours=hours))
        found = codes(plans.of_world(replace(world, overrides={"devon": override}), patients()))
        assert found == expected


@pytest.fixture
def published(config: Config) -> Iterator[Database]:
    """A deployment whose database is prepared, and that says that it was started."""
    prepare(config, STILL)
    (config.state / "published").mkdir(parents=True, exist_ok=True)
    (config.state / "published" / "stamp").touch()
    database = Database(config.database_url)
    yield database
    database.close()


def scheduled(database: Database, line: str, base: str, text: str) -> None:
    """A draft of a line's plan, on a base, that is to be published tomorrow."""
    with database.write_in_order() as connection:
        new = NewDraft("plan", line, "sheffield", "", {"text": text}, base, HER.who, HER.why)
        key = drafts.begin(connection, new, NOW)
        drafts.schedule(connection, key, NOW + timedelta(days=1), 1, HER, NOW)


def test_a_scheduled_draft_is_judged_as_it_will_be(config: Config, published: Database, patients: Patients) -> None:
    patient = replace(patients(), config=config)
    text = (HOME / "plans" / "sheffield" / "sheffield-cpet.toml").read_text(encoding="utf-8")
    assert codes(plans.look_at_drafts(patient)) == []
    scheduled(published, "sheffield-cpet", "0" * 12, text.replace('say = "', 'say = "Well. ', 1))
    (found,) = plans.look_at_drafts(patient)
    assert found.kind.code == "draft-will-fail"
    assert "Another plan came into force since this draft was begun" in found.sentence


def test_a_draft_that_was_refused_stays_worth_knowing(config: Config, published: Database, patients: Patients) -> None:
    with published.write_in_order() as connection:
        new = NewDraft("plan", "devon", "devon", "", {"text": ""}, "", HER.who, HER.why)
        key = drafts.begin(connection, new, NOW)
        version = drafts.schedule(connection, key, NOW, 1, HER, NOW)
        drafts.refuse(connection, key, "It cannot be read.", version or 2, HER, NOW)
    assert codes(plans.look_at_drafts(replace(patients(), config=config))) == ["draft-refused"]


def test_before_the_first_start_there_is_nothing_to_look_at(patients: Patients) -> None:
    for look in (plans.look_at_failover, plans.look_at_drafts):
        with pytest.raises(NothingThereError):
            codes(look(patients()))


def test_the_folder_for_another_host_is_missed_and_damage_in_it_found(world: World, patients: Patients) -> None:
    patient = patients(world=replace(world, plans=Plans({})))
    state = patient.config.state
    (state / "published").mkdir()
    (state / "published" / "stamp").touch()
    assert codes(plans.look_at_failover(patient)) == ["failover-none"]
    (state / "failover").mkdir()
    assert codes(plans.look_at_failover(patient)) == ["failover-old"]
