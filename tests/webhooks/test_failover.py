"""Does the folder that a bare web server hands out reach the right phone while nothing of ours answers?"""

import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from typing import Any

import pytest

from directory.model import Accept, DutyNumber, LineNumbers, Shift
from directory.numbers import Number
from directory.snapshot import written
from ivr.moment import World
from ivr.override import Override
from ivr.plan import Plans
from ivr.route import default_route
from routing.clock import SystemClock
from store.failover import index_of, write_folder
from telephone import Account, Call, Ended, HttpTransport, Ringing, ScreeningFailure, Telephone
from tests.house.pages import blocks, page
from tests.telling import at
from webhooks.failover import failover_files
from webhooks.failover_check import folder_verdict

NOW = at("Wed 10:00")
CLOCK_CHANGES = [
    "2026-11-25T10:00", "2027-03-28T00:30", "2027-03-28T02:00", "2027-03-28T02:30", "2027-03-29T08:59", "2027-03-29T09:00",
    "2027-10-31T00:59+01:00", "2027-10-31T01:30+01:00", "2027-10-31T01:30+00:00", "2027-11-01T08:59", "2027-11-01T09:00",
]  # fmt: skip
HOLIDAYS = ["2026-12-25T12:00", "2026-12-28T12:00", "2027-03-26T10:00", "2027-08-30T16:30"]
RINGING_LINES = ("devon", "derby", "derby-consultation", "sheffield-cpet")


class OnlyGet(SimpleHTTPRequestHandler):
    """Python's own file server, without its log; whatever is not GET or HEAD it answers with 501."""

    def log_message(self, *_: Any) -> None:
        """Nothing."""


@dataclass(frozen=True, slots=True)
class Host:
    """A folder behind a bare static server."""

    url: str
    world: World
    folder: Path

    def ring(self, line: str, file: str = "", **settings: Any) -> Call:
        """Dial a line whose own address does not answer."""
        number = self.world.directory.lines[line].numbers[0].e164
        caller = settings.pop("caller", "+442079460999")
        fallback = f"{self.url}/{file or f'{line}.xml'}"
        phone = Telephone(
            HttpTransport(), Account("AC" + "0" * 32, "unused"), "http://127.0.0.1:9/webhooks/voice",
            fallback_url=fallback, fallback_method="GET", owned=[number], **settings,
        )  # fmt: skip
        return phone.dial(number, caller)


