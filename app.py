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
from werkzeug.middleware.proxy_fix import ProxyFix

from admin.ports import GENEROUS, Desk, Limits
from admin.provider import Provider, ProviderError, provider_from
from admin.site import site
from routing.clock import Clock, SystemClock
from store.bundle import bank_holidays, proclaimed
from store.database import AWAY, Database
from store.journal import Journal
from store.loading import load_from
from store.migrate import migrate
from store.publication import Fixed, Publication
from store.upkeep import Upkeep
from webhooks.guard import LEAST_TOKEN, Guard
from webhooks.voice import Door, Ports

HOME = Path(__file__).parent
LOCAL_PORT = "8000"
DATABASES = ("sqlite:///", "postgresql+psycopg://", "postgresql://")
MOST_PROXIES = 9


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
    limits: Limits = GENEROUS
    provider: Provider | None = None
    proxies: int = 0

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
    state = _state(_setting(environ, "DUTYLINE_STATE_DIR", "var"))
    local = _is_local(environ)
    account = _kept(state / "account", lambda: f"AC{secrets.token_hex(16)}") if local else ""
    token = _kept(state / "token", lambda: secrets.token_hex(16)) if local else ""
    url = _database_url(_setting(environ, "DUTYLINE_DATABASE_URL", f"sqlite:///{state / 'dutyline.db'}"))
    port = _setting(environ, "PORT", LOCAL_PORT)
    return Config(
        database_url=url,
        state=state,
        plans=_plans(_setting(environ, "DUTYLINE_PLANS_DIR", str(HOME / "plans"))),
        public_url=_public_url(_setting(environ, "DUTYLINE_PUBLIC_URL", f"http://127.0.0.1:{port}")),
        account=_setting(environ, "TWILIO_ACCOUNT_SID", account),
        tokens=_tokens(_setting(environ, "TWILIO_AUTH_TOKEN", token)),
        secret=_secret(environ, state, url),
        local=local,
        workers=_workers(_setting(environ, "DUTYLINE_WORKERS")),
        limits=_limits(environ),
        provider=_provider(environ),
        proxies=_proxies(_setting(environ, "DUTYLINE_PROXIES", "0")),
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


def _is_local(environ: Mapping[str, str]) -> bool:
    """Whether there is no Twilio account. Half an account is refused: it would put invented workers into service."""
    account, token = _setting(environ, "TWILIO_ACCOUNT_SID"), _setting(environ, "TWILIO_AUTH_TOKEN")
    if not token and ("TWILIO_AUTH_TOKEN" in environ or account):
        raise ConfigError("TWILIO_AUTH_TOKEN: it is empty; copy it from the account, or leave both settings out.")
    if token and not account:
        raise ConfigError("TWILIO_ACCOUNT_SID: a token is given and no account; copy it from the account.")
    return not account


def _state(text: str) -> Path:
    path = Path(text).absolute()
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as fault:
        raise ConfigError(
            f"DUTYLINE_STATE_DIR: {path} cannot be made ({fault.strerror}); give another folder."
        ) from fault
    return path


def _plans(text: str) -> Path:
    if not Path(text).is_dir():
        raise ConfigError(
            f"DUTYLINE_PLANS_DIR: {text} is not a folder; give the one that holds the authorities' folders."
        )
    return Path(text)


def _database_url(text: str) -> str:
    if not text.startswith(DATABASES):
        raise ConfigError("DUTYLINE_DATABASE_URL: it begins with none of " + ", ".join(DATABASES) + "; correct it.")
    return text


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


def _proxies(text: str) -> int:
    if not text.isdecimal() or int(text) > MOST_PROXIES:
        raise ConfigError(
            f"DUTYLINE_PROXIES: “{text}” is not the number of proxies in front of Dutyline; give 0 to {MOST_PROXIES}."
        )
    return int(text)


def _provider(environ: Mapping[str, str]) -> Provider | None:
    try:
        return provider_from(
            _setting(environ, "DUTYLINE_OIDC_ISSUER"),
            _setting(environ, "DUTYLINE_OIDC_CLIENT_ID"),
            _setting(environ, "DUTYLINE_OIDC_CLIENT_SECRET"),
            _setting(environ, "DUTYLINE_OIDC_ROLES"),
        )
    except ProviderError as problem:
        raise ConfigError(str(problem)) from problem


def _limits(environ: Mapping[str, str]) -> Limits:
    """Requests a minute; a worker counts for itself."""
    key = _a_minute("DUTYLINE_LIMIT_PER_KEY", _setting(environ, "DUTYLINE_LIMIT_PER_KEY"), GENEROUS.per_key)
    address = _setting(environ, "DUTYLINE_LIMIT_PER_ADDRESS")
    return Limits(key, _a_minute("DUTYLINE_LIMIT_PER_ADDRESS", address, GENEROUS.per_address))


def _a_minute(name: str, text: str, otherwise: int) -> int:
    if text and not (text.isascii() and text.isdecimal() and int(text[:9]) > 0):
        raise ConfigError(f"{name}: “{text}” is not a number of requests a minute; give 1 or more, or leave it out.")
    return int(text[:9]) if text else otherwise


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
            return load_from(connection, config.folders, clock.now())
    finally:
        database.close()


def build(config: Config, clock: Clock) -> Application:
    """An application with its threads running. A database that is away does not keep it from answering calls."""
    database, alarm = Database(config.database_url), LogAlarm()
    fixed = Fixed(bank_holidays(config.folders), config.keyed, proclaimed(config.folders))
    publication = Publication(config.state / "published", database, fixed)
    try:
        publication.publish()
    except AWAY:
        alarm.raised("the database is away at the start: calls are answered from the state folder")
    journals = config.state / "journal"
    journal = Journal(journals, alarm.raised)
    upkeep = Upkeep(journal, journals, publication, database)
    handed = database, publication, clock, upkeep, config.keyed, journal
    flask = site(Desk(*handed, public_url=config.public_url, provider=config.provider, limits=config.limits))
    prefix = urlsplit(config.public_url).path
    ports = Ports(publication, journal, alarm, clock)
    inner = ProxyFix(flask.wsgi_app, x_for=config.proxies, x_proto=0)  # whose address it is, and nothing else
    door = Door(inner, Guard(config.tokens, config.public_url), ports, prefix)
    flask.wsgi_app = door  # type: ignore[method-assign]  # Flask's own way to put middleware in front
    upkeep.begin()
    return Application(flask, database, publication, journal, upkeep)


def create_app() -> Flask:
    """For WSGI servers: the application of the environment's settings."""
    return build(config_from(os.environ), SystemClock()).flask
