"""Is the right door opened when the clock is set, changes to summer time, or is wrong on one of two machines? (B17)"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from sqlalchemy import create_engine, text

from routing.clock import LONDON
from telephone.signature import signature
from tests.reliability.service import Service, service
from tests.reliability.wall_clock import WallClock, wall_clock

DEVON = "+442079460101"
OPEN, CLOSED = "its menu", "the Emergency Duty Team"
CALLS = count(1)
KEPT_SECONDS = 10
CASES = {
    "2026-12-04 15:59:30": OPEN, "2026-12-04 16:00:00": CLOSED, "2026-12-25 11:00:00": CLOSED, "2026-12-28 11:00:00": CLOSED,
    "2026-12-31 23:59:59": CLOSED, "2027-03-26 11:00:00": CLOSED, "2027-03-30 08:59:30": CLOSED, "2027-03-30 09:00:00": OPEN,
    "2027-10-29 15:59:30": OPEN, "2027-11-01 08:59:30": CLOSED, "2027-11-01 09:00:00": OPEN, "2028-02-29 10:00:00": OPEN,
}  # fmt: skip
"""A Friday's end, Christmas and its substitute, the last second of a year, Good Friday, both weeks that follow a change of
the clocks, a leap day; in the order in which a clock goes, and no process is started anew."""


def wall(moment: str) -> datetime:
    """A moment on a clock on the wall in England."""
    return datetime.fromisoformat(moment).replace(tzinfo=LONDON)


def answers(one: Service) -> str:
    """What a new call to Devon's line hears first."""
    url = f"{one.address}/webhooks/voice"
    fields = {"CallSid": f"CA{next(CALLS):032x}", "From": "+442079460999", "To": DEVON, "CallStatus": "ringing"}
    headers = {"X-Twilio-Signature": signature(one.token, url, fields.items())}
    with urlopen(Request(url, urlencode(fields).encode(), headers), timeout=5) as reply:  # noqa: S310  # our own service
        heard = reply.read().decode()
    assert ("<Dial" in heard) != ("<Gather" in heard), heard
    return CLOSED if "<Dial" in heard else OPEN


@pytest.fixture(scope="module")
def clock(tmp_path_factory: pytest.TempPathFactory) -> WallClock:
    return wall_clock(tmp_path_factory.mktemp("clock"), wall("2026-12-01 10:00:00"))


@pytest.fixture(scope="module")
def served(clock: WallClock, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("served")
    with service(folder / "state", f"sqlite:///{folder / 'test.db'}", 1, **clock.environment) as made:
        yield made


@pytest.mark.parametrize(("moment", "answered"), CASES.items())
def test_a_process_that_runs_on_through_the_years_opens_and_closes_on_the_second(
    served: Service, clock: WallClock, moment: str, answered: str
) -> None:
    clock.set(wall(moment))
    assert answers(served) == answered


def test_a_clock_that_is_set_back_is_gone_by_at_once_and_nothing_is_lost(served: Service, clock: WallClock) -> None:
    clock.set(wall("2026-12-04 16:00:05"))
    assert answers(served) == CLOSED
    clock.set(wall("2026-12-04 15:00:05"))
    assert answers(served) == OPEN
    assert served.asks("/readyz")[0] == 200


@pytest.mark.long
def test_of_two_machines_whose_clocks_differ_by_an_hour_each_goes_by_its_own_and_the_events_of_both_are_kept(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path / 'test.db'}"
    for name, wrong_by, answered in (("right", 0, OPEN), ("fast", 1, CLOSED)):
        clock = wall_clock(tmp_path, wall("2026-12-04 15:30:00") + timedelta(hours=wrong_by))
        with service(tmp_path / name, url, 1, **clock.environment) as machine:
            assert answers(machine) == answered
            assert kept(url, next(CALLS) - 1)


def kept(url: str, call: int) -> bool:
    """Whether the call's event reaches the database within some seconds."""
    ends, engine = monotonic() + KEPT_SECONDS, create_engine(url)
    asked = text("SELECT count(*) FROM event WHERE call = :call")
    while monotonic() < ends:
        with engine.connect() as connection:
            if connection.scalar(asked, {"call": f"CA{call:032x}"}):
                return True
        sleep(0.1)
    return False
