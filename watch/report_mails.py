"""Which reports are due by e-mail, and who sends them? Rows that are due, each claimed by one worker and marked before it is handed over.

Until then every fault means that it was not sent, and it is tried again for a day; afterwards only the server's own word counts. Where that
never came, nobody sends it a second time, and an alarm says so.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex
from typing import assert_never

from admin.report_letters import about, letter
from admin.report_making import Means
from carrier.letters import Declined, InDoubt, Later, Left, Mails, Outcome, Taken
from ivr.alarms import Alarm, Alarming, alarm
from ivr.moment import World
from routing.days import Days
from routing.report_times import latest
from store import alarms, report_letters, report_mails
from store.database import AWAY, Database
from store.report_letters import ReportLetter, Stands
from store.report_mails import ReportMail

KIND = "report-mails"
EVERY = timedelta(seconds=20)
A_DAY, A_YEAR = timedelta(days=1), timedelta(days=366)
LONGEST_PAUSE = timedelta(hours=1)
MOST_AT_ONCE = 50
NO_SERVER = Later(0, "this Dutyline has no mail server (DUTYLINE_SMTP_URL)")
GIVEN_UP = "given up after a day; the last time: {words}"
AMISS = frozenset((Stands.FAILED, Stands.IN_DOUBT))


@dataclass(frozen=True, slots=True)
class ReportMails:
    """Who sends (none: nobody, and every letter fails in the end), under which address the pages stand, and by line the targets."""

    mails: Mails | None
    public_url: str
    targets: Mapping[str, int]

    def round(self, database: Database, world: World, now: datetime) -> int:
        """Enter what fell due, send what is due, and say what was not sent; how many letters were tried."""
        with database.read() as connection:
            every = report_mails.every(connection)
            due = [one for one in _due(every, world, now) if not report_letters.are_entered(connection, *one)]
            are_lost = report_letters.are_lost(connection, now)
        if due or are_lost:
            with database.write() as connection:
                for mail, recipients, days in due:
                    report_letters.enter(connection, mail, recipients, days, now)
                report_letters.give_lost_up(connection, now)
                report_letters.forget(connection, now - A_YEAR)
        tried = self._sent(database, world, now) if every else 0
        self._settled(database, every, world, now)
        return tried

    def _sent(self, database: Database, world: World, now: datetime) -> int:
        """One after the other, until one cannot be sent for now: the server may have the same answer for the others."""
        worker, tried = token_hex(8), 0
        while tried < MOST_AT_ONCE:
            one = _claimed(database, worker, now)
            if one is None:
                break
            outcome = self._try(database, one, world, worker, now)
            _kept(database, one, outcome, worker, now)
            tried += 1
            if isinstance(outcome, Later):
                break
        return tried

    def _try(self, database: Database, one: ReportLetter, world: World, worker: str, now: datetime) -> Outcome:
        with database.read() as connection:
            mail = report_mails.one(connection, one.mail)
        if mail is None:
            return Left()
        if self.mails is None:
            return NO_SERVER
        means = Means(database, self.targets, now)
        return self.mails.send(letter(one, mail.terms, world, means, self.public_url), _mark(database, one, worker))

    def _settled(self, database: Database, every: Sequence[ReportMail], world: World, now: datetime) -> None:
        with database.read() as connection:
            found = list(_amiss(report_letters.newest(connection, [mail.id for mail in every]), every, world))
            known = any(one.alarm.code is Alarming.REPORT_NOT_SENT for one in alarms.standing(connection))
        if found or known:
            with database.write() as connection:
                alarms.settled(connection, (Alarming.REPORT_NOT_SENT,), found, now)


def _due(
    every: Sequence[ReportMail], world: World, now: datetime
) -> Iterator[tuple[str, tuple[str, ...], Days]]:  # fmt: skip
    """Which report, to whom, about which days: what fell due last, unless that was before it was wanted."""
    for mail in every:
        due = latest(mail.terms.every, mail.terms.hour, world.calendar.holidays, now)
        if due.due_at > mail.since:
            yield mail.id, mail.terms.recipients, due.days


def _claimed(database: Database, worker: str, now: datetime) -> ReportLetter | None:
    with database.read() as connection:
        if not report_letters.is_due(connection, now):
            return None
    with database.write() as connection:
        return report_letters.next_one(connection, worker, now)


def _mark(database: Database, one: ReportLetter, worker: str) -> Callable[[], bool]:
    def hands_over() -> bool:
        """A mark of which nobody knows whether it was kept hands nothing over."""
        try:
            with database.write() as connection:
                return report_letters.hand_over(connection, one.id, worker)
        except AWAY:
            return False

    return hands_over


def _kept(database: Database, one: ReportLetter, outcome: Outcome, worker: str, now: datetime) -> None:
    with database.write() as connection:
        match outcome:
            case Taken():
                report_letters.over(connection, one.id, worker, Stands.SENT, "", now)
            case Declined(words=words):
                report_letters.over(connection, one.id, worker, Stands.FAILED, words, now)
            case InDoubt(words=words):
                report_letters.over(connection, one.id, worker, Stands.IN_DOUBT, words, now)
            case Later(words=words):
                again = now + min(timedelta(minutes=2 ** min(one.attempts - 1, 10)), LONGEST_PAUSE)
                if again > one.asked_at + A_DAY:
                    result = GIVEN_UP.format(words=words)
                    report_letters.over(connection, one.id, worker, Stands.FAILED, result, now)
                else:
                    report_letters.put_off(connection, one.id, worker, again, words)
            case Left():
                pass
            case _:
                assert_never(outcome)


def _amiss(
    letters: Mapping[str, Mapping[str, ReportLetter]], every: Sequence[ReportMail], world: World
) -> Iterator[Alarm]:  # fmt: skip
    """One alarm for all of them; its detail names the reports, and nobody who should have them."""
    told = []
    for mail in every:
        newest = [letters[mail.id].get(to) for to in mail.terms.recipients]
        wrong = [one for one in newest if one and one.state in AMISS]
        if wrong:
            days = max(one.days.last for one in wrong)
            told.append(
                f"{about(mail.terms.line, mail.terms.authority, world)}, until {days:%-d %B %Y}: {len(wrong)} of {len(newest)}."
            )
    if told:
        yield alarm(Alarming.REPORT_NOT_SENT, detail=" ".join(told))
