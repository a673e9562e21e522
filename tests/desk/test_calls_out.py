"""Is there a most of calls to those who did not ring us, and is no caller touched by it?"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from app import Config, ConfigError, config_from
from store.outgoing import Caps
from store.presence import Status
from store.tables_callbacks import call_back_attempt
from telephone import Person
from tests.admin.desk_client import Holder
from tests.desk.calling_back import books, dials, legs_to, reads
from tests.desk.stage import HANDLER, TEAM, Stage, staged
from tests.desk.wall_clock import sent

Staged = Callable[[Caps], Stage]
OTHER = "+442079460902"
MEETING = "derbyshire-strategy-discussion"


@pytest.fixture
def capped(config: Config) -> Iterator[Staged]:
    made: list[Stage] = []

    def stage(caps: Caps) -> Stage:
        made.append(staged(replace(config, caps=caps)))
        return made[-1]

    yield stage
    for one in made:
        one.application.close()


def refused(stage: Stage, by: Holder, key: str) -> str:
    reply = by.sends("POST", f"/callbacks/{key}/dial", {})
    stage.exchange.settle()
    assert reply.status_code == 409, reply.get_json()
    return str(reply.get_json()["detail"])


def tried(stage: Stage, by: Holder, key: str) -> None:
    """Dialled, not answered, and the handler is free again."""
    dials(stage, by, key)
    stage.may_come_to(lambda: reads(by, key)["state"] == "open", 120)
    stage.set_status(by, Status.AVAILABLE)


class Told(logging.Handler):
    """What an operator is told."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


@pytest.fixture
def told() -> Iterator[Told]:
    here = Told()
    logging.getLogger("dutyline").addHandler(here)
    yield here
    logging.getLogger("dutyline").removeHandler(here)


def an_hour_goes_by(stage: Stage) -> None:
    """What was tried was tried more than an hour ago."""
    with stage.application.database.write() as connection:
        connection.execute(call_back_attempt.update().values(asked_at=stage.hand.now() - timedelta(minutes=61)))


def test_one_number_is_not_called_for_ever(capped: Staged, told: Told) -> None:
    stage = capped(Caps(number=2))
    handler = stage.signs_in()
    key = books(handler)["id"]
    for _ in range(2):
        tried(stage, handler, key)
    assert "2 times within the hour" in refused(stage, handler, key)
    assert stage.status(handler) is Status.AVAILABLE
    assert reads(handler, key)["state"] == "open"
    assert [line for line in told.lines if "number=2" in line]
    dials(stage, handler, books(handler, OTHER)["id"])
    stage.may_come_to(lambda: stage.status(handler) is not Status.RINGING, 120)
    an_hour_goes_by(stage)
    stage.set_status(handler, Status.AVAILABLE)
    tried(stage, handler, key)


@pytest.mark.parametrize(("caps", "words"), [(Caps(hour=1), "within the hour"), (Caps(minute=1), "within the minute")])
def test_all_numbers_together_have_a_most(capped: Staged, caps: Caps, words: str) -> None:
    stage = capped(caps)
    handler, second = stage.signs_in(), stage.signs_in(OTHER, "Sid Second")
    dials(stage, handler, books(handler)["id"])
    assert words in refused(stage, second, books(second, "+442079460903")["id"])


def test_a_caller_is_never_kept_from_anybody_by_it(capped: Staged) -> None:
    stage = capped(Caps(minute=1, hour=1, number=1))
    handler = stage.signs_in()
    tried(stage, handler, books(handler)["id"])
    assert refused(stage, handler, books(handler, OTHER)["id"])
    rung = len(legs_to(stage, HANDLER))
    leg = stage.talking()
    assert stage.hears(leg) == {HANDLER}
    assert len(legs_to(stage, HANDLER)) == rung + 1
    stage.exchange.phone("+442079460301").will(Person("1", after=2))
    stage.transfer(leg, handler, team=TEAM)
    stage.until(lambda: bool(legs_to(stage, "+442079460301")))


def test_those_who_are_invited_to_a_meeting_are_counted_and_the_rest_is_not_rung(capped: Staged) -> None:
    stage = capped(Caps(hour=1))
    handler = stage.signs_in()
    made = sent(handler, "POST", "/meetings", {"preset": MEETING, "chair": {"team": TEAM}}, 201)
    stage.exchange.phone("+442079460301").will(Person("1", after=2, talks=300))
    sent(handler, "POST", f"/meetings/{made['id']}/start", {})
    sent(handler, "POST", f"/meetings/{made['id']}/invite", {"to": {"number": "+442079460302"}, "words": "Colleague"})
    stage.may_come_to(lambda: False, 30)
    asked = [one for one in stage.exchange.rest.requests if one.method == "POST" and one.path == "/Calls.json"]
    assert len(asked) == 1


def test_the_caps_are_a_setting_and_what_cannot_be_one_is_refused(tmp_path: object) -> None:
    settings = {"DUTYLINE_STATE_DIR": str(tmp_path)}
    assert config_from(settings).caps == Caps()
    assert config_from({**settings, "DUTYLINE_CALLS_OUT": "hour=200, number=3"}).caps == Caps(hour=200, number=3)
    for wrong in ("200", "hour=0", "hour=-1", "day=3", "hour=1, hour=2", "hour=٣"):
        with pytest.raises(ConfigError, match="DUTYLINE_CALLS_OUT"):
            config_from({**settings, "DUTYLINE_CALLS_OUT": wrong})