@contextmanager
def served(world: World, folder: Path, now: datetime = NOW) -> Iterator[Host]:
    write_folder(folder, failover_files(world, now))
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(OnlyGet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield Host(f"http://127.0.0.1:{server.server_port}", world, folder)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="module")
def host(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    with served(world, tmp_path_factory.mktemp("failover") / "folder") as found:
        yield found


def rings(call: Call) -> list[str]:
    """Every phone that rings if nobody answers, in order."""
    found: list[str] = []
    while isinstance(call.state, Ringing):
        found += call.state.numbers
        call.no_answer()
    return found


def expected(world: World, line: str, moment: datetime) -> list[str]:
    plan = world.plans.of_line(line)
    assert plan
    return [rung.number.number.e164 for rung in default_route(world, plan, moment).ladder.rungs]


def instants() -> list[datetime]:
    dice = Random(26)
    drawn = [NOW + timedelta(minutes=dice.randrange(400 * 24 * 60)) for _ in range(45)]
    return [*map(at, (*CLOCK_CHANGES, *HOLIDAYS)), *drawn]


def named_file(host: Host, line: str, moment: datetime) -> str:
    """The file that the timetable names, read as a shell script on another host reads it."""
    stamp = f"{moment.astimezone(at('2026-11-25T10:00+00:00').tzinfo):%Y-%m-%dT%H:%MZ}"
    rows = (host.folder / line / "timetable.txt").read_text().splitlines()
    (found,) = [row.split()[2] for row in rows if not row.startswith("#") and row.split()[0] <= stamp < row.split()[1]]
    return f"{line}/{found}"


def test_sixty_instants_ring_what_the_route_says_by_the_timetable_the_clock_changes_included(host: Host) -> None:
    moments = instants()
    assert len(moments) == 60
    for place, moment in enumerate(moments):
        line = RINGING_LINES[place % len(RINGING_LINES)]
        assert rings(host.ring(line, named_file(host, line, moment))) == expected(host.world, line, moment), (
            line,
            moment,
        )


def test_without_a_clock_the_days_number_rings_and_then_the_nights(host: Host) -> None:
    assert rings(host.ring("devon")) == ["+443451551071", "+443456000388"]
    assert rings(host.ring("derby")) == ["+441332641172", "+441332956606"]
    assert rings(host.ring("derby-consultation")) == ["+447812300329", "+441332956606"]


def test_a_caller_hears_about_999_first_and_the_safe_message_whole_and_may_try_again(host: Host) -> None:
    call = host.ring("devon").hears("If a child is in danger now, hang up and dial 9 9 9.").hears("We are trying MASH.")
    call.rings("0345 155 1071").no_answer().rings("0345 600 0388").busy()
    call.hears("Nobody could take your call just now.").hears(
        "We cannot take a request for a call back at this moment."
    )
    call.hears("You can also ring Out of Hours Emergency Duty Team on 0 3 4 5, 6 0 0, 0 3 8 8.")
    call.presses("5").rings("0345 155 1071").no_answer().rings("0345 600 0388").no_answer().waits()
    assert isinstance(call.state, Ended)
    assert {warning.code for warning in call.warnings} == {11205}


def test_whoever_was_helped_and_stays_is_told_to_hang_up_before_another_phone_rings(host: Host) -> None:
    call = host.ring("devon").rings("0345 155 1071").answers().talks(60).callee_hangs_up()
    call.hears("If you have spoken to somebody, you can hang up now.").rings("0345 600 0388")


def test_a_mailbox_is_kept_out_and_a_person_is_let_in(host: Host) -> None:
    call = host.ring("derby-consultation").rings("07812 300329").voicemail()
    call.rings("01332 956606").no_answer()
    taken = host.ring("derby-consultation").rings("07812 300329").picks_up().whispers("press 1").callee_presses("1")
    taken.talks(30).callee_hangs_up().hears("you can hang up now")


def test_a_caller_who_withholds_the_number_is_connected_too(host: Host) -> None:
    assert rings(host.ring("devon", caller="anonymous")) == ["+443451551071", "+443456000388"]


def test_a_whisper_that_cannot_be_had_loses_no_caller(world: World, tmp_path: Path) -> None:
    with served(world, tmp_path / "folder") as broken:
        (broken.folder / "accept.xml").unlink()
        call = broken.ring("derby-consultation", screening_failure=ScreeningFailure.DROPS)
        call.rings("07812 300329").answers().rings("01332 956606").answers().talks(5)


def test_every_file_that_a_line_may_need_says_999_and_ends_in_words(host: Host, world: World) -> None:
    for line in world.plans.current:
        call = host.ring(line).hears("9 9 9")
        while isinstance(call.state, Ringing):
            call.no_answer()
        call.waits().hears("Goodbye.")
        assert isinstance(call.state, Ended)


def changed(world: World, *entries: Any) -> World:
    """Devon's line alone, in another directory."""
    alone = Plans(world.plans.by_digest, {"devon": world.plans.current["devon"]})
    return replace(world, plans=alone, directory=world.directory.changed(1, [written(entry) for entry in entries]))


def devon(world: World, *phones: DutyNumber, rota: tuple[Shift, ...] = ()) -> World:
    """Devon's hub with other numbers."""
    return changed(world, replace(world.directory.teams["devon-mash"], duty_numbers=phones, rota=rota))


def folder_of(world: World, now: datetime = NOW) -> dict[str, bytes]:
    return dict(failover_files(world, now))


STANDING, LATER = Number("+442079460301"), Number("+442079460302")


def test_a_number_that_ends_stands_in_no_file_without_a_clock_while_there_is_another(world: World) -> None:
    ending = DutyNumber(LATER, Accept.CONNECT, until=NOW + timedelta(days=3))
    files = folder_of(devon(world, ending, DutyNumber(STANDING)))
    assert LATER.e164 not in files["devon.xml"].decode()
    assert STANDING.e164 in files["devon.xml"].decode()
    assert any(LATER.e164 in content.decode() for name, content in files.items() if name.startswith("devon/day-"))


def test_the_phone_of_whoever_holds_duty_rings_where_there_is_no_other_and_says_when_it_ends(world: World) -> None:
    person = next(
        iter(slug for slug, one in world.directory.people.items() if one.numbers and one.team.startswith("devon"))
    )
    turn = Shift(NOW - timedelta(hours=1), NOW + timedelta(hours=5), person)
    held = devon(world, rota=(turn,))
    files = folder_of(held)
    own = held.directory.people[person].numbers[0]
    assert own.e164 in files["devon.xml"].decode()
    assert own.national not in files["index.html"].decode()
    assert "Holds somebody's own number" in files["index.html"].decode()
    verdict = folder_verdict(files, held, NOW + timedelta(hours=5))
    assert verdict.good_until == turn.until
    assert len(verdict.problems) == 1
    standing = folder_of(devon(world, DutyNumber(STANDING), rota=(turn,)))
    assert own.e164 not in standing["devon.xml"].decode()


def test_a_number_that_the_policy_refuses_stands_in_no_file(world: World) -> None:
    abroad = DutyNumber(Number("+33142685300"))
    own = DutyNumber(world.directory.lines["devon"].numbers[0])
    files = folder_of(devon(world, abroad, own, DutyNumber(STANDING)))
    rung = "".join(content.decode() for name, content in files.items() if name.endswith(".xml"))
    assert abroad.number.e164 not in rung
    assert f">{own.number.e164}</Number>" not in rung


def test_a_number_that_stands_in_rings_first_and_the_file_ends_with_it(world: World) -> None:
    stand_in = Override("devon", STANDING, NOW - timedelta(hours=1), NOW + timedelta(hours=4))
    covered = replace(changed(world), overrides={"devon": stand_in})
    files = folder_of(covered)
    first = files["devon.xml"].decode().partition("</Number>")[0]
    assert first.endswith(STANDING.e164)
    assert folder_verdict(files, covered, NOW).good_until == stand_in.until


def test_a_line_that_answers_no_number_yet_shows_the_callers(world: World) -> None:
    files = folder_of(changed(world, LineNumbers("devon")))
    assert b"callerId" not in files["devon.xml"]
    assert b'callerId="+442079460101"' in folder_of(changed(world))["devon.xml"]


def test_a_folder_is_right_until_something_in_it_would_be_otherwise(world: World) -> None:
    alone = changed(world)
    files = folder_of(alone)
    assert folder_verdict(files, alone, NOW + timedelta(days=30)).problems == ()
    assert folder_verdict(files, changed(alone, LineNumbers("derby")), NOW).problems == ()
    other = devon(world, DutyNumber(STANDING))
    assert "devon.xml" in folder_verdict(files, other, NOW).problems[0]
    assert "devon.xml" in folder_verdict(files | {"devon.xml": b"<Response/>"}, alone, NOW).problems[0]
    assert folder_verdict({}, alone, NOW).problems
    assert folder_verdict(files, alone, NOW + timedelta(days=401)).problems


def test_a_new_folder_lets_go_of_old_files_and_leaves_others_alone(world: World, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    write_folder(folder, failover_files(changed(world), NOW))
    old = {path.name for path in (folder / "devon").iterdir()}
    (folder / "robots.txt").write_text("User-agent: *")
    write_folder(folder, failover_files(devon(world, DutyNumber(STANDING)), NOW))
    new = {path.name for path in (folder / "devon").iterdir()}
    assert {name for name in old - new if name.startswith("day-")}
    assert (folder / "robots.txt").exists()
    held = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert held == {*index_of(folder)["files"], "index.html", "index.json", "robots.txt"}


def test_a_folder_of_somebody_elses_is_refused(world: World, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("A council's own page")
    with pytest.raises(ValueError, match="name a folder of its own"):
        write_folder(tmp_path, failover_files(world, NOW))
    assert (tmp_path / "index.html").read_text() == "A council's own page"


def now_served(folder: Path) -> bytes:
    """What the job of the documentation puts there for Devon."""
    (job,) = blocks(page("failover.md"), "sh")
    here = {"FALLBACK": str(folder), "PATH": os.environ["PATH"]}
    subprocess.run(["/bin/sh", "-c", job], env=here, check=True)  # noqa: S603  # our own page's
    return (folder / "devon" / "now.xml").read_bytes()


def test_the_job_of_the_documentation_serves_the_file_that_is_right_now(world: World, tmp_path: Path) -> None:
    now, folder = SystemClock().now(), tmp_path / "folder"
    write_folder(folder, failover_files(changed(world), now))
    assert now_served(folder) == (folder / named_file(Host("", world, folder), "devon", now)).read_bytes()
    (folder / "devon" / "timetable.txt").write_text("# a timetable that has ended\n")
    assert now_served(folder) == (folder / "devon.xml").read_bytes()
