"""Who is plugged into whom? The composition root: nothing imports it but servers, the command line and tests."""

import base64
import hmac
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from admin import settings
from admin.due import Due
from admin.log_settings import PLAIN, Logs, logs
from admin.mail_settings import Mailing, mailing
from admin.passwords import OWASP, Effort, Passwords
from admin.ports import AS_PRINTED, GENEROUS, HOUSE_COLOUR, Desk, Limits, RecordRules
from admin.press import Press
from admin.provider import Provider
from admin.readiness import make_ready
from admin.readings import readings
from admin.settings import ConfigError
from admin.site import site
from admin.watch_settings import UNWATCHED, Watching, watching
from carrier.account import TWILIO, Account
from carrier.placed import placed_calls
from carrier.plugged import carrier_of, texting_of
from carrier.port import Carrier
from carrier.texting import Texting
from desk import every as desk_pages
from desk.chores import purge
from desk.errands import Means
from desk.loop import DeskLoop
from desk.number_following import number_testing
from desk.number_notices import notices
from desk.retention import SETTABLE
from desk.sweeper import sweep
from desk.switchboard import Switchboard
from ivr.legs import LegPlace
from ivr.replies import Place
from rehearsal import every as phone_pages
from rehearsal.on_demand import kept_call, told_example
from routing.clock import Clock, SystemClock
from routing.periods import Period
from store.anchors import NAME as ENDS
from store.anchors import Anchors
from store.attendance import Attendance
from store.bundle import bank_holidays, proclaimed
from store.database import AWAY, Database
from store.failover import FailoverFolder, Making
from store.journal import Journal
from store.kept_journals import A_WEEK, bring_back, let_go_before
from store.loading import load_from
from store.log_alarm import LogAlarm
from store.migrate import migrate
from store.number_outcomes import WEEKLY
from store.outgoing import ORDINARY, Caps
from store.publication import Fixed, Publication, is_behind_a_restore
from store.tally import Tally
from store.upkeep import Upkeep
from watch.traces import Tracing, traces_of
from watch.wiring import Site, watch_of
from webhooks.failover import failover_files, stamp_of
from webhooks.guard import LEAST_TOKEN, Guard
from webhooks.links import OVERRIDES, leg_path_of, path_of
from webhooks.refusals import Refusals
from webhooks.voice import Door, Ports

__all__ = ["Application", "Config", "ConfigError", "LogAlarm", "build", "config_from", "create_app", "prepare"]

HOME = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Config:
    """A deployment's settings (docs/settings.md). ``local`` is true where no Twilio account is configured."""

    database_url: str
    state: Path
    plans: Path
    public_url: str
    account: str
    tokens: tuple[str, ...]
    secret: str
    local: bool
    workers: int | None = None
    limits: Limits = GENEROUS
    provider: Provider | None = None
    proxies: int = 0
    colour: str = HOUSE_COLOUR
    twilio_api_url: str = ""
    effort: Effort = OWASP
    records: RecordRules = AS_PRINTED
    text_from: str = ""
    forms: Mapping[str, str] = field(default_factory=dict)
    watching: Watching = UNWATCHED
    caps: Caps = ORDINARY
    journals: Period = A_WEEK
    number_tests: Period = WEEKLY
    logs: Logs = PLAIN
    mailing: Mailing | None = None

    @property
    def carrier_account(self) -> Account:
        """The account, and where its API is asked."""
        return Account(self.account, self.tokens, self.twilio_api_url)

    @property
    def folders(self) -> tuple[Path, ...]:
        """Where the first load reads from: samples only without a Twilio account (ruling 30)."""
        return (self.plans, HOME / "samples") if self.local else (self.plans,)

    def keyed(self, text: str) -> str:
        """A text's keyed hash, URL-safe."""
        return base64.urlsafe_b64encode(hmac.digest(self.secret.encode(), text.encode(), "sha256")).decode()


