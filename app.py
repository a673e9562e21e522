"""Who is plugged into whom? The composition root: nothing imports it but servers, the command line and tests."""

import base64
import hmac
import logging
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask

from admin.site import Desk, site
from routing.clock import Clock, SystemClock
from store.bundle import bank_holidays, bundle
from store.database import AWAY, Database
from store.journal import Journal
from store.loading import load
from store.migrate import migrate
from store.publication import Fixed, Publication
from store.upkeep import Upkeep
from webhooks.guard import LEAST_TOKEN, Guard
from webhooks.voice import Door, Ports

HOME = Path(__file__).parent
LOCAL_PORT = "8000"


class ConfigError(ValueError):
    """A setting that cannot be used; the message names it and the remedy."""


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

    def close(self) -> None:
        """End its threads and connections; what the journal holds stays on the disk."""
        self.upkeep.end()
        self.journal.close()
        self.database.close()


class LogAlarm:
    """Tells of faults on standard error."""

    def raised(self, what: str) -> None:
        """One line."""
        logging.getLogger("dutyline").error(what)


def config_from(environ: Mapping[str, str]) -> Config:
    """Settings from the environment; ``NAME_FILE`` names a file that holds ``NAME``."""
    state = Path(_setting(environ, "DUTYLINE_STATE_DIR", "var")).absolute()
    local = not _setting(environ, "TWILIO_ACCOUNT_SID")
    account = _kept(state / "account", lambda: f"AC{secrets.token_hex(16)}") if local else ""
    token = _kept(state / "token", lambda: secrets.token_hex(16)) if local else ""
    url = _setting(environ, "DUTYLINE_DATABASE_URL", f"sqlite:///{state / 'dutyline.db'}")
    port = _setting(environ, "PORT", LOCAL_PORT)
    return Config(
        database_url=url,
        state=state,
        plans=Path(_setting(environ, "DUTYLINE_PLANS_DIR", str(HOME / "plans"))),
        public_url=_public_url(_setting(environ, "DUTYLINE_PUBLIC_URL", f"http://127.0.0.1:{port}")),
        account=_setting(environ, "TWILIO_ACCOUNT_SID", account),
        tokens=_tokens(_setting(environ, "TWILIO_AUTH_TOKEN", token)),
        secret=_secret(environ, state, url),
        local=local,
        workers=_workers(_setting(environ, "DUTYLINE_WORKERS")),
    )


def _setting(environ: Mapping[str, str], name: str, otherwise: str = "") -> str:
    path = environ.get(f"{name}_FILE")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as fault:
            raise ConfigError(
                f"{name}_FILE: {path} cannot be read ({fault.strerror}); give a readable file."
            ) from fault
    return environ.get(name, "").strip() or otherwise


def _tokens(text: str) -> tuple[str, ...]:
    tokens = tuple(token.strip() for token in text.split(",") if token.strip())
    if not tokens or min(map(len, tokens)) < LEAST_TOKEN:
        raise ConfigError(
            f"TWILIO_AUTH_TOKEN: every token needs at least {LEAST_TOKEN} characters; copy it from the account."
        )
    return tokens


def _workers(text: str) -> int | None:
    if text and not (text.isdecimal() and int(text)):
        raise ConfigError(f"DUTYLINE_WORKERS: “{text}” is not a number of processes; give 1 or more, or leave it out.")
    return int(text) if text else None


def _public_url(text: str) -> str:
    url = urlsplit(text)
    if url.scheme not in ("http", "https") or not url.hostname or url.query or url.fragment:
        raise ConfigError(f"DUTYLINE_PUBLIC_URL: “{text}” is not an address; write it as https://calls.example.org.")
    return text.rstrip("/")


def _secret(environ: Mapping[str, str], state: Path, database_url: str) -> str:
    given = _setting(environ, "DUTYLINE_SECRET_KEY")
    if not given and not database_url.startswith("sqlite"):
        raise ConfigError(
            "DUTYLINE_SECRET_KEY: it is needed with PostgreSQL, the same on every machine; set 32 characters."
        )
    return given or _kept(state / "secret", lambda: secrets.token_urlsafe(32))


def _kept(path: Path, make: Callable[[], str]) -> str:
    """A value made once and kept in the state folder, for our eyes only."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="utf-8").strip()
    with os.fdopen(fd, "w", encoding="utf-8") as file:
        file.write(made := make())
    return made


def prepare(config: Config, clock: Clock) -> tuple[str, ...]:
    """Migrate the database and load what is missing; says what it did. Raises when the database is away."""
    database = Database(config.database_url)
    try:
        migrate(database, config.state)
        with database.write_in_order() as connection:
            return load(connection, bundle(config.folders), clock.now())
    finally:
        database.close()


def build(config: Config, clock: Clock) -> Application:
    """An application with its threads running. A database that is away does not keep it from answering calls."""
    database, alarm = Database(config.database_url), LogAlarm()
    fixed = Fixed(bank_holidays(config.folders), config.keyed)
    publication = Publication(config.state / "published", database, fixed)
    try:
        publication.publish()
    except AWAY:
        alarm.raised("the database is away at the start: calls are answered from the state folder")
    journals = config.state / "journal"
    journal = Journal(journals, alarm.raised)
    upkeep = Upkeep(journal, journals, publication, database)
    flask = site(Desk(database, publication, clock, upkeep, config.keyed, journal))
    prefix = urlsplit(config.public_url).path
    ports = Ports(publication, journal, alarm, clock)
    door = Door(flask.wsgi_app, Guard(config.tokens, config.public_url), ports, prefix)
    flask.wsgi_app = door  # type: ignore[method-assign]  # Flask's own way to put middleware in front
    upkeep.begin()
    return Application(flask, database, publication, journal, upkeep)


def create_app() -> Flask:
    """For WSGI servers: the application of the environment's settings."""
    return build(config_from(os.environ), SystemClock()).flask
