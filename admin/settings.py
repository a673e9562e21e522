"""Which settings may a deployment give, and what is wrong with one that cannot be used? (docs/settings.md)"""

import os
import re
import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import fields, replace
from pathlib import Path
from urllib.parse import urlsplit

from admin.council import ColourError, colour_from
from admin.ports import GENEROUS, Limits
from admin.provider import Provider, ProviderError, provider_from
from carrier.account import AddressError, api_url_from
from routing.periods import Period, period_from
from store.kept_journals import A_WEEK
from store.outgoing import ORDINARY, Caps

DATABASES = ("sqlite:///", "postgresql+psycopg://", "postgresql://")
MOST_PROXIES = 9
SENDER = re.compile(r"\+[1-9]\d{6,14}|[A-Za-z][A-Za-z0-9]{0,10}")
PRINTED_FORMS: Mapping[str, str] = {"derby": "https://www.ddscp.org.uk"}
ENQUIRY_UNITS = ("family", "child")
MOST_SECONDS = 3600
CAPS = tuple(field.name for field in fields(Caps))


class ConfigError(ValueError):
    """A setting that cannot be used; the message names it and the remedy."""


def setting(environ: Mapping[str, str], name: str, otherwise: str = "") -> str:
    """A setting, from ``NAME`` or from the file that ``NAME_FILE`` names."""
    path = environ.get(f"{name}_FILE")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as fault:
            raise ConfigError(
                f"{name}_FILE: {path} cannot be read ({fault.strerror}); give a readable file."
            ) from fault
    return environ.get(name, "").strip() or otherwise


def is_local(environ: Mapping[str, str]) -> bool:
    """Whether there is no Twilio account. Half an account is refused: it would put invented workers into service."""
    account, token = setting(environ, "TWILIO_ACCOUNT_SID"), setting(environ, "TWILIO_AUTH_TOKEN")
    if not token and ("TWILIO_AUTH_TOKEN" in environ or account):
        raise ConfigError("TWILIO_AUTH_TOKEN: it is empty; copy it from the account, or leave both settings out.")
    if token and not account:
        raise ConfigError("TWILIO_ACCOUNT_SID: a token is given and no account; copy it from the account.")
    return not account


def state_folder(text: str) -> Path:
    """The state folder, made where it is not there."""
    path = Path(text).absolute()
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as fault:
        raise ConfigError(
            f"DUTYLINE_STATE_DIR: {path} cannot be made ({fault.strerror}); give another folder."
        ) from fault
    return path


def plans_folder(text: str) -> Path:
    """The folder of the authorities' folders."""
    if not Path(text).is_dir():
        raise ConfigError(
            f"DUTYLINE_PLANS_DIR: {text} is not a folder; give the one that holds the authorities' folders."
        )
    return Path(text)


def database_url(text: str) -> str:
    """An SQLAlchemy URL of a database that we know."""
    if not text.startswith(DATABASES):
        raise ConfigError("DUTYLINE_DATABASE_URL: it begins with none of " + ", ".join(DATABASES) + "; correct it.")
    return text


def tokens(text: str, least: int) -> tuple[str, ...]:
    """The tokens of an account, each of at least ``least`` characters."""
    given = tuple(token.strip() for token in text.split(",") if token.strip())
    if not given or min(map(len, given)) < least:
        raise ConfigError(
            f"TWILIO_AUTH_TOKEN: every token needs at least {least} characters; copy it from the account."
        )
    return given


def workers(text: str) -> int | None:
    """How many processes serve; none where it is left to us."""
    if text and not (text.isdecimal() and int(text)):
        raise ConfigError(f"DUTYLINE_WORKERS: “{text}” is not a number of processes; give 1 or more, or leave it out.")
    return int(text) if text else None


def proxies(text: str) -> int:
    """How many proxies stand in front."""
    if not text.isdecimal() or int(text) > MOST_PROXIES:
        raise ConfigError(
            f"DUTYLINE_PROXIES: “{text}” is not the number of proxies in front of Dutyline; give 0 to {MOST_PROXIES}."
        )
    return int(text)


def colour(text: str) -> str:
    """The council's colour, as ``#rrggbb``."""
    try:
        return colour_from(text)
    except ColourError as problem:
        raise ConfigError(f"DUTYLINE_COLOUR: {problem}") from problem


def twilio_api_url(text: str) -> str:
    """Nothing where there is neither an account nor an address: no call is placed."""
    try:
        return api_url_from(text) if text else ""
    except AddressError as problem:
        raise ConfigError(f"DUTYLINE_TWILIO_API_URL: {problem}") from problem


def provider(environ: Mapping[str, str]) -> Provider | None:
    """The provider of sign-ins, where one is configured."""
    try:
        return provider_from(
            setting(environ, "DUTYLINE_OIDC_ISSUER"),
            setting(environ, "DUTYLINE_OIDC_CLIENT_ID"),
            setting(environ, "DUTYLINE_OIDC_CLIENT_SECRET"),
            setting(environ, "DUTYLINE_OIDC_ROLES"),
        )
    except ProviderError as problem:
        raise ConfigError(str(problem)) from problem


