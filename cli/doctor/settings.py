"""Can the settings be used, and do they suit real calls? (docs/settings.md)"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from app import Config, ConfigError, config_from
from carrier.account import LOOPBACK
from cli.doctor.findings import Findings, Found, Grade, Kind
from cli.doctor.patient import Patient

NAMED = re.compile(r"^(?:DUTYLINE|TWILIO)_[A-Z_]+")
ACCOUNT = ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN")
SECRETS = ("DUTYLINE_SECRET_KEY", "DUTYLINE_SECRET_KEY" + "_FILE")
MOST_TOKENS, MOST_PROBLEMS, LEAST_SECRET = 2, 12, 32
ROTATED_WITHIN = timedelta(days=14)

REFUSED = Kind(
    "setting-refused", Grade.FAILS, "The service does not start: {problem}", "Correct this setting, and start again."
)
NO_ACCOUNT = Kind(
    "no-account",
    Grade.KNOW,
    "No Twilio account is configured: nothing rings for real, and invented workers are loaded.",
    "For real calls set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.",
)
LOCAL_URL = Kind(
    "public-url-local",
    Grade.FAILS,
    "DUTYLINE_PUBLIC_URL is {address}, which only this machine or its network can reach: Twilio cannot.",
    "Set it to the address that Twilio uses, such as https://calls.example.org.",
)
PLAIN_URL = Kind(
    "public-url-plain",
    Grade.KNOW,
    "DUTYLINE_PUBLIC_URL is {address}, without TLS: callers' numbers and keys travel unencrypted.",
    "Put a proxy that ends TLS in front, and begin the address with https.",
)
UNDERSCORE = Kind(
    "public-url-underscore",
    Grade.FAILS,
    "The host {host} of DUTYLINE_PUBLIC_URL has an underscore: Twilio refuses such addresses.",
    "Give the host another name, with hyphens.",
)
MANY_TOKENS = Kind(
    "tokens-many",
    Grade.KNOW,
    "TWILIO_AUTH_TOKEN holds {count} tokens: an account has two at most, so others open the door for nobody but a thief.",
    "Leave the account's own token, and a second one only while it is being changed.",
)
OLD_SECOND_TOKEN = Kind(
    "tokens-left",
    Grade.KNOW,
    "TWILIO_AUTH_TOKEN has held {count} tokens for {days} days: a change of token was not brought to its end.",
    "Make the new token primary at Twilio, take the old one out of the file, and restart.",
)
SHORT_SECRET = Kind(
    "secret-short",
    Grade.KNOW,
    "DUTYLINE_SECRET_KEY has {length} characters: hashed numbers and PINs could be guessed.",
    "Set 32 random characters at the next quiet hour; it makes staff PINs void and signs everybody out.",
)


def config_or_problems(environ: Mapping[str, str]) -> Config | tuple[Found, ...]:
    """The settings, or every problem of theirs at once: each is left out in turn, so that the next one is seen."""
    left, problems = dict(environ), dict[str, None]()
    for _ in range(MOST_PROBLEMS):
        try:
            config = config_from(left)
        except ConfigError as problem:
            problems.setdefault(str(problem))
            if not _without(left, str(problem)):
                break
        else:
            return tuple(REFUSED.found(problem=text) for text in problems) or config
    return tuple(REFUSED.found(problem=text) for text in problems)


def _without(environ: dict[str, str], problem: str) -> bool:
    """Leave out the setting that a problem names; half an account goes as a whole. Whether there was anything to leave out."""
    match = NAMED.match(problem)
    name = match[0].removesuffix("_FILE") if match else ""
    names = ACCOUNT if name in ACCOUNT else (name,)
    gone = [one for one in environ if one.removesuffix("_FILE") in names]
    for one in gone:
        del environ[one]
    return bool(gone)


def look(patient: Patient) -> Findings:
    """What is unwise in settings that can be used."""
    config = patient.config
    if config.local:
        yield NO_ACCOUNT.found()
    yield from _of_address(config)
    yield from _of_tokens(patient)
    if any(patient.environ.get(name) for name in SECRETS) and len(config.secret) < LEAST_SECRET:
        yield SHORT_SECRET.found(length=len(config.secret))


def _of_address(config: Config) -> Iterator[Found]:
    host = urlsplit(config.public_url).hostname or ""
    if "_" in host:
        yield UNDERSCORE.found(host=host)
    if config.local:
        return
    if _is_near(host):
        yield LOCAL_URL.found(address=config.public_url)
    elif not config.public_url.startswith("https:"):
        yield PLAIN_URL.found(address=config.public_url)


def _is_near(host: str) -> bool:
    """Whether a host is this machine or in its network."""
    if host in LOOPBACK or not set(".:") & set(host):
        return True
    try:
        return not ip_address(host).is_global
    except ValueError:
        return host.endswith((".local", ".localhost", ".internal", ".lan"))


def _of_tokens(patient: Patient) -> Iterator[Found]:
    count = len(patient.config.tokens)
    if count > MOST_TOKENS:
        yield MANY_TOKENS.found(count=count)
    since = _written(patient.environ.get(f"{ACCOUNT[1]}_FILE", ""), patient.now)
    if count > 1 and since and patient.now - since > ROTATED_WITHIN:
        yield OLD_SECOND_TOKEN.found(count=count, days=(patient.now - since).days)


def _written(path: str, now: datetime) -> datetime | None:
    """When a file of a setting was last written."""
    try:
        return datetime.fromtimestamp(Path(path).stat().st_mtime, now.tzinfo) if path else None
    except OSError:
        return None