@dataclass(frozen=True, slots=True)
class Application:
    """A running application and its parts."""

    flask: Flask
    database: Database
    publication: Publication
    journal: Journal
    upkeep: Upkeep
    desk: DeskLoop
    attendance: Attendance
    traces: Tracing

    def close(self) -> None:
        """End its threads and connections; what the journal holds stays on the disk."""
        self.desk.end()
        self.upkeep.end()
        self.traces.close()
        self.journal.close()
        self.database.close()


def config_from(environ: Mapping[str, str]) -> Config:
    """Settings from the environment; ``NAME_FILE`` names a file that holds ``NAME``."""
    state = settings.state_folder(settings.setting(environ, "DUTYLINE_STATE_DIR", "var"))
    local = settings.is_local(environ)
    account = settings.kept(state / "account", lambda: f"AC{secrets.token_hex(16)}") if local else ""
    token = settings.kept(state / "token", lambda: secrets.token_hex(16)) if local else ""
    url = settings.database_url(
        settings.setting(environ, "DUTYLINE_DATABASE_URL", f"sqlite:///{state / 'dutyline.db'}")
    )
    port = settings.setting(environ, "PORT", "8000")
    return Config(
        database_url=url,
        state=state,
        plans=settings.plans_folder(settings.setting(environ, "DUTYLINE_PLANS_DIR", str(HOME / "plans"))),
        public_url=settings.public_url(settings.setting(environ, "DUTYLINE_PUBLIC_URL", f"http://127.0.0.1:{port}")),
        account=settings.setting(environ, "TWILIO_ACCOUNT_SID", account),
        tokens=settings.tokens(settings.setting(environ, "TWILIO_AUTH_TOKEN", token), LEAST_TOKEN),
        secret=settings.secret(environ, state, url),
        local=local,
        workers=settings.workers(settings.setting(environ, "DUTYLINE_WORKERS")),
        limits=settings.limits(environ),
        provider=settings.provider(environ),
        proxies=settings.proxies(settings.setting(environ, "DUTYLINE_PROXIES", "0")),
        colour=settings.colour(settings.setting(environ, "DUTYLINE_COLOUR")),
        twilio_api_url=settings.twilio_api_url(
            settings.setting(environ, "DUTYLINE_TWILIO_API_URL", "" if local else TWILIO)
        ),
        records=_records(environ),
        text_from=settings.text_from(settings.setting(environ, "DUTYLINE_TEXT_FROM")),
        forms=settings.forms(settings.setting(environ, "DUTYLINE_FORM_ADDRESSES")),
        watching=watching(environ),
        caps=settings.calls_out(settings.setting(environ, "DUTYLINE_CALLS_OUT")),
        journals=settings.journals(settings.setting(environ, "DUTYLINE_JOURNALS_KEPT")),
        number_tests=settings.number_tests(settings.setting(environ, "DUTYLINE_NUMBER_TESTS", "7d")),
        logs=logs(environ),
        mailing=mailing(environ),
    )


def _records(environ: Mapping[str, str]) -> RecordRules:
    unit = settings.enquiry_unit(settings.setting(environ, "DUTYLINE_ENQUIRY_UNIT", AS_PRINTED.enquiry_unit))
    targets = settings.answer_targets(settings.setting(environ, "DUTYLINE_ANSWER_TARGETS"))
    return RecordRules(unit, settings.retention(settings.setting(environ, "DUTYLINE_RETENTION"), SETTABLE), targets)


def prepare(config: Config, clock: Clock) -> tuple[str, ...]:
    """Migrate the database and load what is missing; says what it did. Raises when the database is away."""
    database = Database(config.database_url)
    try:
        database.look_alive()
        migrate(database, config.state)
        with database.write_in_order() as connection:
            if is_behind_a_restore(config.state / "published", connection):
                bring_back(config.state / "journal")
            return load_from(connection, config.folders, clock.now(), config.state / "published")
    finally:
        database.close()