def limits(environ: Mapping[str, str]) -> Limits:
    """Requests a minute; a worker counts for itself."""
    key = _a_minute("DUTYLINE_LIMIT_PER_KEY", setting(environ, "DUTYLINE_LIMIT_PER_KEY"), GENEROUS.per_key)
    address = setting(environ, "DUTYLINE_LIMIT_PER_ADDRESS")
    return Limits(key, _a_minute("DUTYLINE_LIMIT_PER_ADDRESS", address, GENEROUS.per_address))


def _a_minute(name: str, text: str, otherwise: int) -> int:
    if text and not (text.isascii() and text.isdecimal() and int(text[:9]) > 0):
        raise ConfigError(f"{name}: “{text}” is not a number of requests a minute; give 1 or more, or leave it out.")
    return int(text[:9]) if text else otherwise


def text_from(text: str) -> str:
    """Whose text messages are sent; nothing: none are."""
    if text and not SENDER.fullmatch(text):
        raise ConfigError(
            f"DUTYLINE_TEXT_FROM: “{text}” sends no messages; give a number as +442079460101, or a name of 11 letters or fewer."
        )
    return text


def forms(text: str) -> Mapping[str, str]:
    """The addresses of the authorities' online forms: the printed one (Y:48), and those that are given."""
    found = dict(PRINTED_FORMS)
    for part in filter(None, (part.strip() for part in text.split(","))):
        slug, _, address = (piece.strip() for piece in part.partition("="))
        if not slug or not address.startswith("https://"):
            raise ConfigError(
                f"DUTYLINE_FORM_ADDRESSES: “{part}” is not an authority and its form; write derbyshire=https://forms.example.org."
            )
        found[slug] = address
    return found


def enquiry_unit(text: str) -> str:
    """Whose second enquiry prompts a referral (X24)."""
    if text not in ENQUIRY_UNITS:
        raise ConfigError(f"DUTYLINE_ENQUIRY_UNIT: “{text}” is neither of {', '.join(ENQUIRY_UNITS)}; use one of them.")
    return text


def calls_out(text: str) -> Caps:
    """The most calls to those who did not ring us, such as ``minute=60, hour=600, number=12``."""
    found: dict[str, int] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, _, much = (piece.strip() for piece in part.partition("="))
        if name not in CAPS or name in found or not (much.isascii() and much.isdecimal() and int(much[:9]) > 0):
            raise ConfigError(
                f"DUTYLINE_CALLS_OUT: “{part}” is no cap; write each of {', '.join(CAPS)} once with a number from 1 on, as "
                "minute=60, hour=600, number=12."
            )
        found[name] = int(much[:9])
    return replace(ORDINARY, **found)


def journals(text: str) -> Period:
    """How long journals are kept that were moved to the database."""
    found = period_from(text) if text else A_WEEK
    if found is None:
        raise ConfigError(f"DUTYLINE_JOURNALS_KEPT: “{text}” is not a period; write it as 7d.")
    return found


def number_tests(text: str) -> Period:
    """How long a duty number rests whose test call was confirmed, such as ``7d``."""
    found = period_from(text)
    if found is None:
        raise ConfigError(f"DUTYLINE_NUMBER_TESTS: “{text}” is no time; give days, as 7d.")
    return found


def retention(text: str, types: Collection[str]) -> Mapping[str, Period]:
    """How long types of record are kept, such as ``calls=1y, tasks=90d``."""
    found: dict[str, Period] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        code, _, much = (piece.strip() for piece in part.partition("="))
        period = period_from(much)
        if code not in types or period is None or code in found:
            raise ConfigError(
                f"DUTYLINE_RETENTION: “{part}” is not a type and its period; write each type once, as calls=2y or "
                f"calls=90d, of {', '.join(types)}."
            )
        found[code] = period
    return found


def answer_targets(text: str) -> Mapping[str, int]:
    """Within how many seconds a person should answer each line, such as ``devon=30, derby=20``."""
    found: dict[str, int] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        line, _, much = (piece.strip() for piece in part.partition("="))
        if not line or line in found or not (much.isascii() and much.isdecimal() and 0 < int(much[:9]) <= MOST_SECONDS):
            raise ConfigError(
                f"DUTYLINE_ANSWER_TARGETS: “{part}” is not a line and its target; write each line once with its seconds, from 1 to "
                f"{MOST_SECONDS}, as devon=30, derby=20."
            )
        found[line] = int(much[:9])
    return found


def public_url(text: str) -> str:
    """The address by which Twilio and browsers reach us, without a slash at its end."""
    url = urlsplit(text)
    if url.scheme not in ("http", "https") or not url.hostname or url.query or url.fragment:
        raise ConfigError(f"DUTYLINE_PUBLIC_URL: “{text}” is not an address; write it as https://calls.example.org.")
    return text.rstrip("/")


def secret(environ: Mapping[str, str], state: Path, url: str) -> str:
    """The deployment's secret: given, or with SQLite made once and kept."""
    given = setting(environ, "DUTYLINE_SECRET_KEY")
    if not given and not url.startswith("sqlite"):
        raise ConfigError(
            "DUTYLINE_SECRET_KEY: it is needed with PostgreSQL, the same on every machine; set 32 characters."
        )
    return given or kept(state / "secret", lambda: secrets.token_urlsafe(32))


def kept(path: Path, make: Callable[[], str]) -> str:
    """A value made once and kept in the state folder, for our eyes only."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="utf-8").strip()
    with os.fdopen(fd, "w", encoding="utf-8") as file:
        file.write(made := make())
    return made
