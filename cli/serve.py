"""How is the service started? One command from an empty folder to answered calls."""

import gc
import logging
import multiprocessing
import os
import secrets
import socket
import sys
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication

from admin.log_settings import LogForm
from app import Application, Config, ConfigError, build, config_from, prepare
from cli import cores, heap, log_lines
from cli.gathering import Worker
from routing.clock import SystemClock
from store.bundle import BundleError
from store.database import AWAY, Database
from store.keys import Role, create, every
from store.running import hold

THREADS = 24
"""Of which the site never takes more than 16 (``admin.shedding``): eight are there for callers whatever the database does."""

HUNG_SECONDS = 20
"""A worker whose loop has not turned for so long is replaced; a start with a database that hangs takes half of it."""

SWITCH_SECONDS = 0.0005
"""How long a thread that works beside the calls may keep one waiting that answers a caller. The interpreter's own 5
milliseconds, several times in one step, double the slowest steps while a change is made ready (docs/operations.md)."""
AWAY_NOW = "the database is away: calls are answered from the state folder; the console is not"
FIRST_START = """The database does not answer, and nothing was ever loaded here: no call could be put through.
Check DUTYLINE_DATABASE_URL (its host, its name, its user), and start again."""
HANDED = {"LISTEN_FDS", "GUNICORN_FD"}
"""How systemd, or our predecessor (SIGUSR2), says that it hands us a socket that listens already."""

PAGES = {"Status": "/", "Console": "/admin", "API documentation": "/api/v1/docs"}


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """gunicorn with our settings; each worker builds its own application after the fork."""

    def __init__(self, config: Config, port: int, workers: int) -> None:
        self._config, self._port, self._workers = config, port, workers
        self._built: Application | None = None
        super().__init__()

    def load_config(self) -> None:
        """The settings of the shipped server."""
        settings: dict[str, Any] = {
            "bind": f"{os.environ.get('DUTYLINE_BIND', '127.0.0.1')}:{self._port}",
            "workers": self._workers,
            "worker_class": "cli.gathering.Worker",
            "threads": THREADS,
            "keepalive": 5,
            "forwarded_allow_ips": "",
            "forwarder_headers": "",
            "timeout": HUNG_SECONDS,
            "graceful_timeout": 20,
            "loglevel": "warning",
            "pre_fork": _choose_core,
            "post_fork": _keep_to_core,
            "worker_exit": self._leave,
            **({"logger_class": "cli.server_log.ServerLog"} if self._config.logs.form is LogForm.JSON else {}),
        }
        for name, value in settings.items():
            self.cfg.set(name, value)

    def _leave(self, _: object, worker: object) -> None:  # noqa: ARG002  # gunicorn counts the parameters
        if self._built:
            self._built.close()

    def load(self) -> Flask:
        """This worker's application. What is there by now stays: the collector never looks through it again, for which everybody
        who rings at that moment would wait a fifth of a second."""
        sys.setswitchinterval(SWITCH_SECONDS)
        gc.disable()
        made = self.made()
        gc.enable()
        gc.freeze()
        return made

    def made(self) -> Flask:
        """Our own, of these settings."""
        self._built = build(self._config, SystemClock())
        return self._built.flask


def _choose_core(server: Any, worker: Worker) -> None:
    here, taken = cores.usable(), [other.core for other in server.WORKERS.values()]
    worker.core = cores.least_taken(here, taken, secrets.randbelow(len(here) or 1))


def _keep_to_core(server: Any, worker: Worker) -> None:
    if worker.core is not None and not cores.keep_to(worker.core):
        server.log.warning("A worker may not keep to one core (sched_setaffinity), and is slower for it.")


@click.command(help="Migrate, load what is missing, and answer calls on PORT.")
@click.option("--port", type=click.IntRange(1, 65535), envvar="PORT", default=8000, show_default=True)
def command(port: int) -> None:
    """Start the service."""
    heap.share_one()
    try:
        config = config_from({**os.environ, "PORT": str(port)})
        if config.logs.form is LogForm.JSON:
            log_lines.as_json()
        _prepared(config)
    except (ConfigError, BundleError) as problem:
        raise click.ClickException(str(problem)) from problem
    if not HANDED & os.environ.keys():
        _check_free(port)
    hold(config.state)
    _welcome(config, port)
    Server(config, port, _workers(config)).run()


def _prepared(config: Config) -> None:
    try:
        for line in prepare(config, SystemClock()):
            click.echo(line)
        _first_key(config)
    except AWAY as fault:
        if not (config.state / "published" / "stamp").exists():
            raise click.ClickException(FIRST_START) from fault
        logging.getLogger("dutyline").warning(AWAY_NOW)


def _check_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((os.environ.get("DUTYLINE_BIND", "127.0.0.1"), port))
        except OSError as fault:
            raise click.ClickException(
                f"Port {port} cannot be had ({fault.strerror}); give another with --port."
            ) from fault


def _first_key(config: Config) -> None:
    database = Database(config.database_url)
    try:
        with database.write_in_order() as connection:
            if not every(connection):
                _, secret = create(connection, "first admin", Role.ADMIN, "dutyline serve", SystemClock().now())
                click.echo(f"Your admin key, shown this once: {secret}")
    finally:
        database.close()


def _workers(config: Config) -> int:
    return config.workers or (1 if config.database_url.startswith("sqlite") else multiprocessing.cpu_count())


def _welcome(config: Config, port: int) -> None:
    for name, path in PAGES.items():
        click.echo(f"{name + ':':<20}http://127.0.0.1:{port}{path}")
    click.echo(f"{'Voice URL:':<20}{config.public_url}/webhooks/voice")
    if config.local:
        click.echo("No Twilio account is configured: invented workers are loaded, and the telephone works offline.")
        click.echo('Try a call:         .venv/bin/dutyline dial devon --at "Fri 10:00" --keys 3')
