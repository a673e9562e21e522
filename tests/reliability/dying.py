"""A server whose worker dies once, at a chosen point of a request: before its event is journalled, after that, or after the reply.

Nothing of this is in the product: the process is put together here, from the product's own parts.
"""

import os
import signal
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask import Flask

from app import LogAlarm, config_from, prepare
from cli.serve import Server
from ivr.record import Record
from routing.clock import SystemClock
from store.journal import Journal
from store.upkeep import Upkeep
from webhooks.guard import Guard
from webhooks.voice import Door, Ports

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

BEFORE, AFTER, REPLIED = POINTS = ("before the journal", "after the journal", "after the reply")
WATCHDOG_SECONDS = 3
WORKERS = 2


def dies_at(point: str, marks: Path) -> None:
    """The first worker that comes here ends as by kill -9; its mark is gone then, so it is the only one."""
    mark = marks / point.replace(" ", "-")
    try:
        mark.unlink()
    except FileNotFoundError:
        return
    os.kill(os.getpid(), signal.SIGKILL)


class DyingJournal(Journal):
    """The product's own journal, but for the two points."""

    marks: Path

    def append(self, record: Record) -> None:
        """Keep a record, or die before or after it."""
        dies_at(BEFORE, self.marks)
        super().append(record)
        dies_at(AFTER, self.marks)


class DyingServer(Server):
    """The shipped server with that journal, and a watchdog that does not let a test wait."""

    def load_config(self) -> None:
        """The shipped settings, but for one."""
        super().load_config()
        self.cfg.set("timeout", WATCHDOG_SECONDS)

    def load(self) -> Flask:
        """The shipped application with a door of our own before its site."""
        flask = super().load()
        built, config, alarm = self._built, self._config, LogAlarm()
        assert built
        journal = DyingJournal(config.state / "journal", alarm.raised)
        journal.marks = config.state
        Upkeep(journal, config.state / "journal", built.publication, built.database).begin()
        ports = Ports(built.publication, journal, alarm, SystemClock(), built.attendance)
        door = Door(flask.wsgi_app, Guard(config.tokens, config.public_url), ports, "")
        flask.wsgi_app = _Replying(door, config.state)  # type: ignore[method-assign]  # as app.build does
        return flask


class _Replying:
    """Asks the door, and dies when the server has sent what it answered."""

    def __init__(self, door: "WSGIApplication", marks: Path) -> None:
        self._door, self._marks = door, marks

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """One request."""
        return _Sent(self._door(environ, start_response), self._marks)


class _Sent:
    def __init__(self, body: Iterable[bytes], marks: Path) -> None:
        self._body, self._marks = body, marks

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._body)

    def close(self) -> None:
        """The server calls this when the last byte has gone out."""
        dies_at(REPLIED, self._marks)


@click.command()
@click.option("--port", type=int, required=True)
def main(port: int) -> None:
    """Serve, as ``dutyline serve`` does."""
    config = config_from({**os.environ, "PORT": str(port)})
    prepare(config, SystemClock())
    sys.argv = ["dying"]
    DyingServer(config, port, WORKERS).run()


if __name__ == "__main__":
    main()
