"""After a restore nobody is called a second time: the telephone company knows what our database has forgotten."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest

from app import Config, build
from carrier.account import Account
from carrier.placed import Placed, TwilioPlaced
from carrier.port import Unknown
from desk.after_restore import AfterRestore
from directory.numbers import Number
from store import after_restore
from store.backing_up import back_up
from store.presence import Status
from store.restoring import Backup, restore
from store.state_files import Place
from telephone import NoAnswer, Person
from tests.admin.desk_client import Holder
from tests.conftest import Databases, deployment
from tests.desk.calling_back import PERSON, books, dials, legs_to, outcome, reads
from tests.desk.stage import ACCOUNT, HANDLER, Stage
from tests.desk.wall_clock import given, sent
from tests.store.backups import place_of

THERE = Person("1", after=3, talks=10)
BACK = "+442079460902"


@dataclass
class Loss:
    """A deployment that is lost after a backup, and put back on SQLite; its telephone company goes on."""

    stage: Stage
    config: Config
    folder: Path

    def backs_up(self) -> None:
        path = self.folder / "a.backup"
        taken = back_up(place_of(self.config), path, "", "0.1.0", self.stage.hand.now(), lambda _: None)
        self.backup = Backup(path, "", taken.manifest)

    @contextmanager
    def is_restored(self, by: Holder) -> Iterator[Holder]:
        """The same handler, at the worker that goes on with what the backup knew."""
        with self.stage.exchange.served() as url:
            self.stage.application.close()
            state = self.folder / "restored"
            state.mkdir()
            (self.config.state / "journal").mkdir(exist_ok=True)
            (self.config.state / "journal").rename(state / "journal")
            place = Place(state, f"sqlite:///{state / 'dutyline.db'}", self.config.secret)
            restore(place, self.backup, self.stage.hand.now(), lambda _: None)
            restored = replace(
                self.config, state=state, database_url=place.database_url, twilio_api_url=url, account=ACCOUNT.sid,
                tokens=(ACCOUNT.token,),
            )  # fmt: skip
            self.stage.config = restored
            self.stage.moves_to(build(restored, self.stage.hand, self.stage.carrier))
            self.stage.work()
            self.stage.available()
            yield self.stage.with_key(by)


@pytest.fixture
def config(sqlite: Databases, tmp_path: Path) -> Config:
    """On SQLite alone: ``make drill`` does it on PostgreSQL."""
    return deployment(sqlite.prepared(tmp_path), tmp_path / "state")


@pytest.fixture
def loss(stage: Stage, config: Config, tmp_path: Path) -> Loss:
    return Loss(stage, config, tmp_path)


def called(stage: Stage, by: Holder, key: str) -> None:
    """A call-back is made, to its end."""
    dials(stage, by, key)
    stage.may_come_to(lambda: reads(by, key)["state"] != "dialling", 90)
    stage.exchange.advance(3)


def test_a_call_back_that_was_answered_since_the_backup_counts_as_made_and_one_that_was_not_is_still_to_be_made(
    stage: Stage, handler: Holder, loss: Loss
) -> None:
    stage.exchange.phone(HANDLER).will(THERE)
    stage.exchange.phone(PERSON).will(Person("", after=4))
    stage.exchange.phone(BACK).will(NoAnswer())
    key, missed = books(handler)["id"], books(handler, BACK)["id"]
    loss.backs_up()
    stage.exchange.advance(70)
    called(stage, handler, key)
    outcome(handler, key, "reached")
    stage.available()
    called(stage, handler, missed)
    with loss.is_restored(handler) as here:
        shown = reads(here, key)
        assert (shown["state"], shown["outcome"], shown["ended_by"]) == ("done", "reached", "the restore")
        assert [one["outcome"] for one in shown["attempts"]] == ["picked up"]
        sent(here, "POST", f"/callbacks/{key}/dial", {}, 409)
        assert reads(here, missed)["state"] == "open"
        assert [one["outcome"] for one in reads(here, missed)["attempts"]] == ["no answer"]
        kinds = [task["kind"] for task in given(here, "/tasks?limit=200")["items"]]
        assert kinds.count("call-back-restored") == 1
        stage.exchange.advance(30)
        assert len(legs_to(stage, PERSON)) == 1


def test_what_was_asked_for_when_the_backup_was_made_is_not_asked_for_again(
    stage: Stage, handler: Holder, loss: Loss
) -> None:
    """The outbox of the backup holds a ring that was placed, answered and ended since."""
    stage.exchange.phone(HANDLER).will(THERE)
    stage.exchange.phone(PERSON).will(Person("", after=4))
    key = books(handler)["id"]
    sent(handler, "POST", f"/callbacks/{key}/dial", {})
    loss.backs_up()
    stage.until(lambda: reads(handler, key)["state"] != "dialling", 90)
    stage.exchange.advance(5)
    before = len(stage.exchange.legs)
    with loss.is_restored(handler) as here:
        stage.exchange.advance(60)
        assert len(stage.exchange.legs) == before
        assert reads(here, key)["state"] == "done"
        assert stage.status(here) is Status.AVAILABLE


def test_a_caller_who_waited_at_the_backup_and_has_gone_is_offered_to_nobody(
    stage: Stage, handler: Holder, loss: Loss
) -> None:
    stage.set_status(handler, Status.AWAY)
    caller = stage.queued()
    stage.work()
    loss.backs_up()
    caller.hangs_up()
    stage.exchange.settle()
    for path in (loss.config.state / "journal").rglob("*.journal"):
        path.write_bytes(b"")
    with loss.is_restored(handler) as here:
        stage.exchange.advance(60)
        assert legs_to(stage, HANDLER) == []
        assert stage.talk(caller).state == "ended"
        assert stage.status(here) is Status.AVAILABLE


def test_a_caller_who_still_waits_is_offered(stage: Stage, handler: Holder, loss: Loss) -> None:
    stage.set_status(handler, Status.AWAY)
    caller = stage.queued()
    stage.work()
    loss.backs_up()
    stage.exchange.phone(HANDLER).will(Person("1", after=3))
    with loss.is_restored(handler):
        stage.until(lambda: stage.hears(caller) == {HANDLER}, 60)


class SilentAtFirst:
    """A telephone company that does not say, until it does."""

    def __init__(self, silent: int) -> None:
        self.silent = silent

    def to(self, number: Number, since: datetime) -> tuple[Placed, ...] | Unknown:  # noqa: ARG002  # the port's
        self.silent -= 1
        return Unknown() if self.silent >= 0 else ()


def test_no_call_is_placed_before_the_telephone_company_has_said_what_was_called(stage: Stage, handler: Holder) -> None:
    books(handler)
    now = stage.hand.now()
    database = stage.application.database
    with database.write() as connection:
        after_restore.begin(connection, now, now)
    looks = AfterRestore(database, stage.carrier, SilentAtFirst(1), "w1")
    world = stage.application.publication.current()
    assert not looks.is_over(world, now)
    other = AfterRestore(database, stage.carrier, SilentAtFirst(0), "w2")
    assert not other.is_over(world, now)
    stage.exchange.advance(40)
    assert other.is_over(world, stage.hand.now())
    assert looks.is_over(world, stage.hand.now())


def test_the_list_of_calls_tells_ours_from_those_who_ring_us(stage: Stage, handler: Holder) -> None:
    stage.exchange.phone(HANDLER).will(THERE)
    stage.exchange.phone(PERSON).will(Person("", after=4))
    since = stage.hand.now()
    called(stage, handler, books(handler)["id"])
    with stage.exchange.served() as url:
        placed = TwilioPlaced(Account(ACCOUNT.sid, (ACCOUNT.token,), url))
        found = placed.to(Number(PERSON), since)
        assert isinstance(found, tuple)
        assert [(one.status, one.seconds >= 9) for one in found] == [("completed", True)]
        assert placed.to(Number(PERSON), stage.hand.now()) == ()
        placed.close()
