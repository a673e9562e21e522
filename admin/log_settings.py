"""Which settings say how the service tells of itself: in which form its log is written, and where its traces go? (docs/settings.md)"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.util import find_spec
from urllib.parse import urlsplit

from admin.settings import ConfigError, setting

NEEDED = ("opentelemetry.sdk.trace", "opentelemetry.exporter.otlp.proto.http")


class LogForm(StrEnum):
    """How a line of the log is written."""

    TEXT = "text"
    """For people."""

    JSON = "json"
    """For programs: an object a line."""


@dataclass(frozen=True, slots=True)
class Logs:
    """In which form the log is written, and the address of the collector of traces; empty: there are none."""

    form: LogForm = LogForm.TEXT
    traces_to: str = ""


PLAIN = Logs()


def logs(environ: Mapping[str, str]) -> Logs:
    """What the environment says."""
    return Logs(
        _form(setting(environ, "DUTYLINE_LOG_FORMAT", LogForm.TEXT)), _collector(setting(environ, "DUTYLINE_TRACES_TO"))
    )


def _form(text: str) -> LogForm:
    try:
        return LogForm(text)
    except ValueError as fault:
        raise ConfigError(
            f"DUTYLINE_LOG_FORMAT: “{text}” is neither of {', '.join(LogForm)}; use one of them."
        ) from fault


def _collector(text: str) -> str:
    """The address, without a slash at its end. Keys of a collector stand in a variable of their own, never in an address."""
    if not text:
        return ""
    url = urlsplit(text)
    if url.scheme not in ("http", "https") or not url.hostname or url.query or url.fragment or url.username:
        raise ConfigError(
            f"DUTYLINE_TRACES_TO: “{_without_user(text)}” is not the address of a collector; write it as http://127.0.0.1:4318."
        )
    if not _is_installed():
        raise ConfigError(
            "DUTYLINE_TRACES_TO: the packages for traces are not installed; run “make traces”, or leave this setting out."
        )
    return text.rstrip("/")


def _without_user(text: str) -> str:
    """A text as it may be shown: what stands before an @ may be a key."""
    return text.rpartition("@")[2]


def _is_installed() -> bool:
    try:
        return all(map(find_spec, NEEDED))
    except ModuleNotFoundError:
        return False
