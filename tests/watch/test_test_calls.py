"""Is each line called through the public address, and what is told where it does not answer as it must?"""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select
from werkzeug.serving import make_server

from app import Application, Config, build, prepare
from ivr.alarms import Alarming
from ivr.moment import World
from routing.clock import SystemClock
from store import tables
from store.chores import enter
from store.database import Database
from store.watched import State
from tests.conftest import TOKEN, deployment
from tests.desk.wall_clock import WallClock
from tests.reliability.service import SECRET, service
from tests.telling import at
from tests.watch.looked import looks, standing, states, whole
from watch.posting import NOT_OK, TOO_SLOW, UNREACHABLE, Posting, Reply
from watch.test_calls import KIND, TestCalls
from webhooks.guard import Guard
from webhooks.last_resort import SAFE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

NOW = at("Wed 10:00")
LINES = 7


@contextmanager
def served(config: Config, wall: WallClock) -> Iterator[tuple[Application, str]]:
    """An application at the address that it takes for its public one."""
    server = make_server("127.0.0.1", 0, lambda *_: iter(()), threaded=True)
    address = f"http://127.0.0.1:{server.server_port}"
    application = build(replace(config, public_url=address), wall)
    server.app = application.flask
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield application, address
    server.shutdown()
    thread.join()
    server.server_close()
    application.close()


def calls(address: str, token: str = TOKEN, seconds: float = 2.0) -> TestCalls:
    return TestCalls(address, "AC" + "0" * 32, Guard([token], address).signature, Posting(seconds))


def test_every_line_answers_and_no_record_is_left(config: Config, wall: WallClock) -> None:
    with served(config, wall) as (application, address):
        calls(address).round(application.database, application.publication.current(), NOW)
        assert list(states(application.database, KIND).values()) == [State.WELL] * LINES
        assert all((look.milliseconds or 0) < 2000 for look in looks(application.database, KIND).values())
        assert standing(application.database) == []
    with application.database.read() as connection:  # its journal is written out
        assert [connection.scalar(select(func.count()).select_from(one)) for one in (tables.event, tables.call)] == [
            0,
            0,
        ]
    assert all(path.stat().st_size == 0 for path in (config.state / "journal").glob("*.journal"))
    application.database.close()


def test_a_wrong_token_a_closed_port_and_a_server_that_hangs_are_alarms(config: Config, wall: WallClock) -> None:
    with served(config, wall) as (application, address):
        here = application.database, application.publication.current(), NOW
        calls(address, "another-token-of-16").round(*here)
        assert {look.words for look in looks(application.database, KIND).values()} == {NOT_OK.format(status=403)}
        assert standing(application.database)[0][0] is Alarming.TEST_CALL_FAILED
        calls("http://127.0.0.1:9").round(*here)
        assert {look.words for look in looks(application.database, KIND).values()} == {UNREACHABLE}
        began = {one.began_at for one in whole(application.database)}
        assert (len(whole(application.database)), began) == (LINES, {NOW})
        calls(address).round(here[0], here[1], NOW + timedelta(minutes=15))
        assert standing(application.database) == []


def dripping(_environ: "WSGIEnvironment", begin: "StartResponse") -> Iterator[bytes]:
    """A byte now and then."""
    begin("200 OK", [("Content-Type", "text/xml")])
    for _ in range(20):
        time.sleep(0.05)
        yield b" "


def test_who_does_not_reply_in_time_is_not_waited_for() -> None:
    slow = make_server("127.0.0.1", 0, dripping, threaded=True)
    thread = threading.Thread(target=slow.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    began = time.monotonic()
    reply = Posting(0.3)(f"http://127.0.0.1:{slow.server_port}/", [], "x")
    assert (reply.document, reply.fault) == (b"", TOO_SLOW.format(seconds=0.3))
    assert time.monotonic() - began < 0.9
    slow.shutdown()
    thread.join()
    slow.server_close()


@dataclass
class Hiccup:
    """Answers each line by these replies in turn."""

    replies: Sequence[Reply]
    asked: int = 0
    signed: list[str] = field(default_factory=list)

    def __call__(self, url: str, pairs: Sequence[tuple[str, str]], signature: str) -> Reply:  # noqa: ARG002  # by turn
        self.signed.append(signature)
        self.asked += 1
        return self.replies[(self.asked - 1) % len(self.replies)]


def test_one_failure_is_a_hiccup_and_two_are_an_alarm(database: Database, world: World) -> None:
    plan = world.plans.of_line("devon")
    assert plan
    one = replace(world, plans=replace(world.plans, current={"devon": plan.digest}))
    well = Reply(f"<Response><Say>{plan.opening}</Say></Response>".encode(), "", 20)
    failed, rescued = Reply(b"", UNREACHABLE, 2000), Reply(SAFE, "", 30)
    for replies, state, asked in (
        ([failed, well], State.WELL, 2), ([failed, rescued], State.AMISS, 2), ([well], State.WELL, 1),
    ):  # fmt: skip
        post = Hiccup(replies)
        TestCalls("http://x", "AC1", lambda *_: "signed", post).round(database, one, NOW)
        assert (states(database, KIND), post.asked) == ({"devon": state}, asked)
        assert (standing(database) != []) == (state is State.AMISS)


@pytest.mark.long
def test_a_served_deployment_calls_itself(tmp_path: Path) -> None:
    state, url = tmp_path / "state", f"sqlite:///{tmp_path / 'test.db'}"
    clock = SystemClock()
    prepare(replace(deployment(url, state), secret=SECRET), clock)
    database = Database(url)
    with database.write() as connection:
        enter(connection, [KIND], clock.now() - timedelta(seconds=1))
    with service(state, url, DUTYLINE_TEST_CALL_MINUTES="15"):
        until = time.monotonic() + 30
        while len(looks(database, KIND)) < LINES and time.monotonic() < until:
            time.sleep(0.2)
    assert set(states(database, KIND).values()) == {State.WELL}
    assert standing(database) == []
    database.close()
