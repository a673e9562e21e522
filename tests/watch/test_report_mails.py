"""Does each report leave once, when it is due, with the figures of its page, and is nobody left to believe that it did when it did not?"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from carrier.letters import Declined, InDoubt, Later, Left, Letter, Outcome, Taken
from carrier.smtp import Smtp
from ivr.alarms import Alarming
from ivr.moment import World
from routing.clock import FixedClock
from routing.days import Days
from routing.report_times import Every
from store import after_restore, alarms, report_letters, report_mails
from store.database import Database
from store.directory import Author
from store.report_letters import ReportLetter, Stands
from store.report_mails import ReportMail, Terms
from store.tables_report_mails import report_letter
from tests.carrier.mail_host import SENDER, MailHost, mail_host
from tests.store.recording import rows
from tests.telling import at
from watch.report_mails import ReportMails

BOARD, CHAIR = "board@example.org", "chair@example.org"
MONTHLY = Terms(Every.MONTH, "", "", "", 8, (BOARD,))
MADE, DUE = at("2026-10-15T12:00"), at("2026-11-02T08:00")
OCTOBER = Days(date(2026, 10, 1), date(2026, 10, 31))


@dataclass
class Post:
    """Keeps what was sent, and says what a test says."""

    outcome: Callable[[Letter], Outcome] = lambda _: Taken()
    sent: list[Letter] = field(default_factory=list)
    hands: list[bool] = field(default_factory=list)

    def send(self, letter: Letter, hands_over: Callable[[], bool]) -> Outcome:
        found = self.outcome(letter)
        if isinstance(found, Taken | InDoubt):
            self.hands.append(hands_over())
            if not self.hands[-1]:
                return Left()
            self.sent.append(letter)
        return found


def wanted(database: Database, terms: Terms = MONTHLY, made: datetime = MADE) -> ReportMail:
    with database.write_in_order() as connection:
        return report_mails.add(connection, terms, Author("Ada"), made)


def mails(post: Post | Smtp | None) -> ReportMails:
    return ReportMails(post, "https://calls.example.org", {})


def letters(database: Database) -> list[ReportLetter]:
    with database.read() as connection:
        found = report_letters.newest(connection, [one.id for one in report_mails.every(connection)])
    return [letter for by in found.values() for letter in by.values()]


def alarmed(database: Database) -> list[str]:
    with database.read() as connection:
        return [one.alarm.detail for one in alarms.standing(connection) if one.alarm.code is Alarming.REPORT_NOT_SENT]


def test_it_leaves_once_on_the_first_working_day_at_its_hour(database: Database, world: World) -> None:
    post = Post()
    wanted(database, replace(MONTHLY, recipients=(BOARD, CHAIR)))
    moments = [MADE, at("2026-11-01T12:00"), DUE - timedelta(seconds=1), DUE, DUE + timedelta(days=20)]
    assert [mails(post).round(database, world, moment) for moment in moments] == [0, 0, 0, 2, 0]
    assert [(one.to.text, one.subject) for one in post.sent] == [
        (to, "Calls, 1 October 2026 to 31 October 2026: all lines") for to in sorted((BOARD, CHAIR), key=_ids(database))
    ]
    assert mails(post).round(database, world, at("2026-12-01T08:00")) == 2
    assert {one.state for one in letters(database)} == {Stands.SENT}


def _ids(database: Database) -> Callable[[str], str]:
    """Letters that fell due together leave in the order of their ids."""
    known = {row["recipient"]: row["id"] for row in rows(database, report_letter) if row["first"] == OCTOBER.first}
    return lambda to: str(known[to])


def test_what_was_due_before_it_was_wanted_does_not_leave(database: Database, world: World) -> None:
    wanted(database, made=DUE + timedelta(minutes=1))
    assert mails(Post()).round(database, world, DUE + timedelta(days=2)) == 0


def test_of_several_that_were_missed_the_last_one_leaves(database: Database, world: World) -> None:
    post = Post()
    wanted(database, made=at("2026-01-10T12:00"))
    assert mails(post).round(database, world, at("2026-11-20T12:00")) == 1
    assert "October" in post.sent[0].subject


def test_a_week_leaves_on_monday_or_after_the_holiday(database: Database, world: World) -> None:
    post = Post()
    wanted(database, replace(MONTHLY, every=Every.WEEK), at("2026-12-23T12:00"))
    found = [mails(post).round(database, world, at(when)) for when in ("2026-12-28T09:00", "2026-12-29T08:00")]
    assert found == [0, 1]
    assert post.sent[0].subject.startswith("Calls, 21 December 2026 to 27 December 2026")


def test_two_workers_at_once_send_one_letter(database: Database, world: World, tmp_path: Path) -> None:
    wanted(database, replace(MONTHLY, recipients=(BOARD, CHAIR)))
    with mail_host(tmp_path) as host:
        together, tried = threading.Barrier(4), list[int]()

        def works() -> None:
            post = Smtp(host.server, SENDER, FixedClock(DUE), host.trust)
            together.wait()
            tried.append(mails(post).round(database, world, DUE))

        threads = [threading.Thread(target=works) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
    assert sorted(one.to for one in host.came) == [BOARD, CHAIR]
    assert sum(tried) == 2
    assert {one.state for one in letters(database)} == {Stands.SENT}


def test_a_worker_whose_lease_has_ended_hands_nothing_over(database: Database, world: World) -> None:
    """It made the report for longer than its lease: another one has sent the letter by then."""
    wanted(database)
    other = Post()

    def slow(_: Letter) -> Outcome:
        assert mails(other).round(database, world, DUE + timedelta(seconds=31)) == 1
        return Taken()

    first = Post(slow)
    mails(first).round(database, world, DUE)
    assert (len(other.sent), first.hands, first.sent) == (1, [False], [])
    assert [one.state for one in letters(database)] == [Stands.SENT]


def test_whoever_dies_before_it_is_handed_over_is_made_up_for(database: Database, world: World) -> None:
    wanted(database)
    with pytest.raises(KeyboardInterrupt):
        mails(Post(_dies)).round(database, world, DUE)
    post = Post()
    found = [mails(post).round(database, world, DUE + timedelta(seconds=after)) for after in (10, 31)]
    assert (found, len(post.sent)) == ([0, 1], 1)


def _dies(_: Letter) -> Outcome:
    raise KeyboardInterrupt


@dataclass
class Dying:
    """Dies after the server has taken the letter, and before anybody writes that down."""

    host: MailHost

    def send(self, letter: Letter, hands_over: Callable[[], bool]) -> Outcome:
        assert Smtp(self.host.server, SENDER, FixedClock(DUE), self.host.trust).send(letter, hands_over) == Taken()
        raise KeyboardInterrupt


def test_whoever_dies_after_the_server_has_taken_it_leaves_a_doubt_an_alarm_and_no_second_letter(
    database: Database, world: World, tmp_path: Path
) -> None:
    wanted(database)
    with mail_host(tmp_path) as host:
        with pytest.raises(KeyboardInterrupt):
            ReportMails(Dying(host), "", {}).round(database, world, DUE)
        post = Post()
        for minutes in (1, 2, 3, 60, 60 * 30):
            mails(post).round(database, world, DUE + timedelta(minutes=minutes))
    assert (len(host.came), post.sent) == (1, [])
    assert [one.state for one in letters(database)] == [Stands.IN_DOUBT]
    assert alarmed(database) == ["all lines, until 31 October 2026: 1 of 1."]


def test_no_word_from_the_server_is_a_doubt_at_once(database: Database, world: World) -> None:
    wanted(database)
    mails(Post(lambda _: InDoubt("no word came"))).round(database, world, DUE)
    assert [(one.state, one.result) for one in letters(database)] == [(Stands.IN_DOUBT, "no word came")]
    assert len(alarmed(database)) == 1


def test_a_temporary_failure_is_tried_again_ever_more_seldom_and_given_up_after_a_day(
    database: Database, world: World
) -> None:
    wanted(database)
    tries, now = list[timedelta](), DUE
    while mails(Post(lambda _: Later(450, "450 later"))).round(database, world, now):
        tries.append(now - DUE)
        assert mails(Post()).round(database, world, now + timedelta(seconds=59)) == 0
        now = letters(database)[0].due_at
    assert [one.total_seconds() / 60 for one in tries[:8]] == [0, 1, 3, 7, 15, 31, 63, 123]
    assert 23 <= tries[-1].total_seconds() / 3600 <= 24
    (one,) = letters(database)
    assert (one.state, one.result) == (Stands.FAILED, "given up after a day; the last time: 450 later")
    assert len(alarmed(database)) == 1


def test_after_a_temporary_failure_the_letter_leaves_once_the_server_takes_it(
    database: Database, world: World, tmp_path: Path
) -> None:
    wanted(database)
    with mail_host(tmp_path) as host:
        post = Smtp(host.server, SENDER, FixedClock(DUE), host.trust)
        host.says["RCPT"] = "450 4.2.0 greylisted"
        mails(post).round(database, world, DUE)
        assert letters(database)[0].result == "450 4.2.0 greylisted"
        del host.says["RCPT"]
        assert [mails(post).round(database, world, DUE + timedelta(seconds=after)) for after in (30, 61, 999)] == [
            0,
            1,
            0,
        ]
    assert len(host.came) == 1
    assert alarmed(database) == []


def test_a_server_that_hangs_costs_one_letter_its_seconds_and_the_others_nothing(
    database: Database, world: World, tmp_path: Path
) -> None:
    wanted(database, replace(MONTHLY, recipients=(BOARD, CHAIR)))
    with mail_host(tmp_path) as host:
        host.says["MAIL"] = ""
        post = Smtp(host.server, SENDER, FixedClock(DUE), host.trust, seconds=0.5)
        assert mails(post).round(database, world, DUE) == 1
        del host.says["MAIL"]
        assert mails(post).round(database, world, DUE + timedelta(minutes=2)) == 2
    assert len(host.came) == 2


def test_a_refused_recipient_is_an_alarm_and_the_others_have_theirs(database: Database, world: World) -> None:
    mail = wanted(database, replace(MONTHLY, authority="devon", recipients=(BOARD, CHAIR)))
    post = Post(lambda letter: Declined(550, f"550 {letter.to.text}: nobody") if letter.to.text == CHAIR else Taken())
    assert mails(post).round(database, world, DUE) == 2
    (detail,) = alarmed(database)
    assert detail.endswith(", until 31 October 2026: 1 of 2.")
    assert "@" not in detail
    with database.write() as connection:
        report_letters.ask(connection, mail.id, [CHAIR], OCTOBER, DUE + timedelta(hours=1))
    mails(Post()).round(database, world, DUE + timedelta(hours=1))
    assert alarmed(database) == []


def test_the_alarm_is_over_when_the_report_is_taken_away(database: Database, world: World) -> None:
    mail = wanted(database)
    mails(Post(lambda _: Declined(550, "550 nobody"))).round(database, world, DUE)
    assert len(alarmed(database)) == 1
    with database.write_in_order() as connection:
        report_mails.take_away(connection, mail, Author("Ada"), DUE)
    mails(Post()).round(database, world, DUE)
    assert alarmed(database) == []
    assert rows(database, report_letter) == []


def test_without_a_server_it_fails_after_a_day_instead_of_in_silence(database: Database, world: World) -> None:
    wanted(database)
    for hours in range(30):
        mails(None).round(database, world, DUE + timedelta(hours=hours))
    (one,) = letters(database)
    assert one.state is Stands.FAILED
    assert "DUTYLINE_SMTP_URL" in one.result
    assert len(alarmed(database)) == 1


def test_after_a_restore_nothing_leaves_that_may_have_left_before(database: Database, world: World) -> None:
    wanted(database)
    mails(Post(lambda _: Later(450, "450 later"))).round(database, world, DUE)
    wanted(database, replace(MONTHLY, authority="derby"))
    with database.write() as connection:
        after_restore.begin(connection, DUE - timedelta(hours=1), DUE + timedelta(hours=5))
    post = Post()
    assert mails(post).round(database, world, DUE + timedelta(hours=6)) == 0
    assert [one.state for one in letters(database)] == [Stands.IN_DOUBT]
    assert mails(post).round(database, world, at("2026-12-01T08:00")) == 2


def test_letters_of_more_than_a_year_ago_are_forgotten(database: Database, world: World) -> None:
    wanted(database)
    mails(Post()).round(database, world, DUE)
    with database.write() as connection:
        connection.execute(update(report_letter).values(ended_at=DUE - timedelta(days=400)))
    mails(Post()).round(database, world, at("2026-12-01T08:00"))
    assert [row["first"] for row in rows(database, report_letter)] == [date(2026, 11, 1)]