def build(config: Config, clock: Clock, carrier: Carrier | None = None, texting: Texting | None = None) -> Application:
    """An application with its threads running, whether or not a database answers. Whoever hands it a carrier does the desk's work."""
    database, alarm = Database(config.database_url), LogAlarm()
    texting = texting or texting_of(config.carrier_account, config.text_from, config.forms)
    traces = traces_of(config.logs.traces_to, clock, alarm.told)
    fixed = Fixed(bank_holidays(config.folders), config.keyed, proclaimed(config.folders))
    publication = _published(config, database, fixed, alarm)
    journals, attendance, tally = config.state / "journal", Attendance(database), Tally(config.state / "measured")
    journal = Journal(journals, alarm.raised)
    guard, refusals = Guard(config.tokens, config.public_url), Refusals(alarm, config.account)
    watch = watch_of(Site(config, guard.signature, texting), database, publication, journal, clock)
    upkeep = Upkeep(
        journal, journals, publication, database, partial(make_ready, clock=clock), lambda: attendance.look(clock.now()),
        Due(Press(database, publication, clock, told_example), alarm.raised).round, _failover(config, clock, alarm),
        partial(_tidied, config, clock, Anchors(config.state / ENDS, database, alarm.told)), alarm.raised, watch, tally.keep, traces.moved,
    )  # fmt: skip
    watch.book.follows(upkeep, refusals)
    handed = database, publication, clock, upkeep, config.keyed, journal, watch.book
    flask = site(
        Desk(
            *handed, readings(config.state, database, publication, clock, tally), config.public_url, config.provider,
            config.limits, config.colour, config.records, texting, Passwords(config.effort), told_example,
            partial(kept_call, database, publication, fixed, (config.plans, HOME / "samples")), config.caps,
            config.mailing.sender if config.mailing else None,
        )
    )  # fmt: skip
    board = Switchboard(database, publication.current)
    ports = Ports(publication, journal, alarm, clock, attendance, board, refusals=refusals, keyed=config.keyed, tally=tally)  # fmt: skip
    inner = ProxyFix(flask.wsgi_app, x_for=config.proxies, x_proto=0)  # whose address it is, and nothing else
    door = Door(inner, guard, traces.around(ports), urlsplit(config.public_url).path)
    flask.wsgi_app = door  # type: ignore[method-assign]  # Flask's own way to put middleware in front
    desk_pages.register(flask)
    phone_pages.register(flask)
    means = Means(carrier or carrier_of(config.carrier_account), partial(_address, config), config.caps, traces.asked)
    desk = _desk_loop(config, database, publication, clock, means, texting)
    upkeep.begin()
    if carrier is None:
        desk.begin()
    return Application(flask, database, publication, journal, upkeep, desk, attendance, traces)


def _desk_loop(
    config: Config, database: Database, publication: Publication, clock: Clock, means: Means, texting: Texting | None
) -> DeskLoop:  # fmt: skip
    """What the desk does beside its pages, with this deployment's means."""
    every = (purge(config.records.kept), sweep(means.carrier), number_testing(config.number_tests), notices(texting))
    return DeskLoop(database, publication.current, clock, means, every, placed_calls(config.carrier_account))


def _tidied(config: Config, clock: Clock, anchors: Anchors) -> None:
    """Let go of journals that were kept long enough, and note where the audit trail ends."""
    let_go_before(config.state / "journal", config.journals, config.records.kept, clock.now())
    anchors.look(clock.now())


def _published(config: Config, database: Database, fixed: Fixed, alarm: LogAlarm) -> Publication:
    """What is in force, from the database or, where that is away, from the state folder."""
    publication = Publication(config.state / "published", database, fixed)
    try:
        database.look_alive()
        publication.publish()
    except AWAY:
        alarm.raised("the database is away at the start: calls are answered from the state folder")
    return publication


def _failover(config: Config, clock: Clock, alarm: LogAlarm) -> FailoverFolder:
    """The folder in the state folder by which another host answers calls."""
    return FailoverFolder(config.state / "failover", Making(failover_files, stamp_of), clock, alarm.raised)


def _address(config: Config, place: Place) -> str:
    """The whole URL of a place, for the carrier."""
    path = leg_path_of(place) if isinstance(place, LegPlace) else path_of(place)
    return f"{config.public_url}{path}{OVERRIDES}"


def create_app() -> Flask:
    """For WSGI servers: the application of the environment's settings."""
    return build(config_from(os.environ), SystemClock()).flask
