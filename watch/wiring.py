"""Which parts does the watch of a deployment consist of? What is not set up is not looked at."""

import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import Protocol

from admin.mail_settings import Mailing
from admin.ports import RecordRules
from admin.watch_settings import Watching
from carrier.account import Account
from carrier.texting import Texting
from desk.chores import Chore, Chores
from ivr.alarms import Alarming
from routing.clock import Clock
from store.alarm_book import AlarmBook
from store.database import Database
from store.journal import Journal
from store.publication import Publication
from store.signs import Signs
from store.told import Told
from watch import accounts, arrivals, counting, putting_away, report_mails, silences, test_calls
from watch.accounts import AccountWatch
from watch.arrivals import Arrivals
from watch.posting import Posting
from watch.report_mails import ReportMails
from watch.rounds import ACCOUNT_EVERY, JUDGED_EVERY, SILENCE_EVERY, Watch, codes, every
from watch.silences import Silences
from watch.telling import Telling
from watch.test_calls import TestCalls

LONGEST_NAME = 60
LOOKED_AT_BY = {
    Alarming.TEST_CALL_FAILED: test_calls.KIND,
    Alarming.ARRIVAL_MISSING: arrivals.KIND,
    **dict.fromkeys(accounts.CODES, accounts.KIND),
}
"""Alarms that only this work begins and ends; where it is not set up, none of them stands."""


class Deployment(Protocol):
    """What the watch reads of a deployment's settings."""

    @property
    def watching(self) -> Watching:
        """What is looked for, and who is told."""
        ...

    @property
    def mailing(self) -> Mailing | None:
        """By which server e-mail is sent."""
        ...

    @property
    def records(self) -> RecordRules:
        """What is settled of reports."""
        ...

    @property
    def state(self) -> Path:
        """The state folder."""
        ...

    @property
    def public_url(self) -> str:
        """By which Twilio reaches us."""
        ...

    @property
    def account(self) -> str:
        """The account's SID."""
        ...

    @property
    def tokens(self) -> tuple[str, ...]:
        """The account's tokens."""
        ...

    @property
    def twilio_api_url(self) -> str:
        """Where the account is asked; empty where no call can be placed."""
        ...


@dataclass(frozen=True, slots=True)
class Site:
    """What the watch is handed: settings, how Twilio would sign, and who sends text messages."""

    of: Deployment
    sign: Callable[[str, Sequence[tuple[str, str]]], str]
    texting: Texting | None


def watch_of(site: Site, database: Database, publication: Publication, journal: Journal, clock: Clock) -> Watch:
    """The watch of one worker."""
    machine = socket.gethostname()[:LONGEST_NAME]
    signs = Signs(machine, journal, site.of.state / "journal", publication)
    work = (*_chores(site), *_putting_away(site, database))
    chores = Chores(database, f"watch-{token_hex(8)}", work)
    posts = (every(report_mails.KIND, report_mails.EVERY, _report_mails(site, clock).round),)
    mails = Chores(database, f"post-{token_hex(8)}", posts)
    book, looks = AlarmBook(database, signs, codes((*work, *posts))), frozenset(codes(work))
    unwatched = frozenset(code for code, by in LOOKED_AT_BY.items() if by not in looks)
    return Watch(database, publication.current, clock, book, chores, mails, _telling(site), unwatched)


def _chores(site: Site) -> tuple[Chore, ...]:
    always = (
        every(silences.KIND, SILENCE_EVERY, Silences().round),
        every(counting.KIND, counting.EVERY, counting.round_of),
    )
    return (*always, *_test_calls(site), *_of_the_account(site))


def _putting_away(site: Site, database: Database) -> tuple[Chore, ...]:
    if database.is_sqlite:
        return ()
    return (every(putting_away.KIND, putting_away.EVERY, putting_away.round_with(site.of.records.kept.get("calls"))),)


def _test_calls(site: Site) -> tuple[Chore, ...]:
    period = site.of.watching.test_call_every
    if period is None:
        return ()
    calls = TestCalls(site.of.public_url, site.of.account, site.sign, Posting())
    return (every(test_calls.KIND, period, calls.round),)


def _of_the_account(site: Site) -> tuple[Chore, ...]:
    """Only who has an account pays for the import of what asks it."""
    if not site.of.twilio_api_url:
        return ()
    from carrier.inspecting import Inspector  # noqa: PLC0415  # as said
    from carrier.listening import TwilioListening  # noqa: PLC0415  # as said

    account, settings = Account(site.of.account, site.of.tokens, site.of.twilio_api_url), site.of.watching
    looks = (
        every(
            accounts.KIND, ACCOUNT_EVERY, AccountWatch(Inspector(account), account.tokens, settings.least_balance).round
        ),
    )
    if settings.arrival_every is None:
        return looks
    real = Arrivals(TwilioListening(account))
    return (
        *looks, every(arrivals.KIND, settings.arrival_every, real.place),
        every("arrival-judged", JUDGED_EVERY, real.judge),
    )  # fmt: skip


def _report_mails(site: Site, clock: Clock) -> ReportMails:
    """Only who sends e-mail pays for the import of what does."""
    url, targets = site.of.public_url, site.of.records.answer_targets
    if site.of.mailing is None:
        return ReportMails(None, url, targets)
    from carrier.smtp import Smtp  # noqa: PLC0415  # as said

    return ReportMails(Smtp(site.of.mailing.server, site.of.mailing.sender, clock), url, targets)


def _telling(site: Site) -> Telling | None:
    settings = site.of.watching
    if site.texting is None or not settings.text_to:
        return None
    host, told = site.of.public_url.partition("//")[2], Told(site.of.state / "alarms-told")
    return Telling(site.texting.texts, settings.text_to, settings.text_every, host, told)
